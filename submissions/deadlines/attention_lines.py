"""What needs attention on the overview: a table of the silent cities, then short lines."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.quarters import Quarter
from foundation.statuses import status_tone
from foundation.tables import Column, Fragment, Link, Table, Typed
from indicators.data.snapshot import Snapshot
from indicators.outlook.plan_matters import PlanMatter, plan_matters
from indicators.outlook.settling import Settled
from indicators.results.indicator_result import IndicatorResult
from submissions.deadlines.obligations import Obligation, State

# As many as are read at a glance; the others are folded.
MOST_ROWS = 6
TONES = ("bad", "poor", "fair", "wait", "good", "open")


@dataclass(frozen=True)
class SilentRow:
    """
    A silent city's row.

    state    the status of its workbook; address where it is, "" if the reader may not open it
    part     of the likely range that its report would remove, a fraction; None if unknown
    crossed  enterprises that crossed the line in the same part of last year; None if unknown
    """

    settled: Settled
    state: str
    word: str
    address: str

    @property
    def part(self) -> Decimal | None:
        """The part of the likely range that its report would remove."""
        return self.settled.part

    @property
    def crossed(self) -> int | None:
        """How many of its enterprises crossed the line last year."""
        return self.settled.crossed


class SilentTable(Table):
    """The silent cities, each with what its report would settle."""

    title, css = gettext_lazy("Cities that have not reported"), "data-table--compact"

    city = Column(gettext_lazy("Not reported"), accessor="settled__city", css="nowrap")
    state = Column(gettext_lazy("Workbook"))
    part = Column(gettext_lazy("Range removed by its report"))
    crossed = Column(gettext_lazy("Crossed in last year's same part"), "count", default="—")

    def render_city(self, value, record):
        if not record.address:
            return value.short
        return Link(value.short, record.address, keeps=False)

    def render_state(self, value, record):
        return Fragment(
            "submissions/_state.html", {"state": value, "word": record.word}, record.word
        )

    def render_part(self, value):
        if value is None:
            return Typed("—", "written")
        return Fragment("components/part_bar.html", {"part": value}, Typed(value, "percent0"))


def silent_tables(
    settled: Iterable[Settled], owed: Iterable[Obligation], linked: Iterable[int]
) -> list[SilentTable]:
    """
    Return the table of the first silent cities, and of the others; none without any.

    linked are the keys of the cities that the reader may open. A column that says nothing of
    any city is left out.
    """
    of_city, mine = {one.city.pk: one for one in owed}, set(linked)
    rows = [_row(one, of_city.get(one.city.pk), mine) for one in settled]
    without = [
        name for name in ("part", "crossed") if all(getattr(row, name) is None for row in rows)
    ]
    parts = (rows[:MOST_ROWS], rows[MOST_ROWS:])
    return [SilentTable(some, exclude=without) for some in parts if some]


def _row(settled: Settled, obligation: Obligation | None, mine: set[int]) -> SilentRow:
    state = obligation.state if obligation else State.NOT_OWED
    address = ""
    if obligation and obligation.submission and settled.city.pk in mine:
        address = obligation.submission.get_absolute_url()
    elif settled.city.pk in mine:
        address = settled.city.get_absolute_url()
    return SilentRow(settled, state, str(State(state).label), address)


def attention_lines(
    snapshot: Snapshot,
    quarter: Quarter,
    results: Sequence[IndicatorResult],
    owed: Iterable[Obligation],
    linked: Iterable[int],
    tasks: Iterable[PlanMatter] = (),
) -> list[PlanMatter]:
    """
    Return the lines: red first, what is unknown last; equals in the order of the plan.

    tasks are those of the ledger that are red.
    """
    silent = {one.city.pk for result in results for one in result.silent}
    found = [
        *_waiting(owed, silent, set(linked)),
        *tasks,
        *plan_matters(snapshot, quarter, results),
    ]
    return sorted(found, key=lambda one: TONES.index(status_tone(one.status)))


def _waiting(owed: Iterable[Obligation], silent: set[int], mine: set[int]) -> Iterable[PlanMatter]:
    """Yield the workbooks that wait for a decision, of cities that are not silent."""
    for one in owed:
        if one.newer and one.newer.status == State.SUBMITTED:
            words = _("A correction of %(city)s waits for a decision") % {"city": one.city}
            address = one.newer.get_absolute_url() if one.city.pk in mine else ""
            yield PlanMatter("submitted", words, address)
        elif one.state == State.SUBMITTED and one.city.pk not in silent and one.submission:
            words = _("The workbook of %(city)s waits for a decision") % {"city": one.city}
            address = one.submission.get_absolute_url() if one.city.pk in mine else ""
            yield PlanMatter("submitted", words, address)
