"""The verdict on an indicator: attainment against pace, with the reason."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext
from enum import StrEnum

from foundation.quarters import Quarter
from indicators.formulas.attainment import attainment
from indicators.formulas.certain_range import NOTHING_CERTAIN, CertainRange
from indicators.formulas.incomparable import Incomparable
from indicators.formulas.likely_range import LikelyRange
from indicators.formulas.pace import due_share, interim_shares, pace_value
from indicators.verdict.goal import Goal, Standing

# Shares of the way are quotients: beyond this place they differ by rounding only, which could
# turn exactly ten points into slightly less.
POINT_PLACES = 15


class Reason(StrEnum):
    """The reason of a verdict. The first three give a standing, the others none."""

    TARGET_MET = "target_met"
    AGAINST_PACE = "against_pace"
    DEADLINE_MISSED = "deadline_missed"

    NOT_REPORTED = "not_reported"
    SILENT_CITIES = "silent_cities"
    NO_PROJECTION = "no_projection"
    PROJECTION_WITHOUT_ENDS = "projection_without_ends"
    PROJECTION_UNPROVEN = "projection_unproven"
    PROJECTION_UNDECIDED = "projection_undecided"
    NO_BASELINE = "no_baseline"
    NO_DISTANCE = "no_distance"
    NO_LINE = "no_line"
    YEAR_NOT_OVER = "year_not_over"


@dataclass(frozen=True, slots=True)
class CoverageCount:
    """How many cities' figures are accepted, of how many expected, and whose are missing."""

    accepted: int
    expected: int
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """
    The standing of an indicator in a quarter, and every number that it was judged from.

    standing, reason      the standing, and the rule that gave it
    expected              the standing that the likely range suggests where none can be given;
                          None if it suggests none, or its record does not allow saying so
    quarter, goal         what was judged, against what
    value                 the indicator's value; None while a city is silent
    judged                the figure that was judged: the value, or its projection; None while
                          a city is silent
    certain               the certain range of the quarter's figure
    likely                the estimate of what is judged; None if there is none
    attainment            share of the way covered by what was judged; None without a baseline
    due                   share of the way that was due; None without a baseline
    pace_at, pace         the quarter the pace was read at, and its value; None alike
    points_behind         (due − attainment) × 100; negative is ahead; None alike
    at_low, at_high       the standing at either end of the certain range, an open one included
    coverage              whose figures it rests on; None if not given

    Shares are fractions, values in the indicator's unit; nothing is rounded.
    """

    standing: Standing
    reason: Reason
    expected: Standing | None
    quarter: Quarter
    goal: Goal
    value: Decimal | None
    judged: Decimal | None
    certain: CertainRange
    likely: LikelyRange | None
    attainment: Decimal | None
    due: Decimal | None
    pace_at: Quarter
    pace: Decimal | None
    points_behind: Decimal | None
    at_low: Standing
    at_high: Standing
    coverage: CoverageCount | None

    @property
    def is_projected(self) -> bool:
        """Whether a projection to the year's end was judged in place of the value."""
        return is_projected(self.goal, self.quarter)

    @property
    def is_complete(self) -> bool:
        """Whether no city is silent."""
        return self.value is not None

    def is_missed_on(self, day: date) -> bool:
        """Whether on a day the deadline is over and the target certainly missed."""
        return self.reason is Reason.DEADLINE_MISSED and day > self.goal.deadline.last_day

    @property
    def expects_missed(self) -> bool:
        """Whether the likely range suggests that the deadline is missed."""
        missed = (Standing.BEHIND, Standing.SERIOUSLY_BEHIND)
        return self.quarter >= self.goal.deadline and self.expected in missed


Ruling = tuple[Standing, Reason]

# The least and greatest possible figure: of a share, and of a count or an amount.
SHARE_LIMITS = (Decimal("0"), Decimal("1"))
AMOUNT_LIMITS = (Decimal("0"), Decimal("Infinity"))


def is_projected(goal: Goal, quarter: Quarter) -> bool:
    """Return whether the projection of the year is judged in place of the quarter's figure."""
    return goal.annual and not quarter.is_year_end


