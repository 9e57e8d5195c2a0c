from decimal import Decimal

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from clusters.models.published import Published, PublishedQuerySet, amount, count, one_in_force
from clusters.models.recorded import recorded_after


class Nil(models.TextChoices):
    """
    Why an enterprise has no figures, or no more of them, as its city declared.

    Such a return counts as reported, which a missing return does not. Neither is 0.
    """

    NOTHING = "nothing", _("No business")
    CLOSED = "closed", _("Closed")
    MOVED = "moved", _("Moved away")


def said_of_revenue(revenue, nil):
    """Return the revenue that a return gives: 0 where its city declared that there is none."""
    return Decimal(0) if revenue is None and nil == Nil.NOTHING else revenue


class EnterpriseReturnQuerySet(PublishedQuerySet):
    def in_cities(self, cities):
        """Return the returns that these cities reported: the reader's scope."""
        return self.filter(city__in=cities)

    def ended_after(self, moment):
        """As of all figures; another city's publication may have ended an enterprise's return."""
        elsewhere = EnterpriseReturn.objects.filter(
            recorded_after(moment, "city"),
            enterprise=OuterRef("enterprise"),
            period=OuterRef("period"),
            published_at=OuterRef("superseded_at"),
        )
        return Q(super().ended_after(moment)) | Q(Exists(elsewhere))

    def with_restated(self, seen):
        """Annotate each return with `restated`: whether other amounts were published before."""
        before = EnterpriseReturn.objects.published_by(seen).filter(
            enterprise=OuterRef("enterprise"),
            period=OuterRef("period"),
            ended_at__lte=seen.moment,
        )
        same = {name: OuterRef(name) for name in ("output_value", "revenue")}
        return self.annotate(restated=Exists(before.exclude(**same)))


class EnterpriseReturn(Published):
    """
    One enterprise's figures for one period, as its city reported them (企业明细).

    Amounts are cumulative from 1 January, in yuan. city and park are those of the report: a
    firm that moves later keeps its history in the former city. One return at most is in force
    for an enterprise and a period, whichever city reports it, so that no firm counts twice.
    """

    enterprise = models.ForeignKey("enterprises.Enterprise", models.PROTECT, related_name="returns")
    period = models.ForeignKey("clusters.ReportingPeriod", models.PROTECT, related_name="+")
    city = models.ForeignKey("clusters.City", models.PROTECT, related_name="+")
    park = models.ForeignKey("parks.Park", models.PROTECT, related_name="+", null=True, blank=True)

    nil = models.CharField(_("without figures because"), max_length=7, choices=Nil, blank=True)
    output_value = amount(_("environmental output value"))
    revenue = amount(_("environmental revenue"))
    total_revenue = amount(_("total revenue"))
    rd_expenditure = amount(_("R&D expenditure"))
    employees = count(_("employees"))
    revenue_last_year = amount(_("environmental revenue a year earlier"))
    remark = models.TextField(_("remark"), blank=True)

    objects = EnterpriseReturnQuerySet.as_manager()

    class Meta(Published.Meta):
        verbose_name = _("enterprise return")
        verbose_name_plural = _("enterprise returns")
        constraints = [
            *Published.Meta.constraints,
            one_in_force("enterprise", "period", name="enterprise_return_one_in_force"),
        ]
        indexes = [
            # A period's returns, by city: what the snapshot counts, what a restatement supersedes.
            models.Index(fields=["period", "city"]),
            # An enterprise's own: without it SQLite looks through the period for each line of
            # the register, 7 s at 6,400 enterprises.
            models.Index(fields=["enterprise", "period"]),
        ]

    def __str__(self):
        return f"{self.enterprise_id} {self.period_id}"
