"""What the report of each silent city would settle."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from clusters.models import City
from indicators.data.snapshot import Snapshot
from indicators.results.indicator_result import IndicatorResult


@dataclass(frozen=True)
class Settled:
    """
    A silent city, and what its report would settle.

    part     the part of the share's likely range that it would remove, a fraction; None unknown
    crossed  how many of its enterprises crossed the line in the same part of last year; or None
    """

    city: City
    part: Decimal | None = None
    crossed: int | None = None


def settled_by(snapshot: Snapshot, results: Sequence[IndicatorResult]) -> tuple[Settled, ...]:
    """Return the silent cities."""
    silent = {one.city.code: one.city for result in results for one in result.silent}
    return tuple(Settled(city) for _code, city in sorted(silent.items()))
