from django.http import Http404
from django.shortcuts import render

from indicators.catalogue import IndicatorKind
from indicators.charts.heaping import heaping as chart_of
from indicators.data.snapshot_reader import snapshot_of
from indicators.estimates.projections import firm_projections
from indicators.formulas.heaping import strip
from indicators.models import Target
from indicators.results.scorecard import result_in


def heaping(request, code):
    """Show how enterprises lie around the threshold: only to those who see the whole province."""
    snapshot, quarter = snapshot_of(request), request.viewpoint.quarter
    indicator = snapshot.indicator(code, quarter)
    if indicator is None or indicator.kind is not IndicatorKind.COUNT:
        raise Http404
    if request.cities.count() < len(snapshot.cities):
        request.out_of_scope = Target.objects.filter(indicator=code).first()
        raise Http404
    every = firm_projections(snapshot, quarter, indicator.line).every
    found = strip((one.cumulative for one in every), indicator.threshold)
    context = {
        "result": result_in(snapshot, indicator, quarter),
        "strip": found,
        "charts": [chart_of(found)],
    }
    return render(request, "indicators/heaping.html", context)
