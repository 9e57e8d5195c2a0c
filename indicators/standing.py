"""The one function that says how an indicator stands: attainment against pace, and why."""

import operator
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from enum import StrEnum

from clusters.quarters import Quarter
from indicators.formulas.attainment import attainment
from indicators.formulas.incomparable import Incomparable
from indicators.formulas.pace import due_share, interim_shares, pace_value

COMPARATORS = {">=": operator.ge, ">": operator.gt, "<=": operator.le, "<": operator.lt}
# 左右: within a band, both edges included. Missed by too much as well as by too little.
ABOUT = "about"

# Shares of the way are quotients: past this place they differ by rounding only. Without it
# exactly ten points behind could come out as a hair less.
POINT_PLACES = 15


class Standing(StrEnum):
    """What a status can be, best first; the last is none of them."""

    ACHIEVED = "achieved"
    ON_PACE = "on_pace"
    SLIGHTLY_BEHIND = "slightly_behind"
    BEHIND = "behind"
    SERIOUSLY_BEHIND = "seriously_behind"
    CANNOT_JUDGE = "cannot_judge"


class Reason(StrEnum):
    """Why a verdict is what it is. The first three give a standing, the others cannot judge."""

    TARGET_MET = "target_met"
    AGAINST_PACE = "against_pace"
    DEADLINE_MISSED = "deadline_missed"

    NOT_REPORTED = "not_reported"
    NO_PROJECTION = "no_projection"
    NO_BASELINE = "no_baseline"
    NO_DISTANCE = "no_distance"
    NO_LINE = "no_line"
    YEAR_NOT_OVER = "year_not_over"
    BOUNDS_DISAGREE = "bounds_disagree"
    NO_BOUNDS = "no_bounds"


@dataclass(frozen=True, slots=True)
class Bands:
    """
    Where the colours begin, in percentage points behind the pace.

    Behind (yellow) from yellow_from, seriously behind (red) over red_from: 30 itself is still
    yellow. Below yellow_from is slightly behind. Raises ValueError if out of order.

    Source: press report of Yinchuan's lights, 2025 (README, Sources).
    """

    yellow_from: Decimal = Decimal("10")
    red_from: Decimal = Decimal("30")

    def __post_init__(self) -> None:
        if not 0 < self.yellow_from <= self.red_from:
            raise ValueError(f"Bands from {self.yellow_from} and over {self.red_from}.")

    def standing(self, points_behind: Decimal) -> Standing:
        """Return the standing for so many points behind; 0 or fewer is on pace."""
        if points_behind <= 0:
            return Standing.ON_PACE
        if points_behind < self.yellow_from:
            return Standing.SLIGHTLY_BEHIND
        if points_behind <= self.red_from:
            return Standing.BEHIND
        return Standing.SERIOUSLY_BEHIND


