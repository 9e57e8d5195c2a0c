"""The enterprises over a threshold, from a snapshot: count, prospects, bounds and history."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from clusters.models import City
from clusters.quarters import Quarter
from indicators.catalogue import Indicator
from indicators.coverage import Coverage, coverage, firms_reported
from indicators.formulas.firm_outlook import Prospect
from indicators.formulas.firms_bounds import firms_bounds
from indicators.outlooks import Outlooks, outlooks, silent_firms
from indicators.results import (
    Assumption,
    Bounds,
    Contribution,
    Figures,
    HistoryPoint,
    Projection,
)
from indicators.snapshot import Snapshot


def firms_figures(of: Snapshot, indicator: Indicator, quarter: Quarter) -> Figures:
    """Return the count in a quarter. The value is None if no city's enterprises are in force."""
    who = coverage(of, quarter, firms_reported)
    in_cluster = of.cluster_cities(quarter)
    history = tuple(_point(of, indicator.line, q) for q in of.with_figures(quarter))
    if not who.accepted:
        nothing = tuple(_unreported(city, in_cluster) for city in of.cities)
        return Figures(None, None, None, who, None, nothing, history)
    firms = outlooks(of, quarter, indicator.line)
    over = of.over_by_line[indicator.line].get(quarter, {})
    bounds = _bounds(of, quarter, indicator.line, len(over), who)
    secured, on_pace, near_miss = (
        firms.of(p) for p in (Prospect.SECURED, Prospect.ON_PACE, Prospect.NEAR_MISS)
    )
    reporting = sum(lines.enterprises for (_, q), lines in of.lines.items() if q == quarter)
    return Figures(
        value=Decimal(len(over)),
        numerator=Decimal(len(over)),
        denominator=Decimal(reporting),
        coverage=who,
        bounds=bounds,
        contributions=_contributions(of, quarter, over, who, firms),
        history=(*history[:-1], _bounded(history[-1], bounds)),
        projection=Projection(
            value=Decimal(secured + on_pace),
            bounds=_bounds(of, quarter, indicator.line, secured + on_pace, who),
        ),
        secured=secured,
        on_pace=on_pace,
        near_miss=near_miss,
        out_of_reach=reporting - secured - on_pace - near_miss,
        prospects=firms.open,
    )


def _bounds(
    of: Snapshot, quarter: Quarter, line: Decimal, count: int, who: Coverage
) -> Bounds | None:
    """Return how far a count could rise if the silent cities spoke; None if nobody is silent."""
    if who.is_complete:
        return None
    in_cluster = of.cluster_cities(quarter)
    silent = silent_firms(of, quarter, line)
    found = firms_bounds(accepted=count, silent=silent, threshold=line)
    could = {code: None if reports is None else len(reports) for code, reports in silent.items()}
    return Bounds(
        low=Decimal(count),
        high=None if found is None else Decimal(found.high),
        assumptions=tuple(
            Assumption(city, city.code in in_cluster, _number(could[city.code]))
            for city in who.missing
        ),
    )


def _number(count: int | None) -> Decimal | None:
    return None if count is None else Decimal(count)


def _contributions(
    of: Snapshot, quarter: Quarter, firms_over: Mapping[int, str], who: Coverage, firms: Outlooks
) -> tuple[Contribution, ...]:
    """Return what each city adds to the count."""
    in_cluster = of.cluster_cities(quarter)
    over = Counter(firms_over.values())
    spoke = {city.code for city in who.reporting}
    return tuple(
        Contribution(
            city=city,
            in_cluster=city.code in in_cluster,
            amount=Decimal(over[city.code]),
            share=Decimal(over[city.code]) / over.total() if over else None,
            secured=over[city.code],
            on_pace=firms.of(Prospect.ON_PACE, city.code),
            near_miss=firms.of(Prospect.NEAR_MISS, city.code),
        )
        if city.code in spoke
        else _unreported(city, in_cluster)
        for city in of.cities
    )


def _unreported(city: City, in_cluster: frozenset[str]) -> Contribution:
    return Contribution(city, city.code in in_cluster, None, None)


def _point(of: Snapshot, line: Decimal, quarter: Quarter) -> HistoryPoint:
    """Return the count of one quarter of the history; its bounds only where nobody is missing."""
    who = coverage(of, quarter, firms_reported)
    value = Decimal(len(of.over_by_line[line].get(quarter, {}))) if who.accepted else None
    certain = value if who.is_complete else None
    return HistoryPoint(
        quarter=quarter,
        value=value,
        low=certain,
        high=certain,
        accepted=who.accepted,
        expected=who.expected,
        restated=quarter in of.restated.over[line],
    )


def _bounded(point: HistoryPoint, bounds: Bounds | None) -> HistoryPoint:
    """Return the quarter that is looked at with its bounds: only they are reckoned for a count."""
    return point if bounds is None else replace(point, low=bounds.low, high=bounds.high)
