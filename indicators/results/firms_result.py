"""The enterprises over a threshold, from a snapshot: count, ranges, prospects and history."""

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from clusters.models import City
from foundation.quarters import Quarter
from indicators.catalogue import Indicator
from indicators.data.coverage import Coverage, coverage, firms_reported
from indicators.data.firms_over import firms_over
from indicators.data.snapshot import Snapshot
from indicators.estimates.figures import Contribution, Figures, HistoryPoint, SilentCity
from indicators.estimates.firm_history import break_even_of, count_weight, likely_of, projected_of
from indicators.estimates.projections import FirmProjections, firm_projections
from indicators.estimates.scored_counts import count_estimate_record, count_projection_record
from indicators.formulas.certain_range import CertainRange
from indicators.formulas.count_break_even import CountBreakEven
from indicators.formulas.firm_outlook import Prospect
from indicators.formulas.likely_count import LikelyCount, NoCount
from indicators.formulas.likely_range import LikelyRange, NoEstimate
from indicators.results.withdrawal import or_withdrawn

# Reasons for no estimate, as reasons that all targets share.
REASONS = {
    NoCount.LOW_COVERAGE: NoEstimate.LOW_COVERAGE,
    NoCount.NO_EARLIER_FIGURE: NoEstimate.NO_EARLIER_FIGURE,
    NoCount.FEW_ERRORS: NoEstimate.TOO_FEW_ERRORS,
}


def firms_figures(snapshot: Snapshot, indicator: Indicator, quarter: Quarter) -> Figures:
    """Return the count in a quarter."""
    who = coverage(snapshot, quarter, firms_reported)
    firms = firm_projections(snapshot, quarter, indicator.line)
    over = firms_over(snapshot, quarter, indicator.line)
    spoke = {city.code for city in who.reporting}
    reported = Decimal(sum(code in spoke for code in over.values())) if who.accepted else None
    likely = _likely(snapshot, indicator, quarter, who)
    reporting = sum(lines.enterprises for (_, q), lines in snapshot.lines.items() if q == quarter)
    return Figures(
        value=reported if who.is_complete else None,
        reported_only=None if who.is_complete else reported,
        numerator=reported,
        denominator=Decimal(reporting) if who.accepted else None,
        coverage=who,
        weight=count_weight(snapshot, quarter, indicator.line),
        certain=or_withdrawn(
            certain_count_of(snapshot, indicator, quarter),
            snapshot,
            indicator,
            quarter,
            certain_count_of,
        ),
        estimate=_range(likely) if isinstance(likely, LikelyCount) else None,
        no_estimate=REASONS[likely] if isinstance(likely, NoCount) else None,
        scored=partial(
            count_estimate_record, snapshot, indicator.line, snapshot.least_weight(quarter)
        ),
        silent=_silent(snapshot, indicator, quarter, who, likely),
        contributions=_contributions(snapshot, quarter, over, who, firms),
        history=tuple(_point(snapshot, indicator, q) for q in snapshot.with_figures(quarter)),
        projection=_projection(snapshot, indicator, quarter, who),
        projection_scored=partial(count_projection_record, snapshot, indicator.line),
        **_prospects(firms, reporting, who),
    )


def firms_turn(
    snapshot: Snapshot, indicator: Indicator, quarter: Quarter, line: Decimal
) -> CountBreakEven | None:
    """Return how many more enterprises a count needs; None if it needs none."""
    target = snapshot.target(indicator.code, quarter)
    if target is None:
        return None
    turn = break_even_of(snapshot, quarter, line, target.comparator, indicator.line)
    return turn if turn and turn.firms else None


def certain_count_of(snapshot: Snapshot, indicator: Indicator, quarter: Quarter) -> CertainRange:
    """Return the certain range of a count: at least so many, at most those if nobody is silent."""
    who = coverage(snapshot, quarter, firms_reported)
    least = Decimal(len(firms_over(snapshot, quarter, indicator.line)))
    if not who.accepted and not least:
        return CertainRange(None, None)
    return CertainRange(least, least if who.is_complete else None)