@dataclass(frozen=True, slots=True)
class Goal:
    """
    Where an indicator should get, by when, and from where. Values in its own unit.

    target, comparator     exact: >= includes the target, > does not; also <=, < and about
    band                   of about: its two edges, both of which meet the target; else None
    deadline               the quarter at whose end the target is due
    baseline, baseline_at  the value and its quarter; both None where none is published
    interim                values due on the way, by quarter; none makes the line straight
    bands                  where the colours begin
    annual                 whether the figure grows within each year towards its value at the
                           year's end, like the count of firms over a yearly revenue

    Raises ValueError for an unknown comparator, a band that does not go with it or does not
    hold the target, or a baseline without its quarter.
    """

    target: Decimal
    comparator: str
    deadline: Quarter
    baseline: Decimal | None = None
    baseline_at: Quarter | None = None
    interim: Mapping[Quarter, Decimal] = field(default_factory=dict)
    bands: Bands = Bands()
    annual: bool = False
    band: tuple[Decimal, Decimal] | None = None

    def __post_init__(self) -> None:
        if self.comparator not in COMPARATORS and self.comparator != ABOUT:
            raise ValueError(f"{self.comparator!r} is no comparator.")
        if (self.band is None) is (self.comparator == ABOUT):
            raise ValueError("A band goes with about, and with nothing else.")
        if self.band is not None and not self.band[0] <= self.target <= self.band[1]:
            raise ValueError(f"{self.target} does not lie in {self.band}.")
        if (self.baseline is None) is not (self.baseline_at is None):
            raise ValueError("A baseline goes with its quarter.")

    def met_by(self, value: Decimal) -> bool:
        """Return whether a value meets the target."""
        if self.band is not None:
            return self.band[0] <= value <= self.band[1]
        return bool(COMPARATORS[self.comparator](value, self.target))

    @property
    def rising(self) -> bool:
        """Whether a figure that only grows stays met once it is met."""
        return self.comparator in (">=", ">")

    @property
    def aim(self) -> Decimal:
        """Where the way from the baseline ends: the target, or the edge of the band met first."""
        if self.band is None:
            return self.target
        low, high = self.band
        return high if self.baseline is not None and self.baseline > high else low

    def counted(self, value: Decimal) -> Decimal:
        """
        Return a value as it counts for the way: beyond a band's far edge, it counts against it.

        As far beyond the far edge is taken as far short of the near one.
        """
        if self.band is None:
            return value
        low, high = self.band
        if self.aim == low and value > high:
            return low - (value - high)
        if self.aim == high and value < low:
            return high + (low - value)
        return value

    def straddled(self, low: Decimal | None, high: Decimal | None) -> bool:
        """Return whether the whole band lies between two values, so that neither end tells."""
        if self.band is None or low is None or high is None:
            return False
        return low < self.band[0] and self.band[1] < high


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many cities' figures are accepted, of how many expected, and whose are missing."""

    accepted: int
    expected: int
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """
    How an indicator stands in a quarter, and every number that went into it.

    standing, reason      the word, and the rule that gave it
    quarter, goal         what was judged, against what
    value                 the indicator's value from accepted figures; None if there is none
    judged                what was held against the pace: the value, or its projection
    low, high             how far the silent cities could move what was judged; None unbounded
    attainment            share of the way covered by what was judged; None without a baseline
    due                   share of the way that was due; None without a baseline
    pace_at, pace         the quarter the pace was read at, and its value; None alike
    points_behind         (due − attainment) × 100; negative is ahead; None alike
    at_low, at_high       the standing at either bound; None without bounds
    coverage              whose figures it rests on; None if the caller did not say

    Shares are fractions, values in the indicator's unit; nothing is rounded for showing.
    """

    standing: Standing
    reason: Reason
    quarter: Quarter
    goal: Goal
    value: Decimal | None
    judged: Decimal | None
    low: Decimal | None
    high: Decimal | None
    attainment: Decimal | None
    due: Decimal | None
    pace_at: Quarter
    pace: Decimal | None
    points_behind: Decimal | None
    at_low: Standing | None
    at_high: Standing | None
    coverage: Coverage | None

    @property
    def is_projected(self) -> bool:
        """Whether a projection to the year's end was judged in place of the value."""
        return self.goal.annual and not self.quarter.is_year_end


Ruling = tuple[Standing, Reason]


def judge(
    value: Decimal | None,
    goal: Goal,
    quarter: Quarter,
    *,
    judged_value: Decimal | None = None,
    low: Decimal | None = None,
    high: Decimal | None = None,
    coverage: Coverage | None = None,
) -> Verdict:
    """
    Return how an indicator stands in a quarter. The rules, in the order they apply:

    1. No value: cannot judge.
    2. The target is met by the value, and by both bounds where given: achieved, at any time.
    3. Cities are silent and nothing bounds what they could do: cannot judge.
    4. The standing is computed at the low and at the high bound (without bounds: at the
       value). If the two differ: cannot judge. At each:
       a. It meets the target, and is the value itself: achieved.
       b. points behind = (share of the way due − share of the way covered) × 100, and
          0 or fewer on pace; then slightly behind; from 10 behind; over 30 seriously behind.
       c. At the deadline or later, with the target not met: at least behind, also without
          a baseline; never on pace.
       d. Before the deadline, without a baseline (or one that leaves no way to go): no pace
          line, cannot judge.

    A goal that is `annual` is judged before the year's end on judged_value, what the year is
    expected to come to, against the pace at that year's end; it is achieved only if the
    value itself meets the target, and only if growing further cannot undo that. Bounds are
    those of what is judged. A projection that meets the target after the deadline is no
    achievement, nor a miss: cannot judge.

    A target of `about` is met anywhere in its band; beyond the far edge it is as far off as
    it is beyond. If its bounds hold the whole band between them: cannot judge.

    low and high are given together or not at all. Raises ValueError if only one is given, or
    what is judged lies outside them.

    Source: 序时进度 (README, Sources).
    """
    projected = goal.annual and not quarter.is_year_end
    judged = judged_value if projected else value
    _check(judged, low, high)
    pace_at = quarter.year_end if projected else quarter
    line = _line(goal, pace_at)

    def ruling(reached: Decimal | None) -> Ruling | None:
        """Apply rule 4 at one value."""
        if reached is None:
            return None
        return _ruling(reached, goal, quarter, line, projected=projected)

    rulings = ruling(low), ruling(judged), ruling(high)
    silent = coverage is not None and coverage.accepted < coverage.expected
    lasting = goal.rising or not projected
    met = lasting and all(goal.met_by(one) for one in (value, low, high) if one is not None)
    if value is None:
        standing, reason = Standing.CANNOT_JUDGE, Reason.NOT_REPORTED
    elif met:
        standing, reason = Standing.ACHIEVED, Reason.TARGET_MET
    else:
        standing, reason = _weigh(*rulings, silent=silent, torn=goal.straddled(low, high))

    at_low, _, at_high = rulings
    covered = _covered(goal, judged) if line.due is not None else None
    return Verdict(
        standing=standing,
        reason=reason,
        quarter=quarter,
        goal=goal,
        value=value,
        judged=judged,
        low=low,
        high=high,
        attainment=covered,
        due=line.due,
        pace_at=pace_at,
        pace=_pace(goal, line.due),
        points_behind=_points(line.due, covered),
        at_low=at_low and at_low[0],
        at_high=at_high and at_high[0],
        coverage=coverage,
    )


