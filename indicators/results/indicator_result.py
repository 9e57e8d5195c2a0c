"""The result of an indicator in a quarter, as pages, charts, papers and the API read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.quarters import Quarter
from indicators.catalogue import CountedThings, Indicator, Measure
from indicators.estimates.figures import Figures, HistoryPoint
from indicators.estimates.projections import FirmProspect
from indicators.formulas.break_even import BreakEven
from indicators.formulas.count_break_even import CountBreakEven
from indicators.formulas.firm_outlook import Prospect
from indicators.formulas.likely_range import EstimateRecord
from indicators.kinds import BUILT
from indicators.verdict import sentences
from indicators.verdict.arithmetic_words import attainment_words, pace_words
from indicators.verdict.explanation import Silence, expected_words, explain, finding
from indicators.verdict.goal import Goal, Standing
from indicators.verdict.range_words import (
    break_even_words,
    certain_words,
    count_break_even_words,
    coverage_words,
    likely_words,
    missing_words,
    no_estimate_words,
    record_words,
)
from indicators.verdict.standing import Verdict, line_that_judges
from indicators.verdict.value_words import value_words

THINGS_WRITTEN_AS = {
    CountedThings.CLUSTERS: sentences.ValueKind.CLUSTERS,
    CountedThings.PARKS: sentences.ValueKind.PARKS,
    CountedThings.TITLE: sentences.ValueKind.TITLED,
}
UNITS_WRITTEN_AS = {"ratio": sentences.ValueKind.SHARE, "yuan": sentences.ValueKind.MONEY}


def written_as(indicator: Indicator) -> sentences.ValueKind:
    """Return how an indicator's values are written in a sentence."""
    if indicator.unit in UNITS_WRITTEN_AS:
        return UNITS_WRITTEN_AS[indicator.unit]
    if indicator.things is not None:
        return THINGS_WRITTEN_AS[indicator.things]
    if indicator.measure is Measure.EMPLOYEES:
        return sentences.ValueKind.PEOPLE
    return sentences.ValueKind.FIRMS


@dataclass(frozen=True)
class TargetFacts:
    """
    A target of a plan; values in the indicator's unit.

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
    """The baseline of a target; value in the indicator's unit."""

    value: Decimal
    period: Quarter
    source: str


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
    """The kind of a figure; why_none is None where there is a value."""

    status: DataStatus
    why_none: NoValue | None


@dataclass(frozen=True, slots=True)
class TargetChange:
    """
    A change of a target after the quarter was first shown.

    before, after  its values, in its unit
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
    changed_target  the target's change since the quarter was first shown; None without one
    supposed    how many silent cities have a figure in the scenario; 0 outside of one
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
    changed_target: TargetChange | None = None

    @property
    def code(self) -> str:
        """The indicator's code, as addresses and the API write it."""
        return self.indicator.code

    @property
    def unit(self) -> str:
        """ratio, count or yuan."""
        return self.indicator.unit

    @property
    def written_as(self) -> sentences.ValueKind:
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
        """Whether a city is missing."""
        if not self.coverage.expected:
            return self.value is None
        return not self.coverage.is_complete

    @property
    def standing(self) -> Standing:
        """How it stands; without a target nothing can be judged."""
        return self.verdict.standing if self.verdict else Standing.CANNOT_JUDGE

    @property
    def status(self) -> str:
        """
        The code of the status that pages and papers show (foundation.statuses).

        The standing; once the deadline is over and the target certainly missed, that it is.
        """
        if self.verdict is None or not self.verdict.is_missed_on(
            self.as_of or timezone.localdate()
        ):
            return str(self.standing)
        return "not_established_in_time" if self.indicator.things in BUILT else "target_missed"

    @property
    def expected_status(self) -> str:
        """The code of the status that the likely range suggests; empty without one."""
        if self.verdict is None or self.verdict.expected is None:
            return ""
        return "expected_" + ("missed" if self.verdict.expects_missed else self.verdict.expected)

    @property
    def expected(self) -> Standing | None:
        """The standing that the likely range suggests; None if its record allows none."""
        return self.verdict.expected if self.verdict else None

    @property
    def expected_word(self) -> str:
        """The words for the expected standing; empty without one."""
        return expected_words(self.verdict) if self.verdict else ""

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
        The headline figure with its unit.

        The value; while a city is silent the likely range; of established things the certain
        range. A dash where none of these is known.
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
    def changed_target_words(self) -> str:
        """The target's change since the quarter was first shown, in words; empty without one."""
        move = self.changed_target
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
        """The coverage in words, with its part of last year's figure."""
        who = self.coverage
        return coverage_words(who.accepted, who.expected, self.weight, self.written_as)

    @property
    def missing_words(self) -> str:
        """How many cities are missing, in words; empty if none, and of established things."""
        who = self.coverage
        if who.is_complete or self.indicator.things is not None:
            return ""
        return missing_words(who.accepted, who.expected)

    @property
    def no_estimate_words(self) -> str:
        """Why nothing is estimated; empty with an estimate, or if no city is silent."""
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
        """The judged figure: the value, or before the year's end its projection."""
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
        """The pace by now, in its unit; None without a baseline."""
        return self.verdict.pace if self.verdict else None

    @property
    def attainment_sum(self) -> str:
        """The arithmetic of the attainment; empty without one."""
        return attainment_words(self.verdict, self.written_as) if self.verdict else ""

    @property
    def pace_sum(self) -> str:
        """The arithmetic of the pace; empty without a baseline."""
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
        """Return the indicator's point of another quarter; None if it is not on record."""
        return next((point for point in self.history if point.quarter == quarter), None)
