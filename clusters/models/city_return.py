from django.db import models
from django.utils.translation import gettext_lazy as _

from clusters.models.published import Published, amount, count, one_in_force


class CityReturn(Published):
    """
    A city's own totals for one period (城市汇总). That it exists means the city has reported.

    Amounts are cumulative from 1 January to the quarter's end; counts are of the quarter's
    end. The share target uses output_value, and never revenue in its place.
    """

    city = models.ForeignKey("clusters.City", models.PROTECT, related_name="returns")
    period = models.ForeignKey("clusters.ReportingPeriod", models.PROTECT, related_name="+")

    # The city declared that there is nothing: output value and revenue are zero by declaration.
    nil = models.BooleanField(_("declared that there is nothing"), default=False)
    output_value = amount(_("environmental output value"))
    revenue = amount(_("environmental revenue"))
    enterprises = count(_("environmental enterprises"))
    enterprises_over_100m = count(_("enterprises over 100 million yuan"))
    rd_expenditure = amount(_("R&D expenditure"))
    employees = count(_("employees"))

    # What the city wrote as the same period's figure a year earlier.
    output_value_last_year = amount(_("output value a year earlier"))
    revenue_last_year = amount(_("revenue a year earlier"))
    enterprises_last_year = count(_("enterprises a year earlier"))
    enterprises_over_100m_last_year = count(_("enterprises over 100 million a year earlier"))
    rd_expenditure_last_year = amount(_("R&D expenditure a year earlier"))
    employees_last_year = count(_("employees a year earlier"))

    class Meta(Published.Meta):
        verbose_name = _("city return")
        verbose_name_plural = _("city returns")
        constraints = [
            *Published.Meta.constraints,
            one_in_force("city", "period", name="city_return_one_in_force"),
        ]
        # The snapshot reads every return in force, by period.
        indexes = [models.Index(fields=["period", "published_at"])]

    def __str__(self):
        return f"{self.city_id} {self.period_id}"
