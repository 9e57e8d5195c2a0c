from django.db import models
from django.utils.translation import gettext_lazy as _

from clusters.models.published import Published, one_in_force


class BlockReturn(Published):
    """How one building block of a cluster stands at a period's end, as its city reports it."""

    class BlockStatus(models.TextChoices):
        NOT_STARTED = "not_started", _("Not started")
        BUILDING = "building", _("Being built")
        OPERATING = "operating", _("In operation")
        STOPPED = "stopped", _("Stopped")

    city_path = "block__category__cluster__city"

    block = models.ForeignKey("clusters.BuildingBlock", models.PROTECT, related_name="returns")
    period = models.ForeignKey("clusters.ReportingPeriod", models.PROTECT, related_name="+")

    name = models.CharField(_("name as reported"), max_length=100, blank=True)
    status = models.CharField(_("status"), max_length=12, choices=BlockStatus, blank=True)
    planned_on = models.DateField(_("planned completion"), null=True, blank=True)
    actual_on = models.DateField(_("actual completion"), null=True, blank=True)
    remark = models.TextField(_("progress"), blank=True)

    class Meta(Published.Meta):
        verbose_name = _("block return")
        verbose_name_plural = _("block returns")
        constraints = [
            *Published.Meta.constraints,
            one_in_force("block", "period", name="block_return_one_in_force"),
        ]

    def __str__(self):
        return f"{self.block_id} {self.period_id}"
