from django.http import Http404
from django.shortcuts import render

from indicators.catalogue import Measure
from indicators.data.disclosure import known_to
from indicators.data.snapshot_reader import snapshot_of
from indicators.regions.growth import MEASURES, PROVINCE, GrowthReason, named_rows, reason_word
from indicators.regions.growth_disclosure import growths_for


def growth(request):
    """Show growth as reported and of the same enterprises: ?measure=revenue&of=jinan."""
    of, quarter = snapshot_of(request), request.viewpoint.quarter
    asked, key = request.GET.get("measure", Measure.REVENUE), request.GET.get("of", PROVINCE)
    if asked not in MEASURES:
        raise Http404
    places = growths_for(of, quarter, Measure(asked), known_to(request))
    chosen = next((place for place in places if place.key == key), None)
    if chosen is None:
        raise Http404
    context = {
        "measure": asked,
        "quarter": quarter,
        "earlier": quarter.year_earlier(),
        "places": places,
        "chosen": chosen,
        "reasons": [reason_word(reason) for reason in GrowthReason],
        "named": named_rows(chosen, request.cities),
        "any_withheld": any(place.withheld for place in places),
    }
    return render(request, "indicators/growth.html", context)
