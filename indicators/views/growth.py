from django.http import Http404
from django.shortcuts import render

from indicators.aggregates import snapshot_of
from indicators.catalogue import Measure
from indicators.growth import PROVINCE, Reason, growths, named_rows, reason_word

# What an enterprise reports in its line.
MEASURES = (Measure.REVENUE, Measure.OUTPUT_VALUE)


def growth(request):
    """Show growth as reported and of the same enterprises: ?measure=revenue&of=jinan."""
    of, quarter = snapshot_of(request), request.viewpoint.quarter
    asked, key = request.GET.get("measure", Measure.REVENUE), request.GET.get("of", PROVINCE)
    if asked not in MEASURES:
        raise Http404
    places = growths(of, quarter, Measure(asked))
    chosen = next((place for place in places if place.key == key), None)
    if chosen is None:
        raise Http404
    context = {
        "measure": asked,
        "quarter": quarter,
        "earlier": quarter.year_earlier(),
        "places": places,
        "chosen": chosen,
        "reasons": [reason_word(reason) for reason in Reason],
        "named": named_rows(chosen, request.cities),
    }
    return render(request, "indicators/growth.html", context)
