from django.db import models
from django.db.models import Exists, IntegerField, OuterRef, Q
from django.db.models.functions import Cast, Substr
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from clusters.models.plan import Plan, quarter_code
from foundation.quarters import Quarter


class ReportingPeriodQuerySet(models.QuerySet):
    def with_owed(self):
        """
        Return the periods with `is_owed`: whether the cities owe workbooks for the quarter.

        The only answer to that question. A quarter is owed if its year is one of a plan's years
        and it is on record, so nothing is owed for a quarter before the first period on record.
        While no plan is on record at all, the calendar of the periods alone decides.
        """
        within = Plan.objects.filter(
            first_year__lte=OuterRef("year"), last_year__gte=OuterRef("year")
        )
        return self.annotate(year=Cast(Substr("code", 1, 4), IntegerField())).annotate(
            is_owed=Exists(within) | ~Exists(Plan.objects.all())
        )

    def owed(self):
        """Return the periods for which the cities owe workbooks."""
        return self.with_owed().filter(is_owed=True)

    def started(self, quarter: Quarter):
        """Return the periods up to a quarter, the newest first."""
        return self.filter(code__lte=str(quarter)).order_by("-code")


class ReportingPeriod(models.Model):
    """
    A calendar quarter for which a city can hand in a workbook, and when it is due.

    Whether it owes one is asked of the query set: quarters before and after the plans are on
    record for what is back-filled.
    """

    code = models.CharField(_("quarter"), max_length=6, unique=True, validators=[quarter_code])
    due_on = models.DateField(_("due on"))

    history = HistoricalRecords()

    objects = ReportingPeriodQuerySet.as_manager()

    # Only of those that come from with_owed().
    is_owed: bool

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
        """Return the quarter as a value to compute with."""
        return Quarter.parse(self.code)
