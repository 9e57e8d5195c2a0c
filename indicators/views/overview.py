from django.shortcuts import render

from foundation.tables import Typed
from indicators.charts.chart import drawn
from indicators.charts.trend import trend
from indicators.data.disclosure import known_to
from indicators.data.snapshot_reader import snapshot_of
from indicators.movement.changes import change
from indicators.movement.last_visit import since_last
from indicators.movement.tables import VisitTable
from indicators.outlook.forecasts import worth_drawing
from indicators.public import open_if_public
from indicators.regions.regional_figures import (
    city_rows,
    cluster_rows,
    enterprise_summary,
    park_rows,
)
from indicators.regions.tables import ParkFiguresTable
from indicators.results.scorecard import results_in


@open_if_public
def overview(request):
    """Show the plan's targets with verdict and arithmetic, clusters, parks, cities, enterprises."""
    of, quarter = snapshot_of(request), request.viewpoint.quarter
    results = results_in(of, quarter)
    parks = park_rows(of, quarter, known_to(request))
    context = {
        "snapshot": of,
        "results": results,
        "changes": [change(of, one) for one in results if one.indicator.things is None],
        "counts": [change(of, one) for one in results if one.indicator.things is not None],
        "charts": [
            drawn(of, trend, one, worth_drawing(of, one))
            for one in results
            if one.indicator.things is None
        ],
        "clusters": cluster_rows(of, quarter),
        "parks": ParkFiguresTable(parks, caption=Typed(quarter, "cumulative")),
        "parks_withheld": any(row.withheld for row in parks),
        "cities": city_rows(of, quarter),
        "enterprises": enterprise_summary(of, quarter),
        "plan": of.plan_for(quarter),
    }
    if request.user.is_authenticated:
        kept = request.user.last_look
        since = since_last(of, request.viewpoint, results, kept)
        context["since"] = since
        context["changed"] = since and since.has_changed and VisitTable(since, quarter)
    return render(request, "indicators/overview.html", context)
