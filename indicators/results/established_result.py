"""How many clusters, parks or titled enterprises there are, from a snapshot."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from clusters.models import Cluster
from foundation.quarters import Quarter
from indicators.catalogue import CountedThings, Indicator
from indicators.data.coverage import Coverage
from indicators.data.snapshot import Snapshot
from indicators.estimates.figures import Figures, HistoryPoint, Thing
from indicators.formulas.certain_range import NOTHING_CERTAIN, CertainRange
from parks.models import Park


def established_figures(snapshot: Snapshot, indicator: Indicator, quarter: Quarter) -> Figures:
    """
    Return how many were established by a quarter's end, or by the day looked from.

    The value is None while some of them have nothing on record.
    """
    things = _things(snapshot, indicator, quarter, snapshot.day(quarter))
    value = _number(snapshot, indicator, quarter, snapshot.day(quarter))
    unknown = sum(one.is_established is None for one in things)
    return Figures(
        value=None if unknown else value,
        reported_only=value if unknown else None,
        numerator=value,
        denominator=Decimal(len(things)) if things else None,
        coverage=Coverage(
            reporting=tuple(one for one in things if one.is_established is not None),
            missing=tuple(one for one in things if one.is_established is None),
        ),
        certain=_certain(value, unknown),
        contributions=(),
        history=tuple(_point(snapshot, indicator, q) for q in snapshot.with_figures(quarter)),
        things=things,
    )


def _certain(value: Decimal | None, unknown: int) -> CertainRange:
    """Return the certain range: those known to be, and these with all unknown ones."""
    return NOTHING_CERTAIN if value is None else CertainRange(value, value + unknown)


def _records(
    snapshot: Snapshot, indicator: Indicator, quarter: Quarter
) -> Sequence[Cluster | Park]:
    """Return the clusters or parks of the quarter's plan; none for a title."""
    plan = snapshot.plan_for(quarter)
    if indicator.things is CountedThings.CLUSTERS:
        return snapshot.clusters_of(plan)
    return snapshot.parks_of(plan) if indicator.things is CountedThings.PARKS else ()


def _things(
    snapshot: Snapshot, indicator: Indicator, quarter: Quarter, day: date
) -> tuple[Thing, ...]:
    """Return each cluster or park with whether it was established by a day."""
    return tuple(
        Thing(
            record=record,
            is_established=record.established_by(day),
            established_on=record.established_on,
            evidence=record.established_evidence,
        )
        for record in _records(snapshot, indicator, quarter)
    )


def _number(
    snapshot: Snapshot, indicator: Indicator, quarter: Quarter, day: date
) -> Decimal | None:
    """Return how many there were on a day; None if unknown."""
    if indicator.things is CountedThings.TITLE:
        awarded = [one for one in snapshot.awards if one.tier_id == indicator.tier_id]
        if not any(one.awarded_on <= day for one in awarded):
            return None
        return Decimal(len({one.enterprise_id for one in awarded if one.held_on(day)}))
    known = [one.is_established for one in _things(snapshot, indicator, quarter, day)]
    if all(one is None for one in known):
        return None
    return Decimal(sum(one is True for one in known))


def _point(snapshot: Snapshot, indicator: Indicator, quarter: Quarter) -> HistoryPoint:
    """Return the number of one quarter of the history, of the things of that quarter's plan."""
    things = _things(snapshot, indicator, quarter, snapshot.day(quarter))
    value = _number(snapshot, indicator, quarter, snapshot.day(quarter))
    unknown = sum(one.is_established is None for one in things)
    return HistoryPoint(
        quarter=quarter,
        value=None if unknown else value,
        certain=_certain(value, unknown),
        accepted=len(things) - unknown,
        expected=len(things),
    )
