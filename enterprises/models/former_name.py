from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class FormerName(models.Model):
    """
    A former name of an enterprise, and its former code where it had another.

    The register's search finds it. used_until is its last day; None where unknown.
    """

    enterprise = models.ForeignKey(
        "enterprises.Enterprise",
        models.CASCADE,
        related_name="former_names",
        verbose_name=_("enterprise"),
    )
    name = models.CharField(_("former name"), max_length=120)
    credit_code = models.CharField(
        _("former code"), max_length=18, blank=True, help_text=_("If it was another then.")
    )
    used_until = models.DateField(_("last day"), null=True, blank=True)
    document = models.CharField(_("document"), max_length=200, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("former name")
        verbose_name_plural = _("former names")
        ordering = ["enterprise", "used_until"]

    def __str__(self):
        return self.name
