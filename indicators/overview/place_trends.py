"""The small trends in lists of places: four quarters together, the first of them as 100."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from django.utils.translation import gettext as _

from foundation.language import quarter_name
from foundation.quarters import Quarter
from foundation.tables import Fragment, Typed
from indicators.data.disclosure import Known, park_is_withheld
from indicators.data.snapshot import Snapshot
from indicators.drawings.sparkline import Sparkline, shared_axis, sparkline
from indicators.formulas.cumulative import rolling_year
from indicators.verdict.rounding import rounded
from parks.models import Park

FIRST = Decimal("100")
Values = Sequence[Decimal | None]
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class PlaceTrend:
    """
    A place's line and its words; last is its newest value where the first is 100.

    spark is None, and last too, with fewer than two values.
    """

    spark: Sparkline | None
    words: str
    last: Decimal | None

    @property
    def cell(self) -> object:
        """Its cell: the line; in a file its newest value. A dash without a line."""
        if self.spark is None:
            return Typed("—", "written")
        context = {"spark": self.spark, "words": self.words}
        return Fragment("components/sparkline.html", context, Typed(self.last, "figure"))


NO_TREND = PlaceTrend(None, "", None)


def indexed(one: Mapping[Quarter, Decimal | None], quarters: Sequence[Quarter]) -> Values:
    """Return the amounts of four quarters together, the first of them as 100."""
    made = [rolling_year(one, quarter) for quarter in quarters]
    first = next((amount for amount in made if amount), None)
    if not first:
        return [None] * len(made)
    return [None if amount is None else amount / first * FIRST for amount in made]


def place_trends(
    series: Mapping[Key, Values], quarters: Sequence[Quarter]
) -> dict[Key, PlaceTrend]:
    """Return the trends of places on one axis, so that their slopes can be compared."""
    axis = shared_axis(series.values())
    trends = {}
    for key, values in series.items():
        spark = sparkline(values, axis) if axis else None
        known = [(q, v) for q, v in zip(quarters, values, strict=True) if v is not None]
        trends[key] = (
            PlaceTrend(spark, _words(known), rounded(known[-1][1], 1)) if spark else NO_TREND
        )
    return trends


def _words(known: Sequence[tuple[Quarter, Decimal]]) -> str:
    """Return where a line begins and ends."""
    (first, _hundred), (last, value) = known[0], known[-1]
    parts = {"first": quarter_name(first), "last": quarter_name(last)}
    return _("Four quarters together, %(first)s: 100, %(last)s: %(value)s") % (
        parts | {"value": f"{rounded(value, 0):f}"}
    )


def park_trends(
    snapshot: Snapshot, quarter: Quarter, parks: Iterable[Park], known: Known
) -> dict[int, PlaceTrend]:
    """
    Return the trends of parks' output value, by key, as a reader may see them.

    None of a park of which any quarter is withheld: its line would give that away. Up to a
    query a quarter the first time, none a park.
    """
    quarters = snapshot.with_figures(quarter)
    series = {park.pk: _of_park(snapshot, park, quarters, known) for park in parks}
    return place_trends(series, quarters)


def _of_park(snapshot: Snapshot, park: Park, quarters: Sequence[Quarter], known: Known) -> Values:
    reported = {q: t for q in quarters if (t := snapshot.park_totals.get((park.pk, q)))}
    if any(park_is_withheld(snapshot, q, park, known) for q in reported):
        return [None] * len(quarters)
    return indexed({q: totals.output_value for q, totals in reported.items()}, quarters)


def park_growth(snapshot: Snapshot, quarter: Quarter, park: Park, known: Known) -> Decimal | None:
    """
    Return a park's output value against the same months last year, a fraction.

    None if either is not reported, or if either quarter is withheld from the reader.
    """
    now, before = (_shown(snapshot, one, park, known) for one in (quarter, quarter.year_earlier()))
    return now / before - 1 if now is not None and before else None


def _shown(snapshot: Snapshot, quarter: Quarter, park: Park, known: Known) -> Decimal | None:
    totals = snapshot.park_totals.get((park.pk, quarter))
    if totals is None or park_is_withheld(snapshot, quarter, park, known):
        return None
    return totals.output_value
