from django.http import Http404
from django.shortcuts import render

from indicators.aggregates import snapshot_of
from indicators.catalogue import INDICATORS
from indicators.changes import change
from indicators.charts.contributions import contributions
from indicators.charts.trend import trend
from indicators.prospects import named
from indicators.public import open_if_public
from indicators.scorecard import result_in


@open_if_public
def indicator(request, code):
    """Show one target: arithmetic, pace, bounds, what each city adds, and by which formula."""
    if code not in INDICATORS:
        raise Http404
    of, quarter = snapshot_of(request), request.viewpoint.quarter
    result = result_in(of, INDICATORS[code], quarter)
    near = named(result.near_misses, request.cities)
    context = {
        "result": result,
        "indicator": result.indicator,
        "plan": of.plan_for(quarter),
        "change": change(result),
        "charts": [trend(result), contributions(result)],
        "near_misses": near.rows,
        "near_misses_more": near.more,
        "near_misses_elsewhere": near.elsewhere,
    }
    return render(request, "indicators/indicator.html", context)
