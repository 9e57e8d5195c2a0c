from django.shortcuts import render
from django.views.decorators.http import require_safe

from indicators.data.snapshot_reader import snapshot_of
from indicators.estimates.projections import outlooks
from indicators.outlook.firm_list import name_rows
from indicators.outlook.what_if import SuppositionForm, supposed_results
from indicators.outlook.what_if_rows import choices, city_rows, widest_count
from indicators.results.scorecard import results_in


@require_safe
def what_if(request):
    """Show both targets as they are and as they would be: from the address, and never saved."""
    of, quarter = snapshot_of(request), request.viewpoint.quarter
    form = SuppositionForm(request.GET, of=of, quarter=quarter, cities=request.cities)
    supposition = form.supposition
    actual = results_in(of, quarter)
    then = actual if supposition.is_empty else supposed_results(of, quarter, supposition)
    left_out = {left.enterprise for left in supposition.without}
    counted = widest_count(of.indicators(quarter))
    firms = choices(
        of, outlooks(of, quarter, counted.line), {city.code for city in form.own}, left_out
    )
    name_rows(firms.rows)
    context = {
        "form": form,
        "is_empty": supposition.is_empty,
        "targets": list(zip(actual, then, strict=True)),
        "cities": city_rows(of, quarter, form),
        "firms": firms,
        "counted": counted,
        "left_out": form.left_out,
    }
    return render(
        request, "indicators/what_if.html", context, status=200 if form.is_valid() else 422
    )
