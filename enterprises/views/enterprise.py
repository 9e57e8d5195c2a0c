from django.shortcuts import get_object_or_404, render

from enterprises.models import Enterprise
from enterprises.tables import ReturnTable
from enterprises.timeline import MOVE, NAME, TITLE, past_of


def enterprise(request, credit_code):
    """Show one enterprise of the reader's cities: its record, titles and history."""
    enterprise = get_object_or_404(
        Enterprise.objects.in_cities(request.cities).select_related("city", "park", "field"),
        credit_code=credit_code.upper(),
    )
    viewpoint = request.viewpoint
    day = viewpoint.quarter.last_day
    reports = enterprise.returns.as_of(viewpoint.moment).filter(
        period__code__lte=str(viewpoint.quarter)
    )
    reports = reports.with_restated(viewpoint.moment).select_related("city", "period")
    reports = list(reports.order_by("-period__code"))
    past = past_of(enterprise)
    context = {
        "enterprise": enterprise,
        "reports": reports,
        "table": ReturnTable(reports, title=enterprise.name),
        "latest": reports[0] if reports else None,
        "awards": [(award, award.held(day)) for award in past[TITLE]],
        "former_names": past[NAME],
        "moves": past[MOVE],
    }
    return render(request, "enterprises/enterprise.html", context)
