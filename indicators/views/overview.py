from django.shortcuts import render

from clusters import marks
from indicators.aggregates import snapshot_of
from indicators.changes import change
from indicators.charts.trend import trend
from indicators.disclosure import known_to
from indicators.forecasting import worth_drawing
from indicators.last_look import since_last
from indicators.places import city_rows, cluster_rows, enterprise_summary, park_rows
from indicators.public import open_if_public
from indicators.scorecard import results_in


@marks.tell_all
@open_if_public
def overview(request):
    """Show the plan's targets with verdict and arithmetic, and what they rest on."""
    of, quarter = snapshot_of(request), request.viewpoint.quarter
    results = results_in(of, quarter)
    parks = park_rows(of, quarter, known_to(request, of))
    context = {
        "snapshot": of,
        "results": results,
        "changes": [change(of, one) for one in results if one.indicator.things is None],
        "counts": [change(of, one) for one in results if one.indicator.things is not None],
        "charts": [
            trend(one, worth_drawing(of, one)) for one in results if one.indicator.things is None
        ],
        "clusters": cluster_rows(of, quarter),
        "parks": parks,
        "parks_withheld": any(row.withheld for row in parks),
        "cities": city_rows(of, quarter),
        "enterprises": enterprise_summary(of, quarter),
        "plan": of.plan_for(quarter),
    }
    if request.user.is_authenticated:
        kept = request.user.last_look
        context["since"] = since_last(of, request.viewpoint, results, kept)
    return render(request, "indicators/overview.html", context)
