"""What is known of an indicator in a quarter: the one shape that pages, charts and API read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from django.utils.translation import gettext as _

from clusters.models import City, Cluster
from clusters.quarters import Quarter
from indicators import sentences
from indicators.arithmetic_words import attainment_words, pace_words
from indicators.catalogue import Indicator, Kind, Measure, Things
from indicators.coverage import Coverage
from indicators.explanation import Silence, explain, finding, value_words
from indicators.formulas.break_even import BreakEven
from indicators.formulas.certain_range import CertainRange
from indicators.formulas.count_break_even import CountBreakEven
from indicators.formulas.firm_outlook import Prospect
from indicators.formulas.likely_range import EstimateRecord, LikelyRange, NoEstimate
from indicators.goal import Goal, Standing
from indicators.outlooks import FirmProspect
from indicators.range_words import (
    break_even_words,
    certain_words,
    count_break_even_words,
    coverage_words,
    likely_words,
    missing_words,
    no_estimate_words,
    record_words,
)
from indicators.sentences import expected_word, standing_word
from indicators.standing import Verdict, line_that_judges
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
class SilentCity:
    """
    A city without an accepted figure of the quarter, and what is known of it.

    Amounts are of the indicator's measure; of a count they are numbers of enterprises.

    floor      its newest accepted figure of the same year, which does not fall; 0 without one
    since      the quarter of its newest accepted figure, in any year; None if it has none
    last_year  its accepted figure of the same quarter a year earlier; None if there is none
    likely     what it has likely made; None where nothing is estimated
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

    value          None while somebody is silent, or nobody has reported: never zero
    certain        within which ends it lies
    likely         the estimate while somebody is silent; None if there is none
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


def no_score() -> EstimateRecord | None:
    """Return that nothing could be tried."""
    return None


