"""Who signs in, and for which cities."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """
    Somebody who signs in.

    What a user may do comes from roles (accounts.roles), held as groups; which cities a
    bureau's user may see comes from CityAssignment.
    """

    must_change_password = models.BooleanField(
        _("must change the password at the next sign-in"), default=False
    )
    # Until when a password that was handed over may be used; None for one's own.
    one_time_until = models.DateTimeField(
        _("one-time password good until"), null=True, blank=True, editable=False
    )
    is_demonstration = models.BooleanField(_("demonstration account"), default=False)
    # Written and read by indicators/movement/last_visit.py.
    last_look = models.JSONField(
        _("what the overview showed when last marked as seen"), null=True, editable=False
    )

    class Meta(AbstractUser.Meta):
        constraints = [
            # Admin and admin would be two people to the database and one to the eye.
            models.UniqueConstraint(
                Lower("username"),
                name="user_name_once_whatever_its_case",
                violation_error_message=_("A user of this name exists, written alike or nearly."),
            )
        ]


class CityAssignment(models.Model):
    """That a user works for a city's bureau, and so may see and report its enterprises."""

    user = models.ForeignKey(
        "accounts.User", models.CASCADE, related_name="assignments", verbose_name=_("user")
    )
    city = models.ForeignKey(
        "clusters.City", models.PROTECT, related_name="+", verbose_name=_("city")
    )

    class Meta:
        verbose_name = _("city assignment")
        verbose_name_plural = _("city assignments")
        ordering = ["user", "city"]
        constraints = [
            models.UniqueConstraint(fields=["user", "city"], name="city_assignment_once")
        ]

    def __str__(self):
        return f"{self.user} – {self.city}"


class RequestCount(models.Model):
    """How often a user has asked for one kind of costly thing within one hour."""

    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    what = models.CharField(max_length=20)
    hour = models.DateTimeField()
    requests = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("count of requests")
        verbose_name_plural = _("counts of requests")
        constraints = [
            models.UniqueConstraint(fields=["user", "what", "hour"], name="request_count_once")
        ]

    def __str__(self):
        return f"{self.user} {self.what} {self.hour}: {self.requests}"
