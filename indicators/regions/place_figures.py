"""Rows of a city, a cluster, a park and the register in a quarter, for pages and the API."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from clusters.models import City, Cluster
from enterprises.models import Tier
from foundation.quarters import Quarter
from indicators.data.coverage import Coverage
from indicators.data.snapshot import CityTotals, LineTotals, ParkTotals
from indicators.movement.changes import LikeForLike
from indicators.regions.output_base import OutputBase
from indicators.regions.share_words import (
    change_words,
    of_reporting_words,
    percent_words,
    whose_words,
)
from parks.models import Park


@dataclass(frozen=True)
class PlacePoint:
    """
    One quarter of a place: yuan; None is not reported, or unknown.

    cumulative  from 1 January to the quarter's end
    single      what the quarter added by itself
    share       its part of the province's last four quarters, a fraction; None where one of
                the cities lacks a figure of them, and for parks
    provisional whether a city has not reported the quarter
    restated    whether the cumulative figure was published as another before
    withheld    of a park: whether the reader may not be shown the cumulative figure, then None
    single_withheld  the same of what the quarter added, which would reveal a withheld figure
    """

    quarter: Quarter
    cumulative: Decimal | None
    single: Decimal | None
    share: Decimal | None = None
    provisional: bool = False
    restated: bool = False
    withheld: bool = False
    single_withheld: bool = False


@dataclass(frozen=True)
class LastFigures:
    """The newest figures of a city that were accepted before a quarter of which it is silent."""

    quarter: Quarter
    totals: CityTotals
    over: int | None


@dataclass(frozen=True)
class CityFigures:
    """
    A city in a quarter. None is not reported, which is not 0.

    totals  what the city itself reported (城市汇总); every measure None if it has not
    lines   the sums of its enterprise lines (企业明细)
    over    how many of its enterprises are over 100 million
    share   its output value / the province's, a fraction; None while any city is silent
    reported_only_share  its output value / that of all reporting cities, a fraction; None
            where share is not. Never shown without their number: it is not the province's
    share_change  its share compared with a year earlier, of cities that reported both quarters
    base    the base of the share
    last    its newest accepted figures; None if it has reported, or never had
    growth  its output value against the same quarter last year, a fraction: 0.1 is 10 % more
    output_reported, firms_reported  whether it has reported for the share, and for the firms
    """

    city: City
    in_cluster: bool
    totals: CityTotals
    lines: LineTotals | None
    over: int | None
    share: Decimal | None
    reported_only_share: Decimal | None
    share_change: LikeForLike | None
    base: OutputBase
    last: LastFigures | None
    growth: Decimal | None
    output_reported: bool
    firms_reported: bool
    registered: int

    @property
    def share_words(self) -> str:
        """Its share of the province; a dash while any city is silent."""
        return "—" if self.share is None else percent_words(self.share)

    @property
    def reported_only_words(self) -> str:
        """Its share of the reporting cities with their number; empty where there is none."""
        if self.reported_only_share is None:
            return ""
        return of_reporting_words(self.reported_only_share, self.base.coverage.accepted)

    @property
    def share_change_words(self) -> str:
        """How its share changed on the year between the same cities; empty without that."""
        return change_words(self.share_change) if self.share_change else ""

    @property
    def column_share(self) -> Decimal | None:
        """The share in a column headed by base.words."""
        return self.reported_only_share if self.share is None else self.share


@dataclass(frozen=True, eq=False)
class CityHistory:
    """
    A city's output value by quarter, up to one.

    cities  how many cities the province has
    """

    city: City
    points: tuple[PlacePoint, ...]
    cities: int


@dataclass(frozen=True)
class ClusterFigures:
    """A cluster in a quarter: the figures of its city."""

    cluster: Cluster
    city: CityFigures


@dataclass(frozen=True, eq=False)
class ParkFigures:
    """
    A park in a quarter, as a reader may see it (indicators.data.disclosure).

    totals   every measure is None if its city has not reported it, or if they are withheld
    withheld whether they are reported and may not be shown
    share    its output value / its city's own, a fraction; None if either is not reported, or
             the park's is the larger, so that the two cannot be of the same scope
    tell     returns its history; called only where it is drawn
    """

    park: Park
    totals: ParkTotals
    reported: bool
    share: Decimal | None
    withheld: bool
    tell: Callable[[], tuple[PlacePoint, ...]]

    @cached_property
    def history(self) -> tuple[PlacePoint, ...]:
        """Return its output value by quarter, up to this one. A query for each the first time."""
        return self.tell()


@dataclass(frozen=True)
class TierCount:
    """How many enterprises hold a title at the quarter's end."""

    tier: Tier
    number: int


@dataclass(frozen=True)
class EnterpriseSummary:
    """
    The province's enterprises.

    registered, pending  of the register now, and those of them to be verified
    reporting, over      in the quarter, of the cities that reported their enterprises only;
                         None if no city's enterprises are in force
    coverage             whose enterprises these are
    """

    registered: int
    pending: int
    reporting: int | None
    over: int | None
    coverage: Coverage
    tiers: tuple[TierCount, ...]

    @property
    def whose(self) -> str:
        """The cities that reporting and over are of, in words; empty if of all."""
        return whose_words(self.coverage)
