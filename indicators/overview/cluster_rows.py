"""The clusters in a quarter, one row each: established or not, building blocks, output value."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from clusters.models import Cluster
from foundation.quarters import Quarter
from foundation.tables import Column, Fragment, Link, Parts, Table, Typed
from indicators.data.snapshot import Snapshot
from indicators.overview.city_rows import OverviewCity, overview_cities
from indicators.regions.block_counts import BlockCounts, cluster_blocks


@dataclass(frozen=True)
class ClusterStanding:
    """
    A cluster's row.

    number  its place in the plan, from 1: its colour
    status  established, not_established or not_known: as the plan counts it on a day
    city    its city's row
    """

    number: int
    cluster: Cluster
    status: str
    counts: BlockCounts
    city: OverviewCity


def cluster_list(snapshot: Snapshot, quarter: Quarter, day: date) -> list[ClusterStanding]:
    """Return the clusters of a quarter's plan, as the plan counts them by a day."""
    cities = {row.city.pk: row for row in overview_cities(snapshot, quarter)}
    return [
        ClusterStanding(
            number,
            one.cluster,
            one.cluster.standing_on(day),
            one.counts,
            cities[one.cluster.city_id],
        )
        for number, one in enumerate(cluster_blocks(snapshot, quarter), 1)
    ]


class ClusterTable(Table):
    """The clusters of a plan in a quarter: one row for each ClusterStanding."""

    key, title, css = "clusters", _("Clusters"), "data-table--names"

    cluster = Column(_("Cluster"))
    status = Column(_("As the plan counts it"), "status", css="nowrap")
    blocks = Column(_("Building blocks in operation"), accessor="counts", css="nowrap")
    overdue = Column(_("Past their date"), "count", accessor="counts__overdue")
    output_value = Column(_("Output value"), "amount", accessor="city__output_value")
    growth = Column(_("On the year"), "growth", accessor="city__figures__growth", default="–")
    trend = Column(_("Output trend (first = 100)"), accessor="city__trend__cell")

    def render_cluster(self, value, record):
        mark = Fragment("indicators/_cluster_mark.html", {"number": record.number})
        return Parts((mark, Link(value, value.get_absolute_url())), "")

    def render_blocks(self, value):
        words = f"{value.operating}/{value.blocks}"
        if not value.blocks:
            return Typed("–", "written")
        part = Decimal(value.operating) / value.blocks
        return Fragment("components/count_bar.html", {"part": part, "words": words}, words)
