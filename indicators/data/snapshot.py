"""The province as of a moment: everything that pages show, read once and never changed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, make_dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from clusters.models import City, CityReturn, Cluster, Plan, Publication
from clusters.models.published import Published
from clusters.plans import plan_among
from enterprises.locations import Move
from enterprises.models import Tier
from enterprises.thresholds import OVER_100M
from enterprises.tiering import holds
from foundation.quarters import Quarter
from indicators.catalogue import INDICATORS, Indicator, Measure, defined_by
from indicators.data.notes import Noted
from indicators.data.unpublished import Unpublished
from indicators.data.versions import Interim
from indicators.formulas.likely_range import LEAST_WEIGHT
from indicators.models import KeptForecast, Target
from parks.models import Park, ParkReturn


def _figures_of(model: type[Published]) -> Any:
    """Return a class with a field for each figure of a return: None is not reported."""
    fields = [(name, Decimal | int | None, None) for name in model.figures()]
    return make_dataclass(f"{model.__name__}Figures", fields, frozen=True, slots=True)


@dataclass(frozen=True, slots=True)
class CityTotals(_figures_of(CityReturn)):  # type: ignore[misc]
    """
    A city's own totals (城市汇总), a field for each figure of CityReturn: yuan, cumulative.

    None is not reported. What ends in _last_year is what the city itself wrote as the figure of
    the same quarter a year earlier (上年同期).
    """

    # The city declared that there is nothing: its zeros stand in no cell.
    nil: bool = False


@dataclass(frozen=True, slots=True)
class LineTotals:
    """
    The sums of a city's enterprise lines (企业明细): yuan, cumulative; None if none says.

    nil  how many of the enterprises are without business, closed or moved away
    """

    enterprises: int
    output_value: Decimal | None
    revenue: Decimal | None
    nil: int = 0


@dataclass(frozen=True, slots=True)
class ParkTotals(_figures_of(ParkReturn)):  # type: ignore[misc]
    """A park's figures, a field for each of ParkReturn: yuan, cumulative; None is not reported."""

    remark: str = ""


# What stands for a return that is not there: every measure is "not reported".
NO_CITY_TOTALS = CityTotals()
NO_PARK_TOTALS = ParkTotals()


@dataclass(frozen=True, slots=True)
class TitleHeld:
    """
    That an enterprise held a title from a day to a day, None while it has no end.

    city is the code of the register's city, that of today.
    """

    tier_id: int
    enterprise_id: int
    awarded_on: date
    expires_on: date | None
    city: str

    def held_on(self, day: date) -> bool:
        """Return whether it was held on a day."""
        return holds(day, self.awarded_on, self.expires_on)


@dataclass(frozen=True, slots=True)
class RestatedSince:
    """
    What stands otherwise now than it was once published.

    cities, parks  a city's code or a park's key, the quarter, and the measure's name
    over           by line: the quarters in which the enterprises over it were others
    """

    cities: frozenset[tuple[str, Quarter, str]]
    parks: frozenset[tuple[int, Quarter, str]]
    over: Mapping[Decimal, frozenset[Quarter]]

    def of_any_city(self, quarter: Quarter, measure: Measure) -> bool:
        """Return whether any city's figure of a measure is another: so is the province's."""
        return any((q, name) == (quarter, measure) for _code, q, name in self.cities)


@dataclass(frozen=True, eq=False)
class AppliedScenario:
    """
    What a supposed snapshot was made from, and what is supposed.

    without  the enterprises that are left out
    cities   the codes of silent cities that have a figure in it
    """

    actual: "Snapshot"
    without: frozenset[int]
    cities: frozenset[str] = frozenset()


