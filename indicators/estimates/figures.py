"""An indicator's figures in a quarter, before they are judged against a target."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clusters.models import City, Cluster
from foundation.quarters import Quarter
from indicators.data.coverage import Coverage
from indicators.estimates.projections import FirmProspect
from indicators.formulas.certain_range import CertainRange
from indicators.formulas.likely_range import EstimateRecord, LikelyRange, NoEstimate
from parks.models import Park


@dataclass(frozen=True)
class SilentCity:
    """
    A city without an accepted figure of the quarter, and what is known of it.

    Amounts are of the indicator's measure; of a count they are numbers of enterprises.

    floor      its newest accepted figure of the same year, which does not fall; 0 without one
    since      the quarter of its newest accepted figure, in any year; None if it has none
    last_year  its accepted figure of the same quarter a year earlier; None if there is none
    likely     its estimate; None where nothing is estimated
    """

    city: City
    in_cluster: bool
    floor: Decimal
    since: Quarter | None
    last_year: Decimal | None
    likely: LikelyRange | None


@dataclass(frozen=True)
class Contribution:
    """
    What one city adds to a value.

    amount  share: its output value in yuan; count: how many of its enterprises are over.
            None if it has not reported, which is not 0.
    share   amount / the province's, a fraction; None if unreported or the province made none
    prospects  count only: secured, on pace and near miss of this city
    """

    city: City
    in_cluster: bool
    amount: Decimal | None
    share: Decimal | None
    secured: int | None = None
    on_pace: int | None = None
    near_miss: int | None = None


@dataclass(frozen=True)
class HistoryPoint:
    """
    What is known of an indicator in one quarter.

    value          None while a city is silent: never zero
    certain        the certain range
    likely         the estimate while a city is silent; None if there is none
    restated       whether it was published as another before
    """

    quarter: Quarter
    value: Decimal | None
    certain: CertainRange
    accepted: int
    expected: int
    likely: LikelyRange | None = None
    restated: bool = False

    @property
    def provisional(self) -> bool:
        """Whether a city is missing."""
        return self.accepted < self.expected


@dataclass(frozen=True)
class Thing:
    """
    A cluster or a park, and whether it was established by the quarter's end.

    is_established  None if nothing on record says
    established_on  the date on record, later ones too; None if there is none
    evidence        the document that says so
    """

    record: Cluster | Park
    is_established: bool | None
    established_on: date | None
    evidence: str

    def __str__(self) -> str:
        return str(self.record)

    @property
    def code(self) -> str:
        """What names it in addresses and the API."""
        return self.record.slug

    @property
    def status(self) -> str:
        """The status that a page shows: established, not_established or not_known."""
        words = {True: "established", False: "not_established", None: "not_known"}
        return words[self.is_established]


Score = Callable[[], EstimateRecord | None]


def no_record() -> EstimateRecord | None:
    """Return None: no past estimate could be tried."""
    return None


@dataclass(frozen=True)
class Figures:
    """
    An indicator's figures in a quarter, before they are judged against a target.

    value          in the indicator's unit; None while a city is silent
    reported_only  the figure of the reporting cities alone; None where value is not, or nobody
                   reported. Never shown without their number: it is not the province's
    numerator      share: what the reporting clusters made, in yuan; count: enterprises over
    denominator    share: what all reporting cities made; count: enterprises reporting
    weight         the reporting cities' part of last year's same quarter; None unknown
    certain        the certain range
    estimate       the likely range of the quarter's figure while a city is silent; or None
    no_estimate    why there is none, while a city is silent
    scored         returns how past estimates fared, None if none could be tried; called late,
                   because trying them takes about a second
    silent         what is known of each silent city
    projection     of what grows within the year: the estimated year's end, with ends where past
                   errors give them; None without one
    projection_scored  the same of past projections
    secured …      count only: enterprises by prospect; None if nobody reported
    prospects      count only: every enterprise that is on pace or a near miss
    things         of a count of clusters or parks: each of them
    """

    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    coverage: Coverage
    contributions: tuple[Contribution, ...]
    history: tuple[HistoryPoint, ...]
    certain: CertainRange
    reported_only: Decimal | None = None
    weight: Decimal | None = None
    estimate: LikelyRange | None = None
    no_estimate: NoEstimate | None = None
    scored: Score = no_record
    silent: tuple[SilentCity, ...] = ()
    projection: LikelyRange | None = None
    projection_scored: Score = no_record
    secured: int | None = None
    on_pace: int | None = None
    near_miss: int | None = None
    out_of_reach: int | None = None
    prospects: tuple[FirmProspect, ...] = ()
    things: tuple[Thing, ...] = ()
