"""The enterprises over a threshold, from a snapshot: count, prospects, bounds and history."""

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal

from clusters.models import City
from clusters.quarters import Quarter
from indicators.catalogue import Indicator
from indicators.coverage import Coverage, coverage, firms_reported
from indicators.formulas.certain_range import NOTHING_CERTAIN, CertainRange
from indicators.formulas.firm_outlook import Prospect
from indicators.outlooks import Outlooks, outlooks
from indicators.results import Contribution, Figures, HistoryPoint
from indicators.snapshot import Snapshot


def firms_figures(of: Snapshot, indicator: Indicator, quarter: Quarter) -> Figures:
    """Return the count in a quarter."""
    who = coverage(of, quarter, firms_reported)
    in_cluster = of.cluster_cities(quarter)
    history = tuple(_point(of, indicator.line, q) for q in of.with_figures(quarter))
    if not who.accepted:
        return Figures(
            value=None,
            numerator=None,
            denominator=None,
            coverage=who,
            contributions=tuple(_unreported(city, in_cluster) for city in of.cities),
            history=history,
            certain=NOTHING_CERTAIN,
        )
    firms = outlooks(of, quarter, indicator.line)
    over = of.over_by_line[indicator.line].get(quarter, {})
    secured, on_pace, near_miss = (
        firms.of(p) for p in (Prospect.SECURED, Prospect.ON_PACE, Prospect.NEAR_MISS)
    )
    reporting = sum(lines.enterprises for (_, q), lines in of.lines.items() if q == quarter)
    return Figures(
        value=Decimal(len(over)) if who.is_complete else None,
        reported_only=None if who.is_complete else Decimal(len(over)),
        numerator=Decimal(len(over)),
        denominator=Decimal(reporting),
        coverage=who,
        contributions=_contributions(of, quarter, over, who, firms),
        history=history,
        certain=CertainRange(Decimal(len(over)), None),
        secured=secured,
        on_pace=on_pace,
        near_miss=near_miss,
        out_of_reach=reporting - secured - on_pace - near_miss,
        prospects=firms.open,
    )


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
    """Return the count of one quarter of the history."""
    who = coverage(of, quarter, firms_reported)
    over = Decimal(len(of.over_by_line[line].get(quarter, {})))
    return HistoryPoint(
        quarter=quarter,
        value=over if who.is_complete else None,
        certain=CertainRange(over, over if who.is_complete else None),
        accepted=who.accepted,
        expected=who.expected,
        restated=quarter in of.restated.over[line],
    )
