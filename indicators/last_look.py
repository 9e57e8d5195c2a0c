"""What changed since a reader last looked: the values they marked as seen, beside today's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Self

from django.utils import timezone

from clusters.quarters import Quarter
from clusters.viewpoint import Viewpoint
from indicators.catalogue import Pace
from indicators.earlier import Earlier, query_of
from indicators.movement import SPLIT
from indicators.results import IndicatorResult
from indicators.snapshot import Snapshot


@dataclass(frozen=True)
class Look:
    """What somebody saw of a quarter at a moment: the targets' values by code, None is none."""

    at: datetime
    quarter: Quarter
    values: Mapping[str, Decimal | None]

    @classmethod
    def of_results(cls, results: Sequence[IndicatorResult], quarter: Quarter) -> Self:
        """Return a look at these results, now."""
        return cls(timezone.now(), quarter, {one.code: one.value for one in results})

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Self:
        """Return the look that was kept with an account."""
        values = {code: text and Decimal(text) for code, text in kept["values"].items()}
        return cls(datetime.fromisoformat(kept["at"]), Quarter.parse(kept["quarter"]), values)

    def written(self) -> dict[str, Any]:
        """Return it as it is kept: figures are texts, so that nothing rounds them."""
        values = {c: None if value is None else str(value) for c, value in self.values.items()}
        return {"at": self.at.isoformat(), "quarter": str(self.quarter), "values": values}


@dataclass(frozen=True)
class Row:
    """
    One target then and now, in its unit.

    change  None if either is not known, or the two say nothing about each other
    query   of the page that says what moved it; empty where there is none
    """

    result: IndicatorResult
    before: Decimal | None
    change: Decimal | None
    query: str


@dataclass(frozen=True)
class SinceLast:
    """
    What the overview shows a reader of the time since they last looked.

    look   None if they never marked it as seen
    rows   one for each target that they saw
    stamp  which figures the page shows, for the form that marks them as seen
    """

    look: Look | None
    rows: tuple[Row, ...]
    stamp: str

    @property
    def has_changed(self) -> bool:
        """Whether any target has another value, or a first one."""
        return any(row.before != row.result.value for row in self.rows)


def since_last(
    of: Snapshot,
    viewpoint: Viewpoint,
    results: Sequence[IndicatorResult],
    kept: Mapping[str, Any] | None,
) -> SinceLast | None:
    """
    Return what has changed since a look was kept; no query.

    None for a page of an earlier day, or of another quarter than the one that is shown unasked,
    the newest of which a city's figures are in force; or if a later one was looked at.
    """
    newest = max((quarter for _city, quarter in of.city_totals), default=viewpoint.quarter)
    look = Look.read(kept) if kept else None
    if viewpoint.as_of or viewpoint.quarter != newest or (look and look.quarter > newest):
        return None
    rows = [_row(one, look, viewpoint) for one in results if look and one.code in look.values]
    return SinceLast(look, tuple(rows), stamp(of))


def stamp(of: Snapshot) -> str:
    """Return which figures a snapshot holds: until when they were published."""
    return of.updated_at.isoformat() if of.updated_at else ""


def _row(result: IndicatorResult, look: Look, viewpoint: Viewpoint) -> Row:
    before, day = look.values[result.code], timezone.localdate(look.at)
    begins_anew = (
        result.indicator.pace is not Pace.POINT and look.quarter.year != result.quarter.year
    )
    if before is None or result.value is None or begins_anew:
        return Row(result, before, None, "")
    # A movement lies between days, so what moved today cannot be told from what was seen today.
    told = result.indicator.kind in SPLIT and day < timezone.localdate()
    query = query_of(viewpoint, Earlier(look.quarter, day)) if told else ""
    return Row(result, before, result.value - before, query)