@dataclass(frozen=True)
class Figures:
    """
    An indicator's figures in a quarter, before they are held against a target.

    value          in the indicator's unit; None while somebody is silent, or nobody reported
    reported_only  the figure of the reporting cities alone; None where value is not, or nobody
                   reported. Never shown without their number: it is not the province's
    numerator      share: what the reporting clusters made, in yuan; count: enterprises over
    denominator    share: what all reporting cities made; count: enterprises reporting
    weight         the reporting cities' part of last year's same quarter; None unknown
    certain        within which ends the figure lies
    estimate       the likely range of the quarter's figure while somebody is silent; or None
    no_estimate    why there is none, while somebody is silent
    scored         says how past estimates fared, None if none could be tried; asked late, for
                   trying them takes a second
    silent         what is known of each silent city
    projection     of what grows within the year: what the year will come to, with ends where
                   past errors give them; None if that cannot be said
    projection_scored  says how past projections fared
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
    scored: Score = no_score
    silent: tuple[SilentCity, ...] = ()
    projection: LikelyRange | None = None
    projection_scored: Score = no_score
    secured: int | None = None
    on_pace: int | None = None
    near_miss: int | None = None
    out_of_reach: int | None = None
    prospects: tuple[FirmProspect, ...] = ()
    things: tuple[Thing, ...] = ()


class DataStatus(StrEnum):
    """What kind of figure is given: the letters of the API."""

    # Complete, and a later quarter is too.
    SETTLED = "A"
    # Complete, still open to correction.
    COMPLETE = "P"
    ESTIMATED = "E"
    MISSING = "M"


class NoValue(StrEnum):
    """Why there is no value."""

    SILENT_CITIES = "silent_cities"
    LOW_COVERAGE = "low_coverage"
    NO_EARLIER_FIGURE = "no_earlier_figure"
    NOT_DUE = "not_due"
    NO_CLUSTER = "no_cluster"


@dataclass(frozen=True, slots=True)
class FigureState:
    """What kind of figure is given; why_none is None where there is a value."""

    status: DataStatus
    why_none: NoValue | None


@dataclass(frozen=True, slots=True)
class TargetMove:
    """
    That a target was changed after the quarter was first shown.

    before, after  what it wanted, in its unit
    on             the day of the last change
    version        the number of the version in force, from 1
    """

    before: Decimal
    after: Decimal
    on: date
    version: int


@dataclass(frozen=True, kw_only=True, eq=False)
class IndicatorResult(Figures):
    """
    An indicator in a quarter, as of a day (None: today), with everything that explains it.

    updated_at  when the newest figure behind it was published
    target, baseline, verdict  None if the plan sets no target; baseline if none is published
    break_even  what turns the verdict; None where nothing still to come can, or it is unknown
    state       what kind of figure is given, and why there may be none
    moved_target  that the target was changed since the quarter was first shown; None if not
    supposed    of a what-if: how many cities have a figure only because it is supposed
    """

    indicator: Indicator
    quarter: Quarter
    as_of: date | None
    updated_at: datetime | None
    target: TargetFacts | None
    baseline: Baseline | None
    verdict: Verdict | None
    state: FigureState
    break_even: BreakEven | CountBreakEven | None = None
    supposed: int = 0
    moved_target: TargetMove | None = None

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
    def expected(self) -> Standing | None:
        """The standing that the likely range suggests; None where none may be said."""
        return self.verdict.expected if self.verdict else None

    @property
    def expected_word(self) -> str:
        """The words for the expected standing; empty without one."""
        return expected_word(self.expected) if self.expected else ""

    @property
    def explanation(self) -> str:
        """The sentence that says why, with its numbers, in the reader's language."""
        if self.verdict is None:
            return _("The plan sets no target for this indicator, so nothing is judged.")
        return explain(self.verdict, self.written_as, self._silence)

    @property
    def finding(self) -> str:
        """What was found and how far from the target, in one clause; empty without a target."""
        return finding(self.verdict, self.written_as, self._silence) if self.verdict else ""

    @property
    def _silence(self) -> Silence:
        return Silence(
            missing=[str(city) for city in self.coverage.missing],
            weight=self.weight,
            no_estimate=self.no_estimate,
            break_even=self.break_even_words,
            supposed=self.supposed,
        )

    @property
    def _goal(self) -> Goal | None:
        return self.verdict.goal if self.verdict else None

    @property
    def shown(self) -> str:
        """
        The figure as the biggest type shows it, with its unit.

        The value; while somebody is silent the likely range; of established things what is
        certain of them. A dash where nothing of the kind is known.
        """
        if self.value is not None:
            return value_words(self.value, self.verdict, self.written_as)
        if self.estimate is not None:
            return self.estimate_words
        if self.indicator.things is not None and self.reported_only is not None:
            return self.certain_words
        return "—"

    @property
    def estimate_words(self) -> str:
        """The likely range of the quarter's figure; empty without one."""
        return likely_words(self.estimate, self.written_as, self._goal) if self.estimate else ""

    @property
    def certain_words(self) -> str:
        """What is certain of the quarter's figure."""
        return certain_words(self.certain, self.written_as, self._goal)

    @property
    def moved_target_words(self) -> str:
        """That the target was changed since the quarter was first shown; empty if it was not."""
        move = self.moved_target
        if move is None:
            return ""
        return _("Target changed: %(before)s → %(after)s, %(day)s (version %(version)s)") % {
            "before": sentences.exactly(move.before, self.written_as),
            "after": sentences.exactly(move.after, self.written_as),
            "day": move.on.isoformat(),
            "version": move.version,
        }

    @cached_property
    def record(self) -> EstimateRecord | None:
        """How past estimates of it fared; None if none could be tried."""
        return self.scored()

    @property
    def record_words(self) -> str:
        """How past estimates of it fared."""
        return record_words(self.record)

    @property
    def coverage_words(self) -> str:
        """Who has reported, and what part of last year's figure that is."""
        who = self.coverage
        return coverage_words(who.accepted, who.expected, self.weight, self.written_as)

    @property
    def missing_words(self) -> str:
        """How many cities are missing; empty of a complete figure, and of what is on record."""
        who = self.coverage
        if who.is_complete or self.indicator.things is not None:
            return ""
        return missing_words(who.accepted, who.expected)

    @property
    def no_estimate_words(self) -> str:
        """Why nothing is estimated; empty where something is, or nobody is silent."""
        if self.no_estimate is None:
            return ""
        return no_estimate_words(self.no_estimate, self.coverage_words)

    @property
    def break_even_words(self) -> str:
        """What would turn the verdict, in one clause; empty where nothing can."""
        turn = self.break_even
        if turn is None or self.verdict is None:
            return ""
        if isinstance(turn, CountBreakEven):
            return count_break_even_words(turn, self.written_as)
        goal = self.verdict.goal
        sinces = {one.since for one in self.silent}
        return break_even_words(
            turn,
            [str(city) for city in self.coverage.missing],
            self.quarter,
            sinces.pop() if len(sinces) == 1 else None,
            missed=turn.rises is not goal.rising,
            at_target=line_that_judges(goal, self.quarter) == goal.target,
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
