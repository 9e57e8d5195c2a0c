from django.db import models
from django.utils.translation import gettext_lazy as _

from clusters.models.published import Published, amount, count, one_in_force


class ParkReturn(Published):
    """A park's figures for one period, as its city reports them; amounts are cumulative."""

    city_path = "park__city"

    park = models.ForeignKey("parks.Park", models.PROTECT, related_name="returns")
    period = models.ForeignKey("clusters.ReportingPeriod", models.PROTECT, related_name="+")

    firms = count(_("firms in the park"))
    output_value = amount(_("output value"))
    revenue = amount(_("revenue"))
    investment = amount(_("investment completed"))
    remark = models.TextField(_("progress"), blank=True)

    class Meta(Published.Meta):
        verbose_name = _("park return")
        verbose_name_plural = _("park returns")
        constraints = [
            *Published.Meta.constraints,
            one_in_force("park", "period", name="park_return_one_in_force"),
        ]

    def __str__(self):
        return f"{self.park_id} {self.period_id}"
