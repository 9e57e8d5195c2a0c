from django.shortcuts import render
from django.views.decorators.http import require_safe

from indicators.data.snapshot_reader import snapshot_of
from indicators.estimates.projections import firm_projections
from indicators.outlook.firm_list import name_rows
from indicators.outlook.tables import WhatIfCityTable, WhatIfFirmTable, what_if_table
from indicators.outlook.what_if import ScenarioForm, scenario_results
from indicators.outlook.what_if_rows import choices, city_rows, widest_count
from indicators.results.scorecard import results_in


@require_safe
def what_if(request):
    """Show the targets as they are and in the scenario of the address. Nothing is stored."""
    of, quarter = snapshot_of(request), request.viewpoint.quarter
    form = ScenarioForm(request.GET, snapshot=of, quarter=quarter, cities=request.cities)
    scenario = form.scenario
    actual = results_in(of, quarter)
    then = actual if scenario.is_empty else scenario_results(of, quarter, scenario)
    left_out = {left.enterprise for left in scenario.without}
    counted = widest_count(of.indicators(quarter))
    projections = firm_projections(of, quarter, counted.line)
    firms = choices(of, projections, {city.code for city in form.own}, left_out)
    name_rows(firms.rows)
    targets = list(zip(actual, then, strict=True))
    context = {
        "form": form,
        "is_empty": scenario.is_empty,
        "targets": targets,
        "table": what_if_table(targets, is_empty=scenario.is_empty),
        "cities": form.own and WhatIfCityTable(city_rows(of, quarter, form)),
        "firms": firms.rows and WhatIfFirmTable(firms),
        "more": firms.more,
        "counted": counted,
        "left_out": form.left_out,
    }
    return render(
        request, "indicators/what_if.html", context, status=200 if form.is_valid() else 422
    )
