from django.http import Http404
from django.shortcuts import render

from indicators.catalogue import MEASURE_WORDS, Measure
from indicators.data.disclosure import known_to
from indicators.data.snapshot_reader import snapshot_of
from indicators.regions.growth import MEASURES, PROVINCE, named_rows
from indicators.regions.growth_disclosure import growths_for
from indicators.regions.growth_tables import (
    growth_sentence,
    named_table,
    places_table,
    reconciliation_table,
)


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
    named = named_rows(chosen, request.cities)
    context = {
        "measure": asked,
        "measures": [(one.value, MEASURE_WORDS[one]) for one in MEASURES],
        "quarter": quarter,
        "earlier": quarter.year_earlier(),
        "chosen": chosen,
        "sentence": growth_sentence(chosen),
        "reconciliation": reconciliation_table(chosen),
        "places": places_table(places, chosen, quarter, Measure(asked)),
        "named": named,
        "named_table": named.rows and named_table(named, quarter),
        "any_withheld": any(place.withheld for place in places),
    }
    return render(request, "indicators/growth.html", context)