@dataclass(frozen=True, eq=False)
class Snapshot:
    """
    The province as of a moment. Never changed after it was made, so that it can be kept.

    Figures are found by a city's code, or a park's key, and a quarter; what is not there was
    not reported. Two snapshots are the same only if they are one object.

    quarters   every reporting period on record, oldest first
    members    by plan's key: the codes of the cities that were building a cluster then
    due_on     by quarter that is owed: when its workbooks are due
    first_shown  by quarter: when figures of it were first published
    over_by_line  by the revenue in yuan to be exceeded (Indicator.line) and quarter: the
               enterprises over it, each once, with its city's code
    targets    as they were at the moment; interim their points by target's key and quarter
    updated_at when the newest of its figures was published; None if there is none
    moves      by enterprise's key: its moves between cities
    registered enterprises of the register by city's code, and those to be verified
    restated   what stood otherwise before, as far as it was known then
    notes      explanations that stood then, oldest first
    backfilled by city's code and quarter: the publication of the figures in force, where they were
               declared for a day before they were recorded
    recorded_by  the moment by which figures were recorded, of what was known then; None of what is
               known now of then (clusters.viewpoint)
    forecasts  those that had been kept then
    supposed   of a snapshot that is not actual (indicators.what_if): what it was made from
    unpublished returns that it has in place of those in force (data.snapshot_after); None if none
    is_ephemeral  of figures that nobody has accepted, or supposed: nothing made of it is kept
    made       what has been made of it (indicators.data.snapshot_cache)
    """

    moment: datetime
    as_of: date | None
    updated_at: datetime | None
    quarters: tuple[Quarter, ...]
    period_ids: Mapping[Quarter, int]
    cities: tuple[City, ...]
    plans: tuple[Plan, ...]
    clusters: tuple[Cluster, ...]
    members: Mapping[int, frozenset[str]]
    due_on: Mapping[Quarter, date]
    first_shown: Mapping[Quarter, datetime]
    parks: tuple[Park, ...]
    targets: tuple[Target, ...]
    interim: Mapping[int, Interim]
    tiers: tuple[Tier, ...]
    awards: tuple[TitleHeld, ...]
    moves: Mapping[int, tuple[Move, ...]]
    city_totals: Mapping[tuple[str, Quarter], CityTotals]
    lines: Mapping[tuple[str, Quarter], LineTotals]
    over_by_line: Mapping[Decimal, Mapping[Quarter, Mapping[int, str]]]
    park_totals: Mapping[tuple[int, Quarter], ParkTotals]
    registered: Mapping[str, int]
    pending: int
    restated: RestatedSince
    notes: tuple[Noted, ...]
    is_ephemeral: bool = False
    forecasts: tuple[KeptForecast, ...] = ()
    supposed: AppliedScenario | None = None
    unpublished: Unpublished | None = None
    backfilled: Mapping[tuple[str, Quarter], Publication] = field(default_factory=dict)
    recorded_by: datetime | None = None
    made: dict[Callable[..., Any], Callable[..., Any]] = field(
        default_factory=dict, init=False, repr=False
    )

    def plan_for(self, quarter: Quarter) -> Plan | None:
        """Return the newest plan whose years contain a quarter, or the newest; None if none."""
        return plan_among(self.plans, quarter)

    def least_weight(self, quarter: Quarter) -> Decimal:
        """Return from which weight of coverage on a quarter's plan lets the rest be estimated."""
        plan = self.plan_for(quarter)
        return plan.least_weight if plan else LEAST_WEIGHT

    def clusters_of(self, plan: Plan | None) -> tuple[Cluster, ...]:
        """Return a plan's clusters, by city."""
        return tuple(one for one in self.clusters if plan and one.plan_id == plan.pk)

    def cluster_cities(self, quarter: Quarter) -> frozenset[str]:
        """
        Return the codes of the cities that build a cluster under a quarter's plan.

        As the register had it at the snapshot's moment; as it has it now, where the moment is
        before the register's first entry.
        """
        plan = self.plan_for(quarter)
        return self.members.get(plan.pk, frozenset()) if plan else frozenset()

    def parks_of(self, plan: Plan | None) -> tuple[Park, ...]:
        """Return a plan's parks, by city."""
        return tuple(one for one in self.parks if plan and one.plan_id == plan.pk)

    @property
    def over(self) -> Mapping[Quarter, Mapping[int, str]]:
        """By quarter: the enterprises over 100 million, each once, with its city's code."""
        return self.over_by_line[OVER_100M]

    def day(self, quarter: Quarter) -> date:
        """Return the last day of a quarter, or the day that is looked from if that is earlier."""
        return min(quarter.last_day, self.as_of or quarter.last_day)

    def targets_of(self, plan: Plan | None) -> tuple[Target, ...]:
        """Return a plan's targets, in their order."""
        return tuple(one for one in self.targets if plan and one.plan_id == plan.pk)

    def target(self, indicator: str, quarter: Quarter) -> Target | None:
        """Return the target of the plan for a quarter; None if the plan sets none."""
        of_plan = self.targets_of(self.plan_for(quarter))
        return next((one for one in of_plan if one.indicator == indicator), None)

    def indicators(self, quarter: Quarter) -> tuple[Indicator, ...]:
        """Return what a quarter's plan sets targets for; if it sets none, what the contract has."""
        of_plan = self.targets_of(self.plan_for(quarter))
        return tuple(map(defined_by, of_plan)) or tuple(INDICATORS.values())

    def indicator(self, code: str, quarter: Quarter) -> Indicator | None:
        """
        Return the indicator of this code as the plan for a quarter has it; None if nobody does.

        If that plan sets no target for it, as the newest plan that does has it.
        """
        newest = [one for one in self.targets if one.indicator == code]
        found = self.target(code, quarter) or (newest[-1] if newest else None)
        return defined_by(found) if found else INDICATORS.get(code)

    def figure(self, city: City, quarter: Quarter, measure: Measure) -> Decimal | None:
        """Return what a city itself reported of a measure; None if it has not."""
        totals = self.city_totals.get((city.code, quarter))
        reported = getattr(totals, measure.value) if totals else None
        return None if reported is None else Decimal(reported)

    def output_value(self, city: City, quarter: Quarter) -> Decimal | None:
        """Return a city's own output value in yuan, cumulative; None if not reported."""
        totals = self.city_totals.get((city.code, quarter))
        return totals.output_value if totals else None

    @property
    def reported_quarters(self) -> tuple[Quarter, ...]:
        """The quarters of which anything was reported, newest first: those worth a look."""
        known = {quarter for _, quarter in self.city_totals} | {q for _, q in self.lines}
        return tuple(sorted(known, reverse=True))

    def with_figures(self, up_to: Quarter) -> tuple[Quarter, ...]:
        """Return the quarters on record from the first with any figure up to this one."""
        known = self.reported_quarters
        if not known:
            return ()
        return tuple(q for q in self.quarters if known[-1] <= q <= up_to)
