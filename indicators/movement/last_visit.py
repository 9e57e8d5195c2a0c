"""What changed since a reader last looked: what they marked as seen, beside what is shown now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Self

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clusters.quarters import Quarter
from clusters.viewpoint import Viewpoint
from foundation.both_languages import in_each
from indicators.data.snapshot import Snapshot
from indicators.movement.comparison_point import ComparisonPoint, query_of
from indicators.results.indicator_result import IndicatorResult

NOTHING = "—"


@dataclass(frozen=True)
class Seen:
    """
    What somebody saw of a target.

    figure  of the cities that had reported alone, in its unit: compared, and never shown as it
            is while one was silent; None if nobody had reported
    cities  their codes, by code; of established things, the codes of those that are on record
    is_complete  whether nobody was silent
    words   what was shown, by language
    """

    figure: Decimal | None
    cities: tuple[str, ...]
    is_complete: bool
    words: Mapping[str, str]

    @classmethod
    def of_result(cls, result: IndicatorResult) -> Self:
        """Return what a page shows of a result."""
        return cls(
            figure=result.reported_only if result.value is None else result.value,
            cities=tuple(sorted(one.code for one in result.coverage.reporting)),
            is_complete=result.value is not None,
            words=in_each(lambda: shown_words(result)),
        )

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Self:
        """Return what was kept."""
        figure = kept["figure"]
        return cls(
            None if figure is None else Decimal(figure),
            tuple(kept["cities"]),
            kept["is_complete"],
            kept["words"],
        )

    def written(self) -> dict[str, Any]:
        """Return it as it is kept: figures are texts, so that nothing rounds them."""
        return {
            "figure": None if self.figure is None else str(self.figure),
            "cities": list(self.cities),
            "is_complete": self.is_complete,
            "words": dict(self.words),
        }


# Of a look that was kept before it said of which cities its figures were.
NOT_TOLD = Seen(None, (), False, {})


def shown_words(result: IndicatorResult) -> str:
    """Return a target as its verdict shows it: its figure, the estimate, or what is certain."""
    if result.value is not None:
        return result.shown
    if result.estimate is not None:
        return _("%(range)s (estimate)") % {"range": result.shown}
    if result.certain.low is not None or result.certain.high is not None:
        return result.certain_words
    return NOTHING


@dataclass(frozen=True)
class Look:
    """What somebody saw of a quarter at a moment: of each target, by its code."""

    at: datetime
    quarter: Quarter
    seen: Mapping[str, Seen]

    @classmethod
    def of_results(cls, results: Sequence[IndicatorResult], quarter: Quarter) -> Self:
        """Return a look at these results, now."""
        return cls(timezone.now(), quarter, {one.code: Seen.of_result(one) for one in results})

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Self:
        """
        Return the look that was kept with an account.

        An older one has "values" instead of "seen": figures of the cities that had reported,
        without a word of which these were. They are the province's at best by chance.
        """
        if "seen" in kept:
            seen = {code: Seen.read(one) for code, one in kept["seen"].items()}
        else:
            seen = dict.fromkeys(kept["values"], NOT_TOLD)
        return cls(datetime.fromisoformat(kept["at"]), Quarter.parse(kept["quarter"]), seen)

    def written(self) -> dict[str, Any]:
        """Return it as it is kept."""
        seen = {code: one.written() for code, one in self.seen.items()}
        return {"at": self.at.isoformat(), "quarter": str(self.quarter), "seen": seen}


@dataclass(frozen=True)
class VisitRow:
    """
    One target then and now, in words.

    change  in its unit, between the same cities and the same months; None if they are others
    cities  of how many cities the change is; None where it is the province's
    query   of the page that says what moved it; empty where there is none
    """

    result: IndicatorResult
    before: str
    now: str
    change: Decimal | None
    cities: int | None
    query: str
    has_changed: bool


@dataclass(frozen=True)
class SinceLast:
    """
    What the overview shows a reader of the time since they last looked.

    look   None if they never marked it as seen
    rows   one for each target that they saw
    stamp  which figures the page shows, for the form that marks them as seen
    """

    look: Look | None
    rows: tuple[VisitRow, ...]
    stamp: str

    @property
    def has_changed(self) -> bool:
        """Whether any target is shown otherwise, or rests on another figure."""
        return any(row.has_changed for row in self.rows)


def since_last(
    snapshot: Snapshot,
    viewpoint: Viewpoint,
    results: Sequence[IndicatorResult],
    kept: Mapping[str, Any] | None,
) -> SinceLast | None:
    """
    Return what has changed since a look was kept; no query.

    None for a page of an earlier day, or of another quarter than the one that is shown unasked,
    the newest of which a city's figures are in force; or if a later one was looked at.
    """
    newest = max((quarter for _city, quarter in snapshot.city_totals), default=viewpoint.quarter)
    look = Look.read(kept) if kept else None
    if viewpoint.as_of or viewpoint.quarter != newest or (look and look.quarter > newest):
        return None
    rows = [_row(one, look, viewpoint) for one in results if look and one.code in look.seen]
    return SinceLast(look, tuple(rows), stamp(snapshot))


def stamp(snapshot: Snapshot) -> str:
    """Return which figures a snapshot holds: until when they were published."""
    return snapshot.updated_at.isoformat() if snapshot.updated_at else ""


def _row(result: IndicatorResult, look: Look, viewpoint: Viewpoint) -> VisitRow:
    before, now = look.seen[result.code], Seen.of_result(result)
    same_quarter = look.quarter == result.quarter
    change = _change(before, now) if same_quarter else None
    day = timezone.localdate(look.at)
    # A movement lies between days, so what moved today cannot be told from what was seen today.
    told = (
        same_quarter
        and before.figure is not None
        and now.figure is not None
        and result.indicator.is_split
        and day < timezone.localdate()
    )
    language = get_language()
    return VisitRow(
        result=result,
        before=before.words.get(language, NOTHING),
        now=now.words.get(language, NOTHING),
        change=change,
        cities=None if now.is_complete or change is None else len(now.cities),
        query=query_of(viewpoint, ComparisonPoint(look.quarter, day)) if told else "",
        has_changed=not same_quarter or before != now,
    )


def _change(before: Seen, now: Seen) -> Decimal | None:
    """Return by how much a figure changed; None if it is not of the same cities."""
    if before.figure is None or now.figure is None or before.cities != now.cities:
        return None
    return now.figure - before.figure