def _check(judged: Decimal | None, low: Decimal | None, high: Decimal | None) -> None:
    """Raise ValueError for bounds that do not hold what is judged."""
    if (low is None) is not (high is None):
        raise ValueError("Give both bounds or none.")
    if low is not None and high is not None:
        inside = low <= high if judged is None else low <= judged <= high
        if not inside:
            raise ValueError(f"{judged} does not lie between {low} and {high}.")


@dataclass(frozen=True, slots=True)
class _Line:
    """The share of the way due, or None and the reason why there is no pace line."""

    due: Decimal | None
    reason: Reason = Reason.AGAINST_PACE


def _line(goal: Goal, pace_at: Quarter) -> _Line:
    """Return what the pace line says at a quarter."""
    if goal.baseline is None or goal.baseline_at is None:
        return _Line(None, Reason.NO_BASELINE)
    if goal.baseline == goal.aim or goal.met_by(goal.baseline):
        return _Line(None, Reason.NO_DISTANCE)
    try:
        interim = interim_shares(goal.interim, baseline=goal.baseline, target=goal.aim)
        due = due_share(
            pace_at, baseline_at=goal.baseline_at, deadline=goal.deadline, interim=interim
        )
    except Incomparable:
        return _Line(None, Reason.NO_LINE)
    return _Line(due)


def _covered(goal: Goal, reached: Decimal | None) -> Decimal | None:
    """Return the share of the way covered at a value."""
    actual = None if reached is None else goal.counted(reached)
    return attainment(actual=actual, baseline=goal.baseline, target=goal.aim)


def _pace(goal: Goal, due: Decimal | None) -> Decimal | None:
    """Return the value that was due; None without a pace line."""
    if due is None or goal.baseline is None:
        return None
    return pace_value(due, baseline=goal.baseline, target=goal.aim)


def _points(due: Decimal | None, covered: Decimal | None) -> Decimal | None:
    """Return the percentage points behind the pace, free of rounding noise."""
    if due is None or covered is None:
        return None
    with localcontext(prec=60):
        return round((due - covered) * 100, POINT_PLACES)


def _ruling(
    reached: Decimal, goal: Goal, quarter: Quarter, line: _Line, *, projected: bool
) -> Ruling:
    """Return the standing at one value, and the rule that gave it: rule 4 of judge."""
    met = goal.met_by(reached)
    if met and not projected:
        return Standing.ACHIEVED, Reason.TARGET_MET
    points = _points(line.due, _covered(goal, reached)) if line.due is not None else None
    against_pace = None if points is None else goal.bands.standing(points)
    if quarter >= goal.deadline:
        if met:
            return Standing.CANNOT_JUDGE, Reason.YEAR_NOT_OVER
        if against_pace is Standing.SERIOUSLY_BEHIND:
            return against_pace, Reason.DEADLINE_MISSED
        return Standing.BEHIND, Reason.DEADLINE_MISSED
    if against_pace is None:
        return Standing.CANNOT_JUDGE, line.reason
    return against_pace, Reason.AGAINST_PACE


def _weigh(
    at_low: Ruling | None,
    at_judged: Ruling | None,
    at_high: Ruling | None,
    *,
    silent: bool,
    torn: bool,
) -> Ruling:
    """Return the one verdict of the value and its bounds, for a target not met."""
    if at_judged is None:
        return Standing.CANNOT_JUDGE, Reason.NO_PROJECTION
    if at_low is None or at_high is None:
        if silent:
            return Standing.CANNOT_JUDGE, Reason.NO_BOUNDS
        return at_judged
    if torn or at_low[0] is not at_high[0]:
        return Standing.CANNOT_JUDGE, Reason.BOUNDS_DISAGREE
    return at_judged
