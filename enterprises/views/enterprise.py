from django.shortcuts import render

from audit.refusals import found_or_404
from enterprises.models import Enterprise, EnterpriseReturn
from enterprises.tables import ReturnTable
from enterprises.timeline import MOVE, NAME, TITLE, timeline


def enterprise(request, credit_code):
    """Show one enterprise of the reader's cities: its record, titles and history."""
    mine = Enterprise.objects.in_cities(request.cities).select_related("city", "park", "field")
    enterprise = found_or_404(request, mine, Enterprise.objects, credit_code=credit_code.upper())
    viewpoint = request.viewpoint
    day = viewpoint.quarter.last_day
    reports = enterprise.returns.seen_from(viewpoint).filter(
        period__code__lte=str(viewpoint.quarter)
    )
    reports = reports.with_restated(viewpoint).with_recorded_at().select_related("city", "period")
    reports = list(reports.order_by("-period__code"))
    past = timeline(enterprise)
    latest = reports[0] if reports else None
    context = {
        "enterprise": enterprise,
        "reports": reports,
        "table": ReturnTable(reports, title=enterprise.name),
        "latest": latest,
        "figures": labelled(latest),
        "awards": [(award, award.held(day)) for award in past[TITLE]],
        "former_names": past[NAME],
        "moves": past[MOVE],
    }
    return render(request, "enterprises/enterprise.html", context)


def labelled(latest):
    """Return what a return reports: each figure's name, itself, and whether it is money."""
    amounts = EnterpriseReturn.amounts()
    return [
        (
            EnterpriseReturn._meta.get_field(name).verbose_name,
            getattr(latest, name, None),
            name in amounts,
        )
        for name in EnterpriseReturn.reported()
    ]
