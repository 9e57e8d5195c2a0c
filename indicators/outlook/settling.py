"""What the report of each silent city would settle."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from clusters.models import City
from indicators.catalogue import IndicatorKind
from indicators.data.snapshot import Snapshot
from indicators.estimates.firm_history import crossed_last_year_by_city
from indicators.formulas.settled_parts import SilentAmount, settled_parts
from indicators.results.indicator_result import IndicatorResult


@dataclass(frozen=True)
class Settled:
    """
    A silent city, and what its report would settle.

    part     of the likely range of the plan's first estimated share that it would remove, a
             fraction; None without such an estimate. Those of all cities add up to 1
    crossed  how many of its enterprises crossed the line of the plan's first count over a line in
             the same part of last year; None unknown, or not silent in it
    """

    city: City
    part: Decimal | None = None
    crossed: int | None = None


def settled_by(snapshot: Snapshot, results: Sequence[IndicatorResult]) -> tuple[Settled, ...]:
    """Return the silent cities, those with the largest part first."""
    silent = {one.city.code: one.city for result in results for one in result.silent}
    parts, crossed = _parts(results), _crossed(snapshot, results)
    found = [Settled(city, parts.get(code), crossed.get(code)) for code, city in silent.items()]
    return tuple(sorted(found, key=lambda one: (-(one.part or 0), one.city.code)))


def _parts(results: Sequence[IndicatorResult]) -> Mapping[str, Decimal]:
    """Return the parts of the first share's likely range by city; nothing without an estimate."""
    for result in results:
        if result.indicator.kind is IndicatorKind.SHARE and result.estimate is not None:
            return _parts_of(result)
    return {}


def _parts_of(result: IndicatorResult) -> Mapping[str, Decimal]:
    amounts = []
    for one in result.silent:
        likely = one.likely
        if likely is None or likely.low is None or likely.high is None:
            return {}
        amounts.append(SilentAmount(one.in_cluster, likely.low, likely.centre, likely.high))
    clusters, province = result.numerator, result.denominator
    if clusters is None or province is None:
        return {}
    parts = settled_parts(clusters, province - clusters, amounts)
    codes = [one.city.code for one in result.silent]
    return dict(zip(codes, parts, strict=True)) if parts else {}


def _crossed(snapshot: Snapshot, results: Sequence[IndicatorResult]) -> Mapping[str, int | None]:
    """Return who crossed the line of the first count over one, by silent city."""
    for result in results:
        if result.indicator.kind is IndicatorKind.COUNT:
            return crossed_last_year_by_city(snapshot, result.quarter, result.indicator.line)
    return {}
