"""The province as of a moment: everything that pages show, read once and never changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from clusters.models import City, Cluster, Plan
from clusters.plans import plan_among
from clusters.quarters import Quarter
from enterprises.models import Tier
from enterprises.moves import Move
from indicators.models import Target
from indicators.notes import Noted
from parks.models import Park


@dataclass(frozen=True, slots=True)
class CityTotals:
    """A city's own totals (城市汇总): yuan, cumulative; None is not reported."""

    output_value: Decimal | None
    revenue: Decimal | None
    enterprises: int | None
    enterprises_over_100m: int | None
    rd_expenditure: Decimal | None
    employees: int | None


@dataclass(frozen=True, slots=True)
class LineTotals:
    """The sums of a city's enterprise lines (企业明细): yuan, cumulative; None if none says."""

    enterprises: int
    output_value: Decimal | None
    revenue: Decimal | None


@dataclass(frozen=True, slots=True)
class ParkTotals:
    """A park's figures: yuan, cumulative; None is not reported."""

    firms: int | None
    output_value: Decimal | None
    revenue: Decimal | None
    investment: Decimal | None
    remark: str


# What stands for a return that is not there: every measure is "not reported".
NO_CITY_TOTALS = CityTotals(None, None, None, None, None, None)
NO_PARK_TOTALS = ParkTotals(None, None, None, None, "")


@dataclass(frozen=True, slots=True)
class Award:
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
        return self.awarded_on <= day and (self.expires_on is None or day <= self.expires_on)


@dataclass(frozen=True, eq=False)
class Snapshot:
    """
    The province as of a moment. Never changed after it was made, so that it can be kept.

    Figures are found by a city's code, or a park's key, and a quarter; what is not there was
    not reported. Two snapshots are the same only if they are one object.

    quarters   every reporting period on record, oldest first
    over       by quarter: the enterprises over 100 million, each once, with its city's code
    updated_at when the newest of its figures was published; None if there is none
    moves      by enterprise's key: its moves between cities
    registered enterprises of the register by city's code, and those to be verified
    notes      explanations that stood then, oldest first
    """

    moment: datetime
    as_of: date | None
    updated_at: datetime | None
    quarters: tuple[Quarter, ...]
    period_ids: Mapping[Quarter, int]
    cities: tuple[City, ...]
    plans: tuple[Plan, ...]
    clusters: tuple[Cluster, ...]
    parks: tuple[Park, ...]
    targets: tuple[Target, ...]
    tiers: tuple[Tier, ...]
    awards: tuple[Award, ...]
    moves: Mapping[int, tuple[Move, ...]]
    city_totals: Mapping[tuple[str, Quarter], CityTotals]
    lines: Mapping[tuple[str, Quarter], LineTotals]
    over: Mapping[Quarter, Mapping[int, str]]
    park_totals: Mapping[tuple[int, Quarter], ParkTotals]
    registered: Mapping[str, int]
    pending: int
    notes: tuple[Noted, ...]

    def plan_for(self, quarter: Quarter) -> Plan | None:
        """Return the newest plan whose years contain a quarter, or the newest; None if none."""
        return plan_among(self.plans, quarter)

    def clusters_of(self, plan: Plan | None) -> tuple[Cluster, ...]:
        """Return a plan's clusters, by city."""
        return tuple(one for one in self.clusters if plan and one.plan_id == plan.pk)

    def cluster_cities(self, quarter: Quarter) -> frozenset[str]:
        """Return the codes of the cities that are building a cluster under a quarter's plan."""
        return frozenset(one.city.code for one in self.clusters_of(self.plan_for(quarter)))

    def parks_of(self, plan: Plan | None) -> tuple[Park, ...]:
        """Return a plan's parks, by city."""
        return tuple(one for one in self.parks if plan and one.plan_id == plan.pk)

    def target(self, indicator: str, quarter: Quarter) -> Target | None:
        """Return the target of the plan for a quarter; None if the plan sets none."""
        plan = self.plan_for(quarter)
        return next(
            (t for t in self.targets if plan and t.plan_id == plan.pk and t.indicator == indicator),
            None,
        )

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
