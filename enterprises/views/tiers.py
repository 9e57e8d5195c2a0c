from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _

from clusters.quarters import Quarter
from enterprises.membership import tier_moves


def tiers(request):
    """Show who holds each title at the quarter's end, who joined, who left: ?since=2024Q4."""
    quarter = request.viewpoint.quarter
    try:
        since = Quarter.parse(request.GET.get("since") or str(quarter.year_earlier()))
    except ValueError:
        raise Http404(_("Write the period as 2025Q3.")) from None
    context = {
        "since": since,
        "moves": tier_moves(since, quarter, request.cities),
    }
    return render(request, "enterprises/tiers.html", context)
