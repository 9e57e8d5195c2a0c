"""A past day in its two readings: as known then, and as known now of then."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusters.models import Publication
from clusters.viewpoint import Viewpoint
from foundation.tables import Column, Link, Parts, Table, Typed
from indicators.data.snapshot_reader import snapshot
from indicators.results.indicator_result import IndicatorResult
from indicators.results.scorecard import results_in

# What a result shows without a value and an estimate.
NOTHING = "—"


@dataclass(frozen=True)
class Readings:
    """
    Whether the readings of a day can differ.

    differ  whether any figures that count by then were recorded later
    cities  how many cities have such figures of the viewpoint's quarter
    """

    differ: bool = False
    cities: int = 0


@dataclass(frozen=True)
class ReadTwice:
    """A target as known then, and as known now of then."""

    then: IndicatorResult
    now: IndicatorResult

    @property
    def differs(self) -> bool:
        """Return whether the two are told differently."""
        return _told(self.then) != _told(self.now)


def readings(viewpoint: Viewpoint) -> Readings:
    """Return whether the readings of a viewpoint's day can differ. One query; none for today."""
    if viewpoint.as_of is None:
        return Readings()
    later = Publication.objects.known_later(viewpoint.moment).order_by()
    slots = set(later.values_list("period__code", "city"))
    return Readings(bool(slots), sum(code == str(viewpoint.quarter) for code, _city in slots))


def read_twice(viewpoint: Viewpoint) -> list[ReadTwice]:
    """Return every target of the viewpoint's quarter in both readings of its day."""
    then, now = (
        results_in(snapshot(viewpoint.reading(known_then=known_then)), viewpoint.quarter)
        for known_then in (True, False)
    )
    return [ReadTwice(*pair) for pair in zip(then, now, strict=True)]


class TwoReadingsTable(Table):
    """The targets that the two readings of a day judge differently: one row for each ReadTwice."""

    title = gettext_lazy("The two readings of that day")
    css = "data-table--names"

    target = Column(gettext_lazy("Target"), accessor="now__indicator__short_name")
    then = Column(gettext_lazy("As known then"))
    now = Column(gettext_lazy("As known now of then"))

    def render_target(self, value, record):
        return Link(value, reverse("indicators:indicator", kwargs={"code": record.now.code}))

    def render_then(self, value):
        return _cell(value)

    render_now = render_then


def two_readings_table(viewpoint: Viewpoint, code: str | None = None) -> TwoReadingsTable | None:
    """
    Return the targets, or the one of a code, that a day's readings tell differently.

    None if there is none, or the readings cannot differ.
    """
    if not readings(viewpoint).differ:
        return None
    found = [one for one in read_twice(viewpoint) if code in (None, one.now.code) and one.differs]
    return TwoReadingsTable(found) if found else None


def value_words(result: IndicatorResult) -> str:
    """Return the value of a result with its unit; an estimate is named as one."""
    if not result.coverage.accepted:
        return _("Not reported")
    is_estimate = result.estimate and result.value is None
    return f"{result.shown} ({_('estimate')})" if is_estimate else result.shown


def _cell(result: IndicatorResult) -> Parts:
    """Return the value of a result, its verdict, and how many cities it rests on."""
    words = value_words(result)
    value = _("Cannot be estimated yet") if words == NOTHING else words
    who = {"accepted": result.coverage.accepted, "expected": result.coverage.expected}
    cities = _("%(accepted)s/%(expected)s cities accepted") % who
    beneath = None if result.indicator.things else Typed(cities, css="soft", tag="small")
    return Parts((Parts((value, Typed(result.status, "status")), " · "), beneath), "\n")


def _told(result: IndicatorResult) -> tuple[str, str, str]:
    return value_words(result), result.status, result.explanation
