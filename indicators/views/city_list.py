from django.conf import settings
from django.shortcuts import render
from django.utils.translation import gettext as _

from foundation.tables import Typed
from indicators.charts.chart import drawn
from indicators.charts.output import output_by_city
from indicators.data.snapshot_reader import snapshot_of
from indicators.overview.city_map import city_map
from indicators.overview.city_rows import overview_cities
from indicators.regions.output_base import output_base
from indicators.regions.regional_figures import city_rows
from indicators.regions.tables import CityTable


def city_list(request):
    """Show every city's totals; a city's own page opens only to its readers."""
    of, quarter = snapshot_of(request), request.viewpoint.quarter
    rows = city_rows(of, quarter)
    own = {city.code for city in request.cities}
    base = output_base(of, quarter)
    table = CityTable(
        rows,
        share=base.words,
        own=own,
        clusters=of.clusters_of(of.plan_for(quarter)),
        caption=Typed(quarter, "cumulative"),
    )
    trend_of = {row.city.pk: row.trend.cell for row in overview_cities(of, quarter)}
    table.fill(["trend"], lambda record: trend_of[record.city.pk])
    context = {
        "table": table,
        "base": base,
        "map": city_map(of, quarter),
        "map_caption": settings.MAP_CAPTION
        or _("Map approval number: to be filled in · for internal use only"),
        "own": own,
        "charts": [drawn(of, output_by_city, rows)],
    }
    return render(request, "indicators/city_list.html", context)
