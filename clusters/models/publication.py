from django.db import models
from django.utils.translation import gettext_lazy as _


class Publication(models.Model):
    """
    The act of putting one city's figures for one period in force.

    Its number only grows, so the newest number is the identity of everything the dashboard
    shows: what was computed under it stays right until there is a newer one. published_at is
    earlier than the act itself where a history is back-filled.
    """

    city = models.ForeignKey("clusters.City", models.PROTECT, related_name="+")
    period = models.ForeignKey("clusters.ReportingPeriod", models.PROTECT, related_name="+")
    published_at = models.DateTimeField(_("published at"))

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        ordering = ["pk"]

    def __str__(self):
        return f"{self.city_id} {self.period_id} {self.published_at:%Y-%m-%d}"
