from django.shortcuts import render
from django.utils.functional import SimpleLazyObject

from audit.refusals import found_or_404
from clusters.models import City
from indicators.catalogue import FIRMS_OVER_100M
from indicators.charts.amounts import amounts_chart
from indicators.charts.chart import drawn
from indicators.charts.output import city_share
from indicators.data.disclosure import known_to
from indicators.data.snapshot_reader import snapshot_of
from indicators.outlook.prospects import named
from indicators.outlook.tables import NearMissTable
from indicators.regions.amounts import asked_amounts, city_amounts, ways
from indicators.regions.regional_figures import city_figures, city_history, park_rows, tier_counts
from indicators.results.scorecard import result_in


def city(request, slug):
    """Show one city: output, revenue, enterprises, parks, near misses."""
    city = found_or_404(request, request.cities, City.objects, slug=slug)
    of, quarter = snapshot_of(request), request.viewpoint.quarter
    how = asked_amounts(request)
    amounts = drawn(of, amounts_chart, city_amounts(of, city, quarter, how))
    firms = result_in(of, FIRMS_OVER_100M, quarter)

    def parks():
        return [row for row in park_rows(of, quarter, known_to(request)) if row.park.city == city]

    def near_misses():
        here = [one for one in firms.near_misses if one.city == city.code]
        rows = named(here, request.cities, codes={city.code}).rows
        return rows and NearMissTable(rows, year_over=quarter.is_year_end)

    context = {
        "city": city,
        "figures": city_figures(of, city, quarter),
        "contribution": next(c for c in firms.contributions if c.city == city),
        "ways": ways(how),
        "charts": [amounts, drawn(of, city_share, city_history(of, city, quarter))],
        "clusters": [c for c in of.clusters_of(of.plan_for(quarter)) if c.city == city],
        # In a cached part (config.web.page_key), which mostly is there already.
        "parks": SimpleLazyObject(parks),
        "tiers": SimpleLazyObject(lambda: tier_counts(of, quarter, city)),
        "near_misses": SimpleLazyObject(near_misses),
    }
    return render(request, "indicators/city.html", context)
