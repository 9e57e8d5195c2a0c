from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class DepartmentMember(models.Model):
    """That a user works for a department, and so reports on the tasks it answers for."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="membership", verbose_name=_("user")
    )
    department = models.ForeignKey(
        "measures.Department", models.PROTECT, related_name="members", verbose_name=_("department")
    )

    class Meta:
        verbose_name = _("department of a user")
        verbose_name_plural = _("departments of users")
        ordering = ["department", "user"]

    def __str__(self):
        return f"{self.user} – {self.department}"
