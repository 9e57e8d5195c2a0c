"""What is known of an indicator in a quarter: the one shape that pages, charts and API read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from clusters.models import City, Cluster
from clusters.quarters import Quarter
from indicators import sentences
from indicators.arithmetic_words import attainment_words, pace_words
from indicators.catalogue import Indicator, Kind, Measure, Things
from indicators.coverage import Coverage
from indicators.formulas.firm_outlook import Prospect
from indicators.formulas.share_bounds import Record
from indicators.formulas.share_scenarios import Completion
from indicators.outlooks import FirmProspect
from indicators.sentences import explain, standing_word
from indicators.standing import Standing, Verdict
from parks.models import Park

THINGS_WRITTEN_AS = {
    Things.CLUSTERS: sentences.Kind.CLUSTERS,
    Things.PARKS: sentences.Kind.PARKS,
    Things.TITLE: sentences.Kind.TITLED,
}
LEVELS_WRITTEN_AS = {
    Measure.EMPLOYEES: sentences.Kind.PEOPLE,
    Measure.ENTERPRISES: sentences.Kind.FIRMS,
}


def written_as(indicator: Indicator) -> sentences.Kind:
    """Return how an indicator's values are written in a sentence."""
    if indicator.kind is Kind.SHARE:
        return sentences.Kind.SHARE
    if indicator.things is not None:
        return THINGS_WRITTEN_AS[indicator.things]
    if indicator.kind is Kind.LEVEL and indicator.measure is not None:
        return LEVELS_WRITTEN_AS.get(indicator.measure, sentences.Kind.MONEY)
    return sentences.Kind.FIRMS


@dataclass(frozen=True)
class TargetFacts:
    """
    What a plan wants, by when; values in the indicator's unit.

    comparator is >=, >, <=, < or about; only about has low and high, the edges of its band.
    interim are the points due on the way.
    """

    plan: str
    comparator: str
    value: Decimal
    period: Quarter
    low: Decimal | None
    high: Decimal | None
    band_source: str
    interim: Mapping[Quarter, Decimal]
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
    """
    The value of one quarter; None if nothing was reported: a gap, never zero.

    low, high  its bounds; None where they are not known
    restated   whether it was published as another before
    """

    quarter: Quarter
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    accepted: int
    expected: int
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


@dataclass(frozen=True)
class Projection:
    """
    What a figure will come to at the year's end, with its bounds.

    Of a count: secured + on pace. In the fourth quarter it is the value itself.
    """

    value: Decimal
    bounds: Bounds | None


@dataclass(frozen=True)
class Figures:
    """
    An indicator's figures in a quarter, before they are held against a target.

    value         in the indicator's unit; None if nobody reported
    numerator     share: the clusters' output value in yuan; count: the value
    denominator   share: output value of all reporting cities; count: enterprises reporting
    bounds        of the value; None if nobody is missing, or nobody reported
    completions   share only: what the silent cities may have made; none if nobody is silent
    projection    of what grows within the year: what the year will come to; None if that
                  cannot be said
    secured …     count only: enterprises by prospect; None if nobody reported
    prospects     count only: every enterprise that is on pace or a near miss
    things        of a count of clusters or parks: each of them
    """

    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    coverage: Coverage
    bounds: Bounds | None
    contributions: tuple[Contribution, ...]
    history: tuple[HistoryPoint, ...]
    completions: tuple[Completion, ...] = ()
    projection: Projection | None = None
    secured: int | None = None
    on_pace: int | None = None
    near_miss: int | None = None
    out_of_reach: int | None = None
    prospects: tuple[FirmProspect, ...] = ()
    things: tuple[Thing, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False)
class IndicatorResult(Figures):
    """
    An indicator in a quarter, as of a day (None: today), with everything that explains it.

    updated_at  when the newest figure behind it was published
    target, baseline, verdict  None if the plan sets no target; baseline if none is published
    """

    indicator: Indicator
    quarter: Quarter
    as_of: date | None
    updated_at: datetime | None
    target: TargetFacts | None
    baseline: Baseline | None
    verdict: Verdict | None

    @property
    def code(self) -> str:
        """The indicator's code, as addresses and the API write it."""
        return self.indicator.code

    @property
    def unit(self) -> str:
        """ratio, count or yuan."""
        return self.indicator.unit

    @property
    def written_as(self) -> sentences.Kind:
        """How its values are written in words."""
        return written_as(self.indicator)

    @property
    def unit_word(self) -> str:
        """The word after a bare number of it, in the reader's language; empty if it has none."""
        return sentences.unit_word(self.written_as)

    @property
    def at_end(self) -> str:
        """When the quarter ends, in words: of what has no months, being a number of things."""
        return sentences.at_end_of(self.quarter)

    @property
    def goal(self) -> str:
        """The target with its comparator in words; empty if the plan sets none."""
        return sentences.goal_words(self.verdict.goal, self.written_as) if self.verdict else ""

    @property
    def provisional(self) -> bool:
        """Whether somebody is missing."""
        if not self.coverage.expected:
            return self.value is None
        return not self.coverage.is_complete

    @property
    def standing(self) -> Standing:
        """How it stands; without a target nothing can be judged."""
        return self.verdict.standing if self.verdict else Standing.CANNOT_JUDGE

    @property
    def standing_word(self) -> str:
        """The word for how it stands, in the reader's language."""
        return standing_word(self.standing)

    @property
    def explanation(self) -> str:
        """The sentence that says why, with its numbers, in the reader's language."""
        if self.verdict is None:
            return _("The plan sets no target for this indicator, so nothing is judged.")
        return explain(
            self.verdict, self.written_as, missing=[str(city) for city in self.coverage.missing]
        )

    @property
    def judged(self) -> Decimal | None:
        """What is held against the pace: the value, or before the year's end its projection."""
        return self.verdict.judged if self.verdict else None

    @property
    def attainment(self) -> Decimal | None:
        """Share of the way from baseline to target; None without a baseline."""
        return self.verdict.attainment if self.verdict else None

    @property
    def due_share(self) -> Decimal | None:
        """Share of the way that is due by now; None without a baseline."""
        return self.verdict.due if self.verdict else None

    @property
    def pace_value(self) -> Decimal | None:
        """Where it should be by now, in its unit; None without a baseline."""
        return self.verdict.pace if self.verdict else None

    @property
    def attainment_sum(self) -> str:
        """The arithmetic of the attainment; empty without one."""
        return attainment_words(self.verdict, self.written_as) if self.verdict else ""

    @property
    def pace_sum(self) -> str:
        """The arithmetic of where it should be by now; empty without a baseline."""
        return pace_words(self.verdict, self.written_as) if self.verdict else ""

    @property
    def points_behind(self) -> Decimal | None:
        """Percentage points behind the pace, negative if ahead; None without a baseline."""
        return self.verdict.points_behind if self.verdict else None

    @property
    def near_misses(self) -> tuple[FirmProspect, ...]:
        """The enterprises just short of the threshold by projection, the nearest first."""
        return tuple(p for p in self.prospects if p.outlook.prospect is Prospect.NEAR_MISS)

    def at(self, quarter: Quarter) -> HistoryPoint | None:
        """Return what the indicator was in another quarter; None if it is not on record."""
        return next((point for point in self.history if point.quarter == quarter), None)
