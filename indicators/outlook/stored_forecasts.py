"""
Storing forecasts: each is made once, as of the day on which every city of its quarter was accepted.

It is calculated from the returns in force that day. So the same history gives the same forecasts,
whether they are stored on acceptance or when a history is back-filled.
"""

from collections.abc import Iterator
from datetime import date

from django.db import transaction
from django.utils import timezone

from clusters.models import City, Publication
from clusters.viewpoint import Viewpoint, end_of
from foundation.quarters import Quarter
from indicators.data.snapshot_reader import snapshot
from indicators.formulas.forecast import FEWEST_QUARTERS, Forecast
from indicators.models import KeptForecast
from indicators.outlook.forecasts import forecasts_to_store
from indicators.results.indicator_result import IndicatorResult
from indicators.results.scorecard import results_in


def store_forecasts(only: Quarter | None = None) -> list[KeptForecast]:
    """
    Store the forecasts that are missing, of every quarter or of one, and return the new ones.

    A quarter with a silent city has none yet.
    """
    periods = set(Publication.objects.order_by().values_list("period__code", flat=True))
    if len(periods) < FEWEST_QUARTERS:
        return []
    quarters = sorted(Quarter.parse(code) for code in periods)
    stored = []
    for quarter in quarters if only is None else [only]:
        stored += _store_quarter(quarter)
    return stored


@transaction.atomic
def _store_quarter(quarter: Quarter) -> list[KeptForecast]:
    """Store one quarter's forecasts; return the new ones."""
    done = set(
        KeptForecast.objects.filter(made_at=str(quarter)).values_list("indicator", flat=True)
    )
    made = []
    for day in _days(quarter):
        results = results_in(snapshot(Viewpoint(quarter, day, end_of(day))), quarter)
        open_ones = [one for one in results if one.code not in done]
        if not open_ones:
            break
        for result in open_ones:
            if result.coverage.is_complete:
                done.add(result.code)
                made += [_store(result, one, day) for one in forecasts_to_store(result)]
    return made


def _days(quarter: Quarter) -> Iterator[date]:
    """Yield the days of publications from the one with which every city had published."""
    published = Publication.objects.filter(period__code=str(quarter)).order_by("published_at")
    expected, reported, last = City.objects.count(), set(), None
    for city, moment in published.values_list("city_id", "published_at"):
        reported.add(city)
        day = timezone.localtime(moment).date()
        if len(reported) == expected and day != last:
            yield day
            last = day


def _store(result: IndicatorResult, one: Forecast, day: date) -> KeptForecast:
    """Store one forecast."""
    return KeptForecast.objects.create(
        indicator=result.code,
        made_at=str(one.made_at),
        of=str(one.of),
        as_of=day,
        low=one.low,
        middle=one.middle,
        high=one.high,
        method=one.method,
        base=str(one.base),
        times=one.times,
        changes=[str(change) for change in one.changes],
    )
