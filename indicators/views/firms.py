from django.http import Http404
from django.shortcuts import render
from django_tables2 import RequestConfig

from indicators.catalogue import IndicatorKind
from indicators.data.snapshot_reader import snapshot_of
from indicators.estimates.projections import firm_projections
from indicators.formulas.firm_outlook import Prospect
from indicators.outlook.firm_filter import FirmFilter, FirmTable
from indicators.outlook.firm_list import (
    by_city,
    by_park,
    elsewhere,
    firm_rows,
    own_firms,
    what_must_happen,
)
from indicators.outlook.tables import ParkPlaceTable, PlaceTable
from indicators.regions.share_words import whose_words
from indicators.results.scorecard import result_in


def firms(request, code):
    """Show the enterprises that are secured, on pace or near misses, and what the target needs."""
    snapshot, quarter = snapshot_of(request), request.viewpoint.quarter
    indicator = snapshot.indicator(code, quarter)
    if indicator is None or indicator.kind is not IndicatorKind.COUNT:
        raise Http404
    result = result_in(snapshot, indicator, quarter)
    every = firm_projections(snapshot, quarter, indicator.line)
    own = set(request.cities.values_list("code", flat=True))
    here = own_firms(every, own)
    found = FirmFilter(request.GET, snapshot=snapshot, own=own)
    year_over = quarter.is_year_end
    parks = by_park(snapshot, here)
    table = FirmTable(firm_rows(snapshot, found.matching(here)), year_over=year_over)
    RequestConfig(request, paginate=False).configure(table).turn_to(request.GET.get("page"))
    context = {
        "result": result,
        "whose": whose_words(result.coverage),
        "form": found,
        "table": table,
        "total": len(table.data),
        "year_over": year_over,
        "expected": every.of(Prospect.SECURED) + every.of(Prospect.ON_PACE),
        "least": sum(every.least.values()),
        "most": sum(every.most.values()),
        "must": what_must_happen(result),
        "cities": PlaceTable(by_city(result, every), year_over=year_over),
        "parks": parks and ParkPlaceTable(parks, year_over=year_over),
        "elsewhere": elsewhere(every, here),
        "whole_province": len(own) == len(snapshot.cities),
    }
    return render(
        request, "indicators/firms.html", context, status=200 if found.is_valid() else 422
    )
