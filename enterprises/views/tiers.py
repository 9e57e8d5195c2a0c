from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _

from enterprises.membership import TierMoves, tier_moves
from enterprises.tables import AwardTable
from foundation.quarters import Quarter


def tiers(request):
    """Show who holds each title at the quarter's end, who joined, who left: ?since=2024Q4."""
    quarter = request.viewpoint.quarter
    try:
        since = Quarter.parse(request.GET.get("since") or str(quarter.year_earlier()))
    except ValueError:
        raise Http404(_("Write the period as 2025Q3.")) from None
    context = {
        "since": since,
        "moves": [(row, _tables(row)) for row in tier_moves(since, quarter, request.cities)],
    }
    return render(request, "enterprises/tiers.html", context)


def _tables(row: TierMoves) -> list[AwardTable]:
    """Return who joined a tier and who left it; no table where nobody did."""
    code, named = row.tier.code, {"tier": row.tier}
    joined = AwardTable(row.joined, key=f"joined-{code}", title=_("Joined: %(tier)s") % named)
    left = AwardTable(row.left, key=f"left-{code}", title=_("Left: %(tier)s") % named)
    return [table for table in (joined, left) if table.data]
