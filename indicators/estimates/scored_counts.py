"""How past estimates of a count would have fared, from every version that was accepted."""

from collections import defaultdict
from collections.abc import Hashable
from datetime import datetime
from decimal import Decimal

from clusters.models import Publication
from enterprises.thresholds import OVER_100M
from foundation.quarters import Quarter
from indicators.data.firm_returns import returns_of_large
from indicators.data.snapshot import Snapshot
from indicators.data.snapshot_cache import cached_under
from indicators.estimates.firm_history import firm_figure
from indicators.formulas.certain_count import certain_count
from indicators.formulas.count_errors import HALF
from indicators.formulas.count_projection import projected_count
from indicators.formulas.count_record import (
    CountRecord,
    FigureVersion,
    Versions,
    count_record,
    figures_at,
)
from indicators.formulas.likely_count import LikelyCount
from indicators.formulas.likely_range import LEAST_WEIGHT, EstimateRecord, LikelyRange, Trial
from indicators.formulas.likely_range import record_of as score


def record_of(
    snapshot: Snapshot, line: Decimal = OVER_100M, least_weight: Decimal = LEAST_WEIGHT
) -> CountRecord:
    """
    Return how past estimates of a count fared, in every quarter complete at the moment.

    Cached under the publications of these quarters: one of an incomplete quarter changes nothing.
    """
    actual = snapshot.supposed.actual if snapshot.supposed is not None else snapshot
    publications = _publications(actual)
    arrivals = _complete(actual, publications)
    key: tuple[object, ...] = tuple(one[0] for one in publications if one[2] in arrivals)
    # Of what was known then, ends that were recorded later are left out: other figures.
    key += (actual.recorded_by,) if actual.recorded_by else ()

    def make() -> CountRecord:
        codes = [city.code for city in actual.cities]
        versions = _versions(actual, line, max(arrivals))
        return count_record(versions, arrivals, codes, line, least_weight=least_weight)

    if not arrivals:
        return CountRecord(())
    return cached_under(actual, ("counts", key, line, least_weight), make)


def count_estimate_record(
    snapshot: Snapshot, line: Decimal, least_weight: Decimal
) -> EstimateRecord | None:
    """Return the same as an EstimateRecord; None if nothing could be tried."""
    found = record_of(snapshot, line, least_weight)
    rate, width, worst = found.rate, found.mean_width, found.worst
    if rate is None or width is None or worst is None:
        return None
    quarter, worst_rate = worst
    return EstimateRecord(rate, width, str(quarter), worst_rate, found.quarters, len(found.trials))


def count_projection_record(snapshot: Snapshot, line: Decimal) -> EstimateRecord | None:
    """
    Return how past projections to the year's end fared; None without any that had ends.

    Of every complete quarter before a year's end that is complete too: made with what was
    accepted when the quarter was first complete, compared with the year's first complete count.
    """
    actual = snapshot.supposed.actual if snapshot.supposed is not None else snapshot
    arrivals = _complete(actual, _publications(actual))
    if not arrivals:
        return None
    versions = _versions(actual, line, max(arrivals))
    found = []
    for quarter, came in sorted(arrivals.items()):
        if quarter.is_year_end or quarter.year_end not in arrivals:
            continue
        then = figures_at(versions, max(came.values()), quarter)
        projection = projected_count(then, quarter, line)
        at_end = figures_at(versions, max(arrivals[quarter.year_end].values()), quarter.year_end)
        truth = certain_count(at_end, quarter.year_end, line).at_least
        if isinstance(projection, LikelyCount) and projection.low is not None:
            found.append(Trial(str(quarter), _likely_range(projection), Decimal(truth)))
    return score(found)


def _likely_range(found: LikelyCount) -> LikelyRange:
    assert found.low is not None
    assert found.high is not None
    return LikelyRange(Decimal(found.low), Decimal(found.centre), Decimal(found.high))


Published = tuple[int | None, str, Quarter, datetime]


def _publications(snapshot: Snapshot) -> list[Published]:
    """
    Return key, city, quarter and time of every publication up to the moment. One query.

    The key is None of one that is supposed.
    """
    code_of = {city.pk: city.code for city in snapshot.cities}
    quarter_of = {pk: quarter for quarter, pk in snapshot.period_ids.items()}
    rows = Publication.objects.seen_from(snapshot).order_by("published_at", "pk")
    found: list[Published] = [
        (pk, code_of[city], quarter_of[period], at)
        for pk, city, period, at in rows.values_list("pk", "city_id", "period_id", "published_at")
    ]
    if new := snapshot.unpublished:
        found.append((None, new.city.code, new.quarter, new.at))
    return found


def _complete(
    snapshot: Snapshot, publications: list[Published]
) -> dict[Quarter, dict[str, datetime]]:
    """Return when each city first reported, for each complete quarter."""
    came: dict[Quarter, dict[str, datetime]] = defaultdict(dict)
    for _pk, city, quarter, at in publications:
        came[quarter].setdefault(city, at)
    return {
        quarter: cities for quarter, cities in came.items() if len(cities) == len(snapshot.cities)
    }


def _versions(snapshot: Snapshot, line: Decimal, until: Quarter) -> Versions:
    """
    Return every version of the figures of the enterprises that ever came near a line. One query.

    Near is at least half the line for a full year at the same rate.
    """
    code_of = {city.pk: city.code for city in snapshot.cities}
    quarter_of = {pk: quarter for quarter, pk in snapshot.period_ids.items() if quarter <= until}
    least = {quarter: line * HALF * quarter.quarter / 4 for quarter in quarter_of.values()}
    found: dict[Hashable, dict[Quarter, list[FigureVersion]]] = {}
    for row in returns_of_large(snapshot, least, least, versions=True):
        figure = firm_figure(code_of[row.city_id], row.revenue, row.revenue_last_year, row.nil)
        assert row.published_at is not None
        by_quarter = found.setdefault(row.enterprise_id, {})
        by_quarter.setdefault(quarter_of[row.period_id], []).append(
            FigureVersion(figure, row.published_at, row.superseded_at)
        )
    return found
