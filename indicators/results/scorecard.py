"""Results of all indicators: figures from a snapshot, judged against the targets of its plan."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from clusters.viewpoint import Viewpoint
from foundation.quarters import Quarter
from indicators.catalogue import Indicator, IndicatorKind, Pace, defined_by
from indicators.data.snapshot import Snapshot
from indicators.data.snapshot_cache import cached_by_snapshot
from indicators.data.snapshot_reader import snapshot
from indicators.data.versions import Interim
from indicators.estimates.figures import Figures
from indicators.formulas.break_even import BreakEven
from indicators.formulas.count_break_even import CountBreakEven
from indicators.models import Target
from indicators.results.changed_targets import target_change
from indicators.results.data_status import figure_state
from indicators.results.established_result import established_figures
from indicators.results.firms_result import firms_figures, firms_turn
from indicators.results.indicator_result import Baseline, IndicatorResult, TargetFacts
from indicators.results.level_result import level_figures, level_turn
from indicators.results.share_result import share_figures, share_turn
from indicators.verdict import standing
from indicators.verdict.goal import ABOUT, Bands, Goal
from indicators.verdict.standing import (
    AMOUNT_LIMITS,
    SHARE_LIMITS,
    Verdict,
    is_projected,
    judge,
    line_that_judges,
)


@dataclass(frozen=True)
class Calculation:
    """
    How an indicator of a kind is calculated from a snapshot.

    figures  what is known of it in a quarter
    turn     what would turn its verdict at a line; None where nothing still to come could
    limits   between what its values lie
    """

    figures: Callable[[Snapshot, Indicator, Quarter], Figures]
    turn: Callable[..., BreakEven | CountBreakEven | None] | None
    limits: tuple[Decimal, Decimal]


CALCULATIONS: Mapping[IndicatorKind, Calculation] = {
    IndicatorKind.SHARE: Calculation(share_figures, share_turn, SHARE_LIMITS),
    IndicatorKind.COUNT: Calculation(firms_figures, firms_turn, AMOUNT_LIMITS),
    IndicatorKind.ESTABLISHED: Calculation(established_figures, None, AMOUNT_LIMITS),
    IndicatorKind.LEVEL: Calculation(level_figures, level_turn, AMOUNT_LIMITS),
}


def result(code: str, viewpoint: Viewpoint) -> IndicatorResult:
    """Return one indicator from a viewpoint. Raises KeyError for a code that no plan defines."""
    seen = snapshot(viewpoint)
    indicator = seen.indicator(code, viewpoint.quarter)
    if indicator is None:
        raise KeyError(code)
    return result_in(seen, indicator, viewpoint.quarter)


def scorecard(viewpoint: Viewpoint) -> tuple[IndicatorResult, ...]:
    """Return the results of all targets of the quarter's plan, in the plan's order."""
    return results_in(snapshot(viewpoint), viewpoint.quarter)


def results_in(snapshot: Snapshot, quarter: Quarter) -> tuple[IndicatorResult, ...]:
    """Return the results of a plan's targets; of a plan without targets, the contract's two."""
    return tuple(
        result_in(snapshot, indicator, quarter) for indicator in snapshot.indicators(quarter)
    )


def result_in(snapshot: Snapshot, indicator: Indicator, quarter: Quarter) -> IndicatorResult:
    """Return an indicator in a quarter of a snapshot, as that quarter's plan defines it."""
    return _calculated(snapshot, snapshot.indicator(indicator.code, quarter) or indicator, quarter)


def baseline_in(snapshot: Snapshot, code: str, quarter: Quarter) -> Baseline | None:
    """Return the baseline of a quarter's target without calculating its result; None if none."""
    target = snapshot.target(code, quarter)
    return _baseline(target) if target else None


