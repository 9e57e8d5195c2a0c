"""What a reader marked as seen, stored with the account, compared with what is shown now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Self

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clusters.viewpoint import Viewpoint
from foundation.both_languages import in_each
from foundation.quarters import Quarter
from indicators.data.snapshot import Snapshot
from indicators.movement.comparison_point import ComparisonPoint, query_of
from indicators.movement.movement import SPLIT
from indicators.results.indicator_result import IndicatorResult

NOTHING = "—"


@dataclass(frozen=True)
class Seen:
    """
    What a reader saw of a target.

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
    def read(cls, stored: Mapping[str, Any]) -> Self:
        """Return it from its stored form."""
        figure = stored["figure"]
        return cls(
            None if figure is None else Decimal(figure),
            tuple(stored["cities"]),
            stored["is_complete"],
            stored["words"],
        )

    def written(self) -> dict[str, Any]:
        """Return its stored form, JSON: figures are texts, so that nothing rounds them."""
        return {
            "figure": None if self.figure is None else str(self.figure),
            "cities": list(self.cities),
            "is_complete": self.is_complete,
            "words": dict(self.words),
        }


# Of a visit stored in the older form, which has no cities of its figures.
UNKNOWN = Seen(None, (), False, {})


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
class Visit:
    """What a reader saw of a quarter at a moment: of each target, by its code."""

    at: datetime
    quarter: Quarter
    seen: Mapping[str, Seen]

    @classmethod
    def of_results(cls, results: Sequence[IndicatorResult], quarter: Quarter) -> Self:
        """Return a visit that saw these results, now."""
        return cls(timezone.now(), quarter, {one.code: Seen.of_result(one) for one in results})

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Self:
        """
        Return a visit from its stored form.

        An older one has "values" instead of "seen": figures of the cities that had reported,
        without saying which these were. They cannot be compared.
        """
        if "seen" in stored:
            seen = {code: Seen.read(one) for code, one in stored["seen"].items()}
        else:
            seen = dict.fromkeys(stored["values"], UNKNOWN)
        return cls(datetime.fromisoformat(stored["at"]), Quarter.parse(stored["quarter"]), seen)

    def written(self) -> dict[str, Any]:
        """Return its stored form, JSON."""
        seen = {code: one.written() for code, one in self.seen.items()}
        return {"at": self.at.isoformat(), "quarter": str(self.quarter), "seen": seen}


@dataclass(frozen=True)
class VisitRow:
    """
    One target at the visit and now, in words.

    change  in its unit, between the same cities and the same months; None if they are others
    cities  of how many cities the change is; None where it is the province's
    query   of the page of its movement; empty where there is none
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
    What the overview shows of the time since a reader's last visit.

    visit  None if they never marked it as seen
    rows   one for each target that they saw
    stamp  which figures the page shows, for the form that marks them as seen
    """

    visit: Visit | None
    rows: tuple[VisitRow, ...]
    stamp: str

    @property
    def has_changed(self) -> bool:
        """Whether any target has changed."""
        return any(row.has_changed for row in self.rows)


def since_last(
    snapshot: Snapshot,
    viewpoint: Viewpoint,
    results: Sequence[IndicatorResult],
    stored: Mapping[str, Any] | None,
) -> SinceLast | None:
    """
    Return what has changed since a stored visit; no query.

    None for a page of an earlier day, or of another quarter than the newest with figures in force;
    or if the visit was of a later one.
    """
    newest = max((quarter for _city, quarter in snapshot.city_totals), default=viewpoint.quarter)
    visit = Visit.read(stored) if stored else None
    if viewpoint.as_of or viewpoint.quarter != newest or (visit and visit.quarter > newest):
        return None
    rows = [_row(one, visit, viewpoint) for one in results if visit and one.code in visit.seen]
    return SinceLast(visit, tuple(rows), stamp(snapshot))


def stamp(snapshot: Snapshot) -> str:
    """Return the moment of the newest publication in a snapshot, as text; "" without one."""
    return snapshot.updated_at.isoformat() if snapshot.updated_at else ""


def _row(result: IndicatorResult, visit: Visit, viewpoint: Viewpoint) -> VisitRow:
    before, now = visit.seen[result.code], Seen.of_result(result)
    same_quarter = visit.quarter == result.quarter
    change = _change(before, now) if same_quarter else None
    day = timezone.localdate(visit.at)
    # A movement lies between days: there is none between two moments of one day.
    linked = (
        same_quarter
        and before.figure is not None
        and now.figure is not None
        and result.indicator.kind in SPLIT
        and day < timezone.localdate()
    )
    language = get_language()
    return VisitRow(
        result=result,
        before=before.words.get(language, NOTHING),
        now=now.words.get(language, NOTHING),
        change=change,
        cities=None if now.is_complete or change is None else len(now.cities),
        query=query_of(viewpoint, ComparisonPoint(visit.quarter, day)) if linked else "",
        has_changed=not same_quarter or before != now,
    )


def _change(before: Seen, now: Seen) -> Decimal | None:
    """Return by how much a figure changed; None if it is not of the same cities."""
    if before.figure is None or now.figure is None or before.cities != now.cities:
        return None
    return now.figure - before.figure
