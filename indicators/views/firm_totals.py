from django.shortcuts import render

from enterprises.models import IndustryField
from indicators.data.disclosure import NOBODY, known_to
from indicators.data.snapshot_reader import snapshot_of
from indicators.formulas.disclosure import FEWEST_FIRMS, LARGEST_SHARE
from indicators.regions.firm_totals import BY
from indicators.regions.firm_totals import firm_totals as totals_by


def firm_totals(request):
    """
    Show the sums of the enterprise lines by city, park or field; ?for=outside hides small cells.

    Small cells of other cities are always withheld from readers who do not see all enterprises.
    """
    of = snapshot_of(request)
    by = request.GET.get("by") if request.GET.get("by") in BY else "city"
    own = known_to(request, of)
    known = NOBODY if request.GET.get("for") == "outside" else own
    totals = totals_by(of, request.viewpoint.quarter, by, known=known)
    request.is_for_outside = not known
    names = _names(of, by)
    context = {
        "by": by,
        "ways": BY,
        "outside": not known,
        "own_only": 0 < len(known) < len(of.cities),
        "may_choose": len(own) == len(of.cities),
        "rows": [(names(row.key), row) for row in totals.rows],
        "silent": totals.silent if by != "field" else (),
        "total": totals.total,
        "coverage": totals.coverage,
        "fewest": FEWEST_FIRMS,
        "largest": LARGEST_SHARE,
    }
    return render(request, "indicators/firm_totals.html", context)


def _names(of, by):
    """Return a function that gives a row's key its names: city and park, or one of them."""
    city_of = {city.code: city for city in of.cities}
    if by == "city":
        return lambda key: (city_of[key],)
    if by == "field":
        field_of = IndustryField.objects.in_bulk()
        return lambda key: (field_of.get(key),)
    park_of = {park.pk: park for park in of.parks}
    return lambda key: (city_of[key[0]], park_of.get(key[1]))