def judge(
    value: Decimal | None,
    goal: Goal,
    quarter: Quarter,
    *,
    certain: CertainRange | None = None,
    likely: LikelyRange | None = None,
    record_allows: bool = False,
    limits: tuple[Decimal, Decimal] = AMOUNT_LIMITS,
    coverage: CoverageCount | None = None,
) -> Verdict:
    """
    Return the verdict on an indicator in a quarter. The rules, in the order they apply:

    1. The standing is computed at both ends of the certain range, an open end being that of
       limits: both are one point where no city is silent. The same at both and everywhere
       between: that is the standing. (A target of `about` whose whole band lies between
       the ends has another standing there.) At each end:
       a. It meets the target: achieved, at any time.
       b. points behind = (share of the way due − share of the way covered) × 100, and
          0 or fewer on pace; then slightly behind; from 10 behind; over 30 seriously behind.
       c. At the deadline or later, with the target not met: at least behind, also without
          a baseline; never on pace.
       d. Before the deadline, without a baseline (or one that leaves no way to go): no pace
          line, cannot judge.
    2. A goal that is `annual` is judged before the year's end by the projection of the year,
       against the pace at that year's end: what is certain is only that it does not fall.
       Where no city is silent, the standing is that of both ends of the likely range (the
       projection to the year's end), if it is the same and the record of past projections
       allows it. A projection that meets the target after the deadline is no achievement.
    3. Otherwise: cannot judge. The expected standing is that at both ends of the likely range, if
       it is the same and its record allows one.

    value is None while a city is silent; certain is then the certain range, None if nothing is
    certain. likely is an estimate of what is judged: of the quarter, or before
    the year's end of an annual goal of the year.

    Source: 序时进度 (README).
    """
    projected = is_projected(goal, quarter)
    if certain is None:
        certain = NOTHING_CERTAIN if value is None else CertainRange(value, value)
    pace_at = quarter.year_end if projected else quarter
    line = _line(goal, pace_at)
    low = limits[0] if certain.low is None else certain.low
    high = limits[1] if projected or certain.high is None else certain.high
    at_low, at_high = (_ruling(end, goal, quarter, line) for end in (low, high))
    ruled = _agreed(at_low, at_high, torn=goal.straddled(low, high))
    supposed = _at_likely(likely, goal, quarter, line)
    expected = supposed[0] if supposed and record_allows and ruled is None else None
    judged = value
    if projected:
        judged = likely.centre if likely and value is not None else None
        if ruled is None and value is not None:
            ruled = _projection_ruling(likely, supposed, record_allows)
    if ruled is None:
        ruled = Standing.CANNOT_JUDGE, _why_not(value, coverage)
    covered = _covered(goal, judged) if line.due is not None else None
    cannot = ruled[0] is Standing.CANNOT_JUDGE
    return Verdict(
        standing=ruled[0],
        reason=ruled[1],
        expected=expected if cannot and expected is not Standing.CANNOT_JUDGE else None,
        quarter=quarter,
        goal=goal,
        value=value,
        judged=judged,
        certain=certain,
        likely=likely,
        attainment=covered,
        due=line.due,
        pace_at=pace_at,
        pace=_pace(goal, line.due),
        points_behind=_points(line.due, covered),
        at_low=at_low[0],
        at_high=at_high[0],
        coverage=coverage,
    )


def line_that_judges(goal: Goal, quarter: Quarter) -> Decimal | None:
    """
    Return the value at which a verdict changes: the target at its deadline, the pace before.

    The target too where there is no pace line, and where the target is below the pace; None
    for a target of about, which has two such values.
    """
    if goal.band is not None:
        return None
    if quarter >= goal.deadline:
        return goal.target
    pace_at = quarter.year_end if is_projected(goal, quarter) else quarter
    pace = _pace(goal, _line(goal, pace_at).due)
    return goal.target if pace is None else pace


def _why_not(value: Decimal | None, coverage: CoverageCount | None) -> Reason:
    """Return why the certain range gives no standing while a city is silent."""
    nobody = coverage is None or not coverage.accepted
    return Reason.NOT_REPORTED if value is None and nobody else Reason.SILENT_CITIES


def _agreed(one: Ruling, other: Ruling, *, torn: bool) -> Ruling | None:
    """Return the ruling of both ends; None if they differ, or another lies between them."""
    return one if one[0] is other[0] and not torn else None


def _at_likely(
    likely: LikelyRange | None, goal: Goal, quarter: Quarter, line: "_Line"
) -> Ruling | None:
    """Return the ruling of both ends of an estimate; None if it has none or they differ."""
    if likely is None or likely.low is None or likely.high is None:
        return None
    projected = is_projected(goal, quarter)
    at_low, at_high = (
        _ruling(end, goal, quarter, line, projected=projected) for end in (likely.low, likely.high)
    )
    return _agreed(at_low, at_high, torn=goal.straddled(likely.low, likely.high))


def _projection_ruling(
    likely: LikelyRange | None, supposed: Ruling | None, record_allows: bool
) -> Ruling:
    """Return the ruling of a projection to the year's end, of a complete quarter."""
    if likely is None:
        return Standing.CANNOT_JUDGE, Reason.NO_PROJECTION
    if likely.low is None:
        return Standing.CANNOT_JUDGE, Reason.PROJECTION_WITHOUT_ENDS
    if supposed is None:
        return Standing.CANNOT_JUDGE, Reason.PROJECTION_UNDECIDED
    return supposed if record_allows else (Standing.CANNOT_JUDGE, Reason.PROJECTION_UNPROVEN)


@dataclass(frozen=True, slots=True)
class _Line:
    """The share of the way due, or None and the reason why there is no pace line."""

    due: Decimal | None
    reason: Reason = Reason.AGAINST_PACE


def _line(goal: Goal, pace_at: Quarter) -> _Line:
    """Return the pace line at a quarter."""
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
    """Return the percentage points behind the pace, without rounding noise."""
    if due is None or covered is None:
        return None
    with localcontext(prec=60):
        points = (due - covered) * 100
        return points if points.is_infinite() else round(points, POINT_PLACES)


def _ruling(
    reached: Decimal, goal: Goal, quarter: Quarter, line: _Line, *, projected: bool = False
) -> Ruling:
    """Return the standing at one value, and the rule that gave it: rule 1 of judge."""
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
