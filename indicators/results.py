"""What is known of an indicator in a quarter: the one shape that pages, charts and API read."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clusters.models import City
from clusters.quarters import Quarter
from indicators.catalogue import Indicator
from indicators.coverage import Coverage
from indicators.formulas.firm_outlook import Outlook
from indicators.formulas.share_bounds import Record


@dataclass(frozen=True)
class TargetFacts:
    """What a plan wants, by when; value in the indicator's unit. comparator is >= or >."""

    plan: str
    comparator: str
    value: Decimal
    period: Quarter
    behind_from: Decimal
    seriously_behind_over: Decimal
    wording: str
    source: str


@dataclass(frozen=True)
class Baseline:
    """From where the way to the target is measured; value in the indicator's unit."""

    value: Decimal
    period: Quarter
    source: str


@dataclass(frozen=True)
class Assumption:
    """
    What the bounds assume of one silent city.

    ceiling   share: output value in yuan it may have made at most; count: how many of its
              enterprises may be over. None if it has no record: it could be anything.
    record    share only: from which quarter's figure the ceiling was taken, and how grown
    """

    city: City
    in_cluster: bool
    ceiling: Decimal | None
    record: Record | None = None


@dataclass(frozen=True)
class Bounds:
    """
    How far a value could move if the silent cities spoke; low <= value <= high.

    high is None if nothing on record bounds it (a count only: a share ends at 1).
    """

    low: Decimal
    high: Decimal | None
    assumptions: tuple[Assumption, ...] = ()


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
    """The value of one quarter; None if nothing was reported: a gap, never zero."""

    quarter: Quarter
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    accepted: int
    expected: int
    provisional: bool


@dataclass(frozen=True)
class FirmProspect:
    """One enterprise and where its year is heading; amounts in yuan. See Outlook."""

    enterprise_id: int
    city: City
    cumulative: Decimal
    outlook: Outlook


@dataclass(frozen=True)
class Projection:
    """
    What a count will come to at the year's end: secured + on pace, with its bounds.

    In the fourth quarter it is the value itself.
    """

    value: Decimal
    bounds: Bounds | None


@dataclass(frozen=True)
class IndicatorResult:
    """
    An indicator in a quarter, as of a day (None: today), with everything that explains it.

    value         in the indicator's unit; None if nobody reported
    judged        the value that is held against the pace: the value itself, or before the
                  year's end the projection of a count
    numerator     share: the clusters' output value in yuan; count: None
    denominator   share: output value of all reporting cities; count: enterprises reporting
    attainment    share of the way from baseline to target; None without a baseline
    due_share     share of the way that is due by this quarter; None without a baseline
    pace_value    where it should be by now, in its unit; None without a baseline
    points_behind percentage points behind the pace, negative if ahead; None if not judged
    standing      achieved, on_pace, slightly_behind, behind, seriously_behind, cannot_judge
    explanation   the sentence that says why, in the reader's language
    provisional   whether a city is missing
    bounds        None if nobody is missing, or nobody reported
    near_misses   enterprises from 80 to 100 million projected, nearest first; ids only, so
                  that a page looks up the names within its reader's cities
    """

    indicator: Indicator
    quarter: Quarter
    as_of: date | None
    value: Decimal | None
    judged: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    target: TargetFacts | None
    baseline: Baseline | None
    attainment: Decimal | None
    due_share: Decimal | None
    pace_value: Decimal | None
    points_behind: Decimal | None
    standing: str
    coverage: Coverage
    bounds: Bounds | None
    contributions: tuple[Contribution, ...]
    history: tuple[HistoryPoint, ...]
    projection: Projection | None = None
    secured: int | None = None
    on_pace: int | None = None
    near_miss: int | None = None
    out_of_reach: int | None = None
    prospects: tuple[FirmProspect, ...] = ()

    @property
    def code(self) -> str:
        """The indicator's code, as addresses and the API write it."""
        return self.indicator.code

    @property
    def provisional(self) -> bool:
        """Whether a city is missing."""
        return not self.coverage.is_complete

    @property
    def explanation(self) -> str:
        """The sentence that says why the standing is what it is, in the reader's language."""
        raise NotImplementedError

    @property
    def near_misses(self) -> tuple[FirmProspect, ...]:
        """The enterprises just short of the threshold by projection, the nearest first."""
        raise NotImplementedError

    def at(self, quarter: Quarter) -> HistoryPoint | None:
        """Return what the indicator was in another quarter; None if it is not on record."""
        return next((point for point in self.history if point.quarter == quarter), None)
