"""What the plan owes, in short lines: late blocks, what is not established, records that lack."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusters.blocks import BlockRow
from clusters.models import Cluster
from foundation.formatting import day, money
from foundation.quarters import Quarter
from indicators.catalogue import CountedThings
from indicators.data.snapshot import Snapshot
from indicators.estimates.figures import Thing
from indicators.estimates.projections import FirmProspect
from indicators.regions.block_counts import BlockCounts, cluster_blocks
from indicators.results.indicator_result import IndicatorResult
from indicators.verdict.sentences import names

# Of one line of things; more are counted.
MOST_NAMED = 5
# With fewer, the gap would show a single enterprise's figure.
FEWEST_FOR_A_GAP = 3


@dataclass(frozen=True)
class PlanMatter:
    """
    One line: a status (foundation.statuses), what has it, where to look, and what is known of it.

    address  takes the viewpoint, then query and anchor, which may be empty; "" without a page
    detail   may be empty
    """

    status: str
    words: str
    address: str
    detail: str = ""
    query: str = ""
    anchor: str = ""


def plan_matters(
    snapshot: Snapshot, quarter: Quarter, results: Sequence[IndicatorResult]
) -> tuple[PlanMatter, ...]:
    """Return what the plan owes in a quarter, by kind; the reader's page orders them."""
    blocks = cluster_blocks(snapshot, quarter)
    counts = {one.cluster.pk: one.counts for one in blocks}
    is_over = plan_is_over(snapshot, quarter)
    return (
        *(_late(one.cluster, row, is_over=is_over) for one in blocks for row in one.late),
        *(_stale(one.cluster, one.counts.stale) for one in blocks if one.counts.stale),
        *(one for result in results for one in _things(snapshot, result, counts)),
        *_near_misses(results),
    )


def plan_is_over(snapshot: Snapshot, quarter: Quarter) -> bool:
    """Return whether the quarter's plan has ended on the day that is looked from."""
    plan = snapshot.plan_for(quarter)
    today = snapshot.as_of or timezone.localdate()
    return plan is not None and today.year > plan.last_year


def _late(cluster: Cluster, row: BlockRow, *, is_over: bool) -> PlanMatter:
    due = _("due on %(day)s") % {"day": day(row.held_to)}
    late = row.days_overdue or 0
    days = ngettext("%(days)s day late", "%(days)s days late", late) % {"days": late}
    words = _("%(city)s: %(block)s") % {"city": cluster.city.short, "block": row.block}
    status = "not_completed_in_time" if is_over else "past_date"
    return PlanMatter(status, words, row.block.get_absolute_url(), f"{due} · {days}")


def _stale(cluster: Cluster, number: int) -> PlanMatter:
    words = ngettext(
        "%(number)s block of %(cluster)s", "%(number)s blocks of %(cluster)s", number
    ) % {"number": number, "cluster": cluster}
    return PlanMatter("stale", words, cluster.get_absolute_url())


def _things(
    snapshot: Snapshot, result: IndicatorResult, counts: dict[int, BlockCounts]
) -> Iterable[PlanMatter]:
    """Yield the clusters or parks that are not established once that is due, or not on record."""
    if not result.things:
        return
    page = reverse("indicators:indicator", kwargs={"code": result.code})
    line = partial(PlanMatter, address=page, anchor="things")
    if _is_past_deadline(snapshot, result):
        missing = [one for one in result.things if one.is_established is False]
        if result.indicator.things is CountedThings.CLUSTERS:
            for one in missing:
                detail = _blocks(counts.get(one.record.pk))
                yield line("not_established_in_time", str(one), detail=detail)
        elif missing:
            yield line("not_established_in_time", _names(result, missing))
    unknown = [one for one in result.things if one.is_established is None]
    if unknown:
        yield line("not_known", _names(result, unknown))


def _is_past_deadline(snapshot: Snapshot, result: IndicatorResult) -> bool:
    """Return whether a target was due by the quarter that is shown, and that day is over."""
    if result.target is None or result.quarter < result.target.period:
        return False
    return result.target.period.last_day < (snapshot.as_of or timezone.localdate())


def _blocks(counts: BlockCounts | None) -> str:
    """Return how many of a cluster's blocks are in operation; empty if it has none."""
    if counts is None or not counts.blocks:
        return ""
    words = _("%(operating)s of %(blocks)s building blocks in operation")
    return words % {"operating": counts.operating, "blocks": counts.blocks}


def _names(result: IndicatorResult, things: Sequence[Thing]) -> str:
    """Return things by their cities, and what they are."""
    cities = [one.record.city.short for one in things]
    more = len(cities) - MOST_NAMED
    told = cities[:MOST_NAMED]
    if more > 0:
        told.append(ngettext("%(number)s more", "%(number)s more", more) % {"number": more})
    words = {"things": result.indicator.short_name, "cities": names(told)}
    return _("%(things)s: %(cities)s") % words


def _near_misses(results: Iterable[IndicatorResult]) -> Iterable[PlanMatter]:
    """Yield the enterprises that will end just short of a target's line; none after the year."""
    for result in results:
        near = result.near_misses
        if not near or result.quarter.is_year_end:
            continue
        number = len(near)
        words = ngettext(
            "%(number)s enterprise is expected to end just short",
            "%(number)s enterprises are expected to end just short",
            number,
        )
        page = reverse("indicators:firms", kwargs={"code": result.code})
        told, query = words % {"number": number}, "prospect=near_miss"
        yield PlanMatter("near_miss", told, page, _gap(near), query)


def _gap(near: Sequence[FirmProspect]) -> str:
    """Return what the enterprises lack altogether; empty of so few that one's figure would show."""
    if len(near) < FEWEST_FOR_A_GAP:
        return ""
    gap = sum((one.outlook.gap for one in near), Decimal("0"))
    return _("together they lack more than %(gap)s") % {"gap": money(gap)}