def _likely(
    snapshot: Snapshot, indicator: Indicator, quarter: Quarter, who: Coverage
) -> LikelyCount | NoCount | None:
    """Return the estimate of an incomplete quarter, or why there is none; None if complete."""
    if who.is_complete or not who.accepted:
        return None
    return likely_of(snapshot, quarter, indicator.line, snapshot.least_weight(quarter))


def _projection(
    snapshot: Snapshot, indicator: Indicator, quarter: Quarter, who: Coverage
) -> LikelyRange | None:
    """Return the projection of the year; None at its end, and without one."""
    if quarter.is_year_end or not who.accepted:
        return None
    found = projected_of(snapshot, quarter, indicator.line, snapshot.least_weight(quarter))
    return _range(found) if isinstance(found, LikelyCount) else None


def _range(found: LikelyCount) -> LikelyRange:
    low, high = (None if end is None else Decimal(end) for end in (found.low, found.high))
    return LikelyRange(low, Decimal(found.centre), high)


def _silent(
    snapshot: Snapshot,
    indicator: Indicator,
    quarter: Quarter,
    who: Coverage,
    likely: LikelyCount | NoCount | None,
) -> tuple[SilentCity, ...]:
    """Return what is known of each silent city, in enterprises."""
    floors = Counter(firms_over(snapshot, quarter, indicator.line).values())
    then = quarter.year_earlier()
    before = Counter(snapshot.over_by_line[indicator.line].get(then, {}).values())
    in_cluster = snapshot.cluster_cities(quarter)
    earlier = [q for q in reversed(snapshot.quarters) if q < quarter]
    by_city = likely.by_city if isinstance(likely, LikelyCount) else None
    return tuple(
        SilentCity(
            city=city,
            in_cluster=city.code in in_cluster,
            floor=Decimal(floors[city.code]),
            since=next((q for q in earlier if firms_reported(snapshot, city, q)), None),
            last_year=Decimal(before[city.code]) if firms_reported(snapshot, city, then) else None,
            likely=None
            if by_city is None
            else LikelyRange(None, Decimal(by_city.get(city.code, 0)), None),
        )
        for city in who.missing
    )


def _prospects(firms: FirmProjections, reporting: int, who: Coverage) -> Mapping[str, Any]:
    """Return the number of enterprises by prospect; empty if no city has reported."""
    if not who.accepted:
        return {}
    secured, on_pace, near_miss = (
        firms.of(p) for p in (Prospect.SECURED, Prospect.ON_PACE, Prospect.NEAR_MISS)
    )
    return {
        "secured": secured,
        "on_pace": on_pace,
        "near_miss": near_miss,
        "out_of_reach": reporting - secured - on_pace - near_miss,
        "prospects": firms.open,
    }


def _contributions(
    snapshot: Snapshot,
    quarter: Quarter,
    firms_over: Mapping[int, str],
    who: Coverage,
    firms: FirmProjections,
) -> tuple[Contribution, ...]:
    """Return what each city that has reported adds to the count."""
    in_cluster = snapshot.cluster_cities(quarter)
    spoke = {city.code for city in who.reporting}
    over = Counter(code for code in firms_over.values() if code in spoke)
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
        for city in snapshot.cities
    )


def _unreported(city: City, in_cluster: frozenset[str]) -> Contribution:
    return Contribution(city, city.code in in_cluster, None, None)


def _point(snapshot: Snapshot, indicator: Indicator, quarter: Quarter) -> HistoryPoint:
    """Return the count of one quarter of the history."""
    who = coverage(snapshot, quarter, firms_reported)
    certain = certain_count_of(snapshot, indicator, quarter)
    likely = _likely(snapshot, indicator, quarter, who)
    return HistoryPoint(
        quarter=quarter,
        value=certain.low if who.is_complete else None,
        certain=certain,
        likely=_range(likely) if isinstance(likely, LikelyCount) else None,
        accepted=who.accepted,
        expected=who.expected,
        restated=quarter in snapshot.restated.over[indicator.line],
    )
