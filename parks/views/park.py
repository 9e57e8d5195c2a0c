from django.shortcuts import get_object_or_404, render

from parks.models import Park
from parks.tables import ParkLine, ParkQuarterTable


def park(request, slug):
    """Show one park: its figures by quarter, and its city's remarks on progress."""
    park = get_object_or_404(Park.objects.select_related("city", "plan"), slug=slug)
    viewpoint = request.viewpoint
    reports = park.returns.seen_from(viewpoint).filter(period__code__lte=str(viewpoint.quarter))
    reports = list(reports.with_recorded_at().select_related("period").order_by("-period__code"))
    lines = [ParkLine(park, report.period.quarter, report) for report in reports]
    context = {
        "park": park,
        "established": park.standing_on(viewpoint.counted_on),
        "reports": reports,
        "table": ParkQuarterTable(lines, title=park),
        "latest": next((r for r in reports if r.period.quarter == viewpoint.quarter), None),
    }
    return render(request, "parks/park.html", context)
