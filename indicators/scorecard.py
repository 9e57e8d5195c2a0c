"""Aggregates, formulas and targets put together: the rows that pages and API show."""

from clusters.quarters import Quarter
from clusters.viewpoint import Viewpoint
from indicators import standing
from indicators.aggregates import snapshot
from indicators.catalogue import INDICATORS, Indicator, Kind
from indicators.firms_result import firms_figures
from indicators.keeping import kept
from indicators.models import Target
from indicators.results import Baseline, Figures, IndicatorResult, TargetFacts
from indicators.share_result import share_figures
from indicators.snapshot import Snapshot
from indicators.standing import Bands, Goal, Verdict, judge

FIGURES = {Kind.SHARE: share_figures, Kind.COUNT: firms_figures}


def result(code: str, viewpoint: Viewpoint) -> IndicatorResult:
    """Return one indicator from a viewpoint. Raises KeyError for a code not in the catalogue."""
    return result_in(snapshot(viewpoint), INDICATORS[code], viewpoint.quarter)


def scorecard(viewpoint: Viewpoint) -> tuple[IndicatorResult, ...]:
    """Return all indicators of the catalogue from a viewpoint, in its order."""
    return results_in(snapshot(viewpoint), viewpoint.quarter)


def results_in(of: Snapshot, quarter: Quarter) -> tuple[IndicatorResult, ...]:
    """Return all indicators of the catalogue in a quarter of a snapshot."""
    return tuple(result_in(of, indicator, quarter) for indicator in INDICATORS.values())


@kept(maxsize=64)
def result_in(of: Snapshot, indicator: Indicator, quarter: Quarter) -> IndicatorResult:
    """Return an indicator in a quarter of a snapshot. Kept as long as its snapshot."""
    figures = FIGURES[indicator.kind](of, quarter)
    target = of.target(indicator.code, quarter)
    return IndicatorResult(
        **{name: getattr(figures, name) for name in Figures.__dataclass_fields__},
        indicator=indicator,
        quarter=quarter,
        as_of=of.as_of,
        updated_at=of.updated_at,
        target=_target(target) if target else None,
        baseline=_baseline(target) if target else None,
        verdict=_verdict(figures, _goal(target, indicator), quarter) if target else None,
    )


def _target(row: Target) -> TargetFacts:
    return TargetFacts(
        plan=row.plan.title,
        comparator=row.comparator,
        value=row.value,
        period=Quarter.parse(row.period),
        behind_from=row.behind_from,
        seriously_behind_over=row.seriously_behind_over,
        wording=row.wording,
        source=row.source,
    )


def _baseline(row: Target) -> Baseline | None:
    if row.baseline_value is None:
        return None
    return Baseline(row.baseline_value, Quarter.parse(row.baseline_period), row.baseline_source)


def _goal(row: Target, indicator: Indicator) -> Goal:
    """Return the target as the judge wants it."""
    return Goal(
        target=row.value,
        comparator=row.comparator,
        deadline=Quarter.parse(row.period),
        baseline=row.baseline_value,
        baseline_at=Quarter.parse(row.baseline_period) if row.baseline_period else None,
        bands=Bands(row.behind_from, row.seriously_behind_over),
        annual=indicator.kind is Kind.COUNT,
    )


def _verdict(figures: Figures, goal: Goal, quarter: Quarter) -> Verdict:
    """
    Return the judgement. Bounds are those of what is judged, and given only if both are known.
    """
    projected = goal.annual and not quarter.is_year_end
    bounds = figures.bounds
    if projected:
        bounds = figures.projection.bounds if figures.projection else None
    known = bounds is not None and bounds.high is not None
    who = figures.coverage
    return judge(
        figures.value,
        goal,
        quarter,
        judged_value=figures.projection.value if projected and figures.projection else None,
        low=bounds.low if bounds and known else None,
        high=bounds.high if bounds and known else None,
        coverage=standing.Coverage(
            who.accepted, who.expected, tuple(city.code for city in who.missing)
        ),
    )
