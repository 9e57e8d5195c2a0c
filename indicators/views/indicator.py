from django.http import Http404
from django.shortcuts import render

from indicators.catalogue import AMOUNTS, IndicatorKind
from indicators.charts.chart import drawn
from indicators.charts.contributions import contributions
from indicators.charts.trend import trend
from indicators.data.snapshot_reader import snapshot_of
from indicators.kinds import PACE_WORDS
from indicators.methodology.past_corrections import correction_words
from indicators.movement.changes import change
from indicators.outlook.forecasts import deadline_forecast, track_record, worth_drawing
from indicators.outlook.prospects import named
from indicators.outlook.tables import NearMissTable, forecast_table
from indicators.public import open_if_public
from indicators.results.four_quarters import four_quarters, is_of_four_quarters
from indicators.results.scorecard import result_in
from indicators.results.share_result import numerator_cities
from indicators.results.tables import TargetVersionTable, ThingTable, silent_table
from indicators.results.version_rows import version_rows


@open_if_public
def indicator(request, code):
    """Show one target: figure and ranges, pace, cities' contributions, formula."""
    of, quarter = snapshot_of(request), request.viewpoint.quarter
    if (found := of.indicator(code, quarter)) is None:
        raise Http404
    result = result_in(of, found, quarter)
    own = {city.code for city in request.cities}
    record, versions = track_record(of, result), version_rows(of, code, quarter)
    # A count rests on an amount too, but what is known of its cities are enterprises.
    is_amount = found.measure in AMOUNTS and found.kind is not IndicatorKind.COUNT
    near = named(result.near_misses, request.cities, codes=own)
    rolling = four_quarters(of, result) if is_of_four_quarters(found) else None
    context = {
        "result": result,
        "indicator": result.indicator,
        "plan": of.plan_for(quarter),
        "change": change(of, result),
        # A complete quarter can still be corrected.
        "correction": ""
        if result.provisional
        else correction_words(of, found, numerator_cities(of, found, quarter)),
        "deadline_forecast": deadline_forecast(result),
        "record": record,
        "forecasts": record.rows and forecast_table(record, result.unit),
        "silent": result.silent and silent_table(result, "amount" if is_amount else "count"),
        "things": result.things and ThingTable(result.things),
        "pace_rule": PACE_WORDS[result.indicator.pace],
        "newest_version": versions[0] if versions else None,
        "versions": versions
        and TargetVersionTable(versions, exclude=() if request.user.is_authenticated else ["by"]),
        "charts": [
            drawn(of, trend, result, worth_drawing(of, result), rolling),
            *([drawn(of, contributions, result)] if result.contributions else []),
        ],
        "behind": [one.city for one in result.contributions if one.city.code in own],
        "near_misses": near.rows and NearMissTable(near.rows, year_over=quarter.is_year_end),
        "near_misses_elsewhere": near.elsewhere,
    }
    return render(request, "indicators/indicator.html", context)