@cached_by_snapshot(maxsize=256)
def _calculated(snapshot: Snapshot, indicator: Indicator, quarter: Quarter) -> IndicatorResult:
    """Calculate a result. Cached by indicator and quarter, as long as the snapshot."""
    figures = CALCULATIONS[indicator.kind].figures(snapshot, indicator, quarter)
    target = snapshot.target(indicator.code, quarter)
    goal = goal_of(target, snapshot.interim[target.pk]) if target else None
    verdict = verdict_on(indicator, figures, goal, quarter) if goal else None
    return IndicatorResult(
        **{name: getattr(figures, name) for name in Figures.__dataclass_fields__},
        indicator=indicator,
        quarter=quarter,
        as_of=snapshot.as_of,
        updated_at=snapshot.updated_at,
        target=_target(snapshot, target) if target else None,
        baseline=_baseline(target) if target else None,
        verdict=verdict,
        break_even=_break_even(snapshot, indicator, verdict) if verdict else None,
        state=figure_state(snapshot, indicator, figures, quarter),
        supposed=_supposed(snapshot, figures),
        changed_target=target_change(snapshot, target, quarter) if target else None,
    )


def _supposed(snapshot: Snapshot, figures: Figures) -> int:
    """Return how many silent cities have a figure only in the scenario."""
    codes = snapshot.supposed.cities if snapshot.supposed else frozenset()
    return sum(one.code in codes for one in figures.coverage.reporting)


def _target(snapshot: Snapshot, row: Target) -> TargetFacts:
    return TargetFacts(
        plan=row.plan.title,
        comparator=row.comparator,
        value=row.in_base_unit(row.value),
        period=Quarter.parse(row.period),
        low=row.in_base_unit(row.band_low),
        high=row.in_base_unit(row.band_high),
        band_source=row.band_source,
        interim=_interim(row, snapshot.interim[row.pk]),
        behind_from=row.behind_from,
        seriously_behind_over=row.seriously_behind_over,
        wording=row.wording,
        source=row.source,
    )


def _baseline(row: Target) -> Baseline | None:
    if row.baseline_value is None:
        return None
    value = row.in_base_unit(row.baseline_value)
    return Baseline(value, Quarter.parse(row.baseline_period), row.baseline_source)


def _interim(row: Target, points: Interim) -> Mapping[Quarter, Decimal]:
    """Return the interim points by quarter, oldest first, in the indicator's unit."""
    return {quarter: row.in_base_unit(value) for quarter, value in sorted(points.items())}


def goal_of(row: Target, points: Interim) -> Goal:
    """Return a target with its interim points as a Goal, in the indicator's unit."""
    band = (row.in_base_unit(row.band_low), row.in_base_unit(row.band_high))
    return Goal(
        target=row.in_base_unit(row.value),
        comparator=row.comparator,
        band=band if row.comparator == ABOUT else None,
        deadline=Quarter.parse(row.period),
        baseline=row.in_base_unit(row.baseline_value),
        baseline_at=Quarter.parse(row.baseline_period) if row.baseline_period else None,
        interim=_interim(row, points),
        bands=Bands(row.behind_from, row.seriously_behind_over),
        annual=defined_by(row).pace is not Pace.POINT,
    )


def verdict_on(
    indicator: Indicator, figures: Figures | IndicatorResult, goal: Goal, quarter: Quarter
) -> Verdict:
    """Judge an indicator's figures against a goal."""
    projected = is_projected(goal, quarter)
    who = figures.coverage
    judged = partial(
        judge,
        figures.value,
        goal,
        quarter,
        certain=figures.certain,
        likely=figures.projection if projected else figures.estimate,
        limits=CALCULATIONS[indicator.kind].limits,
        coverage=standing.CoverageCount(
            who.accepted, who.expected, tuple(one.code for one in who.missing)
        ),
    )
    without, leaning = judged(record_allows=False), judged(record_allows=True)
    if without == leaning:
        return without
    # Asked last: scoring past estimates takes about a second.
    record = (figures.projection_scored if projected else figures.scored)()
    return leaning if record is not None and record.allows_a_lean else without


def _break_even(
    snapshot: Snapshot, indicator: Indicator, verdict: Verdict
) -> BreakEven | CountBreakEven | None:
    """Return what would turn a verdict; None if all cities have reported, or nothing can."""
    line = line_that_judges(verdict.goal, verdict.quarter)
    turn = CALCULATIONS[indicator.kind].turn
    if verdict.is_complete or line is None or turn is None:
        return None
    return turn(snapshot, indicator, verdict.quarter, line)
