from django.shortcuts import render

from indicators.data.disclosure import NOBODY, known_to
from indicators.data.snapshot_reader import snapshot_of
from indicators.formulas.disclosure import FEWEST_FIRMS, LARGEST_SHARE
from indicators.regions.firm_totals import BY
from indicators.regions.firm_totals import firm_totals as totals_by
from indicators.regions.tables import totals_table


def firm_totals(request):
    """
    Show the sums of the enterprise lines by city, park or field; ?for=outside hides small cells.

    Small cells of other cities are always withheld from readers who do not see all enterprises.
    """
    of = snapshot_of(request)
    by = request.GET.get("by") if request.GET.get("by") in BY else "city"
    own = known_to(request)
    known = NOBODY if request.GET.get("for") == "outside" else own
    quarter = request.viewpoint.quarter
    totals = totals_by(of, quarter, by, known=known)
    request.is_for_outside = not known
    context = {
        "by": by,
        "ways": BY,
        "outside": not known,
        "own_only": 0 < len(known) < len(of.cities),
        "may_choose": len(own) == len(of.cities),
        "table": totals.rows and totals_table(of, quarter, by, totals),
        "fewest": FEWEST_FIRMS,
        "largest": LARGEST_SHARE,
    }
    return render(request, "indicators/firm_totals.html", context)
