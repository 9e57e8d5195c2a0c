from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from clusters.models.plan import quarter_code
from clusters.quarters import Quarter


class ReportingPeriod(models.Model):
    """A calendar quarter for which every city owes a workbook, and when it is due."""

    code = models.CharField(_("quarter"), max_length=6, unique=True, validators=[quarter_code])
    due_on = models.DateField(_("due on"))

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("reporting period")
        verbose_name_plural = _("reporting periods")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^[0-9]{4}Q[1-4]$"), name="reporting_period_is_a_quarter"
            )
        ]

    def __str__(self):
        return self.code

    @property
    def quarter(self) -> Quarter:
        """Return the quarter as a value that can be reckoned with."""
        return Quarter.parse(self.code)
