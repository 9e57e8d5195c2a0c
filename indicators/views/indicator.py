from django.http import Http404
from django.shortcuts import render

from foundation import data_version
from indicators.catalogue import AMOUNTS, IndicatorKind
from indicators.charts.contributions import contributions
from indicators.charts.trend import trend
from indicators.data.snapshot_reader import snapshot_of
from indicators.kinds import PACE_WORDS
from indicators.methodology.past_corrections import correction_words
from indicators.movement.changes import change
from indicators.outlook.forecasts import ahead, track_record, worth_drawing
from indicators.outlook.prospects import named
from indicators.public import open_if_public
from indicators.results.scorecard import result_in
from indicators.results.share_result import numerator_cities
from indicators.results.version_rows import version_rows


@data_version.tell_all
@open_if_public
def indicator(request, code):
    """Show one target: figure and ranges, pace, what each city adds, and by which formula."""
    of, quarter = snapshot_of(request), request.viewpoint.quarter
    if (found := of.indicator(code, quarter)) is None:
        raise Http404
    result = result_in(of, found, quarter)
    own = set(request.cities.values_list("code", flat=True))
    near = named(result.near_misses, request.cities, codes=own)
    context = {
        "result": result,
        "indicator": result.indicator,
        "plan": of.plan_for(quarter),
        "change": change(of, result),
        # Complete is not final: what corrections have done so far.
        "correction": ""
        if result.provisional
        else correction_words(of, found, numerator_cities(of, found, quarter)),
        "ahead": ahead(result),
        "record": track_record(of, result),
        # A count rests on an amount too, but what is known of its cities are enterprises.
        "amounts": found.measure in AMOUNTS and found.kind is not IndicatorKind.COUNT,
        "pace_rule": PACE_WORDS[result.indicator.pace],
        "versions": version_rows(of, code, quarter),
        "charts": [
            trend(result, worth_drawing(of, result)),
            *([contributions(result)] if result.contributions else []),
        ],
        "behind": [one.city for one in result.contributions if one.city.code in own],
        "near_misses": near.rows,
        "near_misses_more": near.more,
        "near_misses_elsewhere": near.elsewhere,
    }
    return render(request, "indicators/indicator.html", context)
