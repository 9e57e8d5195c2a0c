from django.shortcuts import render

from indicators.aggregates import snapshot_of
from indicators.charts.output import output_by_city
from indicators.places import city_rows


def city_list(request):
    """Show every city's totals; a city's own page opens only to whoever may see it."""
    rows = city_rows(snapshot_of(request), request.viewpoint.quarter)
    context = {
        "cities": rows,
        "own": set(request.cities.values_list("code", flat=True)),
        "charts": [output_by_city(rows)],
    }
    return render(request, "indicators/city_list.html", context)
