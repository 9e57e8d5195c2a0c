"""What the closing assessment of a plan still lacks, by city and quarter, most useful first."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext_lazy, pgettext_lazy

from clusters.models import City, Plan
from clusters.viewpoint import today
from foundation.tables import Column, Fragment, Link, Table, Typed
from indicators.data.snapshot_reader import snapshot
from indicators.outlook.settling import Settled, settled_by
from indicators.results.scorecard import results_in
from submissions.deadlines.obligations import Obligation, ended_periods, obligations

# What a quarter is for in the assessment, most useful first.
CLOSING = pgettext_lazy("assessment", "the assessment is made of this quarter")
YEAR_END = pgettext_lazy("assessment", "a whole year, for the course over time")
COURSE = pgettext_lazy("assessment", "the course within a year, and the estimates")


@dataclass(frozen=True, slots=True)
class Lacking:
    """
    A city and quarter without accepted figures.

    use   what the quarter is for
    part  of the likely range that the city's report would remove, a fraction; None if unknown
    """

    obligation: Obligation
    use: object
    part: Decimal | None = None


class LackingTable(Table):
    """One row for each Lacking."""

    key, title, labelled_by = "missing", gettext_lazy("What is still lacking"), "lacking"
    css = "data-table--stacked"

    city = Column(gettext_lazy("City"), accessor="obligation__city")
    period = Column(gettext_lazy("Reporting period"), "quarter")
    state = Column(gettext_lazy("State"))
    use = Column(gettext_lazy("What it is for"))
    part = Column(gettext_lazy("Range removed by its report"))

    def render_period(self, record):
        return record.obligation.period.quarter

    def render_state(self, record):
        one = record.obligation
        if one.submission is None:
            return str(one.state.label)
        return Link(one.state.label, one.submission.get_absolute_url(), keeps=False)

    def render_part(self, value):
        if value is None:
            return Typed("—", "written")
        return Fragment("components/part_bar.html", {"part": value}, Typed(value, "percent0"))


def lacking(plan: Plan | None, cities: Sequence[City]) -> list[Lacking]:
    """Return what some cities owe the assessment of a plan and is not accepted; [] without one."""
    now = timezone.now()
    every = [] if plan is None else list(ended_periods(now).owed().order_by("-code"))
    periods = [one for one in every if plan.first_year <= one.quarter.year <= plan.last_year]
    if not periods:
        return []
    closing = periods[0]
    settled = _settled(closing.quarter)
    owed = [one for one in obligations(list(cities), periods, now) if not one.answered]
    found = [
        Lacking(one, _use(one, closing), _part(one, closing, settled)) for one in owed if one.owed
    ]
    return sorted(found, key=_usefulness)


def _settled(quarter) -> dict[int, Settled]:
    """Return what the report of each silent city would settle, by the city's key."""
    of = snapshot(today(quarter))
    return {one.city.pk: one for one in settled_by(of, results_in(of, quarter))}


def _use(one: Obligation, closing) -> object:
    if one.period == closing:
        return CLOSING
    return YEAR_END if one.period.quarter.is_year_end else COURSE


def _part(one: Obligation, closing, settled: dict[int, Settled]) -> Decimal | None:
    found = settled.get(one.city.pk) if one.period == closing else None
    return found.part if found else None


def _usefulness(one: Lacking) -> tuple:
    uses = (CLOSING, YEAR_END, COURSE)
    period, city = one.obligation.period, one.obligation.city
    return uses.index(one.use), -(one.part or 0), -period.quarter.ordinal, city.code
