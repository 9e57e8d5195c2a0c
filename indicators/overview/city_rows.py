"""The rows of the cities: trend, growth on the year, output value; who is silent, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from clusters.models import City
from foundation.quarters import Quarter
from indicators.catalogue import CLUSTER_OUTPUT_SHARE
from indicators.data.snapshot import Snapshot
from indicators.data.snapshot_cache import cached_by_snapshot
from indicators.overview.place_trends import PlaceTrend, indexed, place_trends
from indicators.regions.place_figures import CityFigures
from indicators.regions.regional_figures import city_rows
from indicators.results.four_quarters import rolling_series
from indicators.verdict.sentences import NAMED_CITIES


@dataclass(frozen=True)
class OverviewCity:
    """
    A city's row.

    trend       its output value of four quarters together, the first 100
    growth      on the year, a fraction; of a silent city up to `until`, its newest quarter of
                the year; None if unknown
    until       None of a city that has reported
    """

    figures: CityFigures
    trend: PlaceTrend
    growth: Decimal | None
    until: Quarter | None

    @property
    def city(self) -> City:
        """The city."""
        return self.figures.city

    @property
    def is_silent(self) -> bool:
        """Whether it has no accepted output value of the quarter."""
        return not self.figures.output_reported

    @property
    def output_value(self) -> Decimal | None:
        """Its output value of the quarter, yuan, cumulative; None if not reported."""
        return self.figures.totals.output_value


def overview_cities(snapshot: Snapshot, quarter: Quarter) -> tuple[OverviewCity, ...]:
    """Return the cities' rows: those that have reported by growth, then the silent by code."""
    return _rows(snapshot, quarter, get_language())


@cached_by_snapshot(maxsize=16)
def _rows(snapshot: Snapshot, quarter: Quarter, language: str | None) -> tuple[OverviewCity, ...]:
    series = rolling_series(snapshot, CLUSTER_OUTPUT_SHARE)
    quarters = snapshot.with_figures(quarter)
    trends = place_trends({code: indexed(one, quarters) for code, one in series.items()}, quarters)
    rows = []
    for figures in city_rows(snapshot, quarter):
        growth, until = _growth(snapshot, figures, quarter)
        rows.append(OverviewCity(figures, trends[figures.city.code], growth, until))
    return tuple(sorted(rows, key=_order))


def _order(row: OverviewCity) -> tuple[bool, bool, Decimal, Decimal]:
    known = Decimal("0") if row.growth is None or row.is_silent else row.growth
    return row.is_silent, row.growth is None, -known, -(row.output_value or Decimal("0"))


def _growth(
    snapshot: Snapshot, figures: CityFigures, quarter: Quarter
) -> tuple[Decimal | None, Quarter | None]:
    """Return a city's growth; of a silent one that of its newest quarter of the year, and which."""
    if figures.output_reported or figures.last is None:
        return figures.growth, None
    newest = figures.last.quarter
    before = snapshot.output_value(figures.city, newest.year_earlier())
    now = figures.last.totals.output_value
    if newest.year != quarter.year or not before or now is None:
        return None, None
    return now / before - 1, newest


def silent_words(snapshot: Snapshot, quarter: Quarter) -> str:
    """Return who is silent: all names up to three, else the first and their number; or empty."""
    silent = [row.city for row in city_rows(snapshot, quarter) if not row.output_reported]
    every = [city.short for city in silent]
    if not every:
        return ""
    if len(every) == len(snapshot.cities):
        return _("no city has reported")
    return named_few(every)


def named_few(cities: Sequence[str]) -> str:
    """Return that some cities have not reported: three names, or the first and how many."""
    if len(cities) > NAMED_CITIES:
        words = _("%(city)s and others, %(number)s cities, have not reported")
        return words % {"city": cities[0], "number": len(cities)}
    together = pgettext("between cities", ", ").join(cities)
    words = ngettext("%(cities)s has not reported", "%(cities)s have not reported", len(cities))
    return words % {"cities": together}
