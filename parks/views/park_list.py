from django.shortcuts import render

from clusters.plans import plan_for
from foundation.tables import Typed
from parks.models import Park, ParkReturn
from parks.tables import ParkLine, ParkTable


def park_list(request):
    """Show the plan's parks with what their cities report of them for the quarter."""
    plan, viewpoint = plan_for(request.viewpoint.quarter), request.viewpoint
    reports = ParkReturn.objects.seen_from(viewpoint).filter(
        park__plan=plan, period__code=str(viewpoint.quarter)
    )
    of_park = {report.park_id: report for report in reports}
    parks = Park.objects.filter(plan=plan).select_related("city")
    lines = [
        ParkLine(
            park,
            viewpoint.quarter,
            of_park.get(park.pk),
            park.standing_on(viewpoint.counted_on),
        )
        for park in parks
    ]
    table = ParkTable(lines, caption=Typed(viewpoint.quarter, "cumulative"))
    context = {"plan": plan, "table": table, "reported": len(of_park)}
    return render(request, "parks/park_list.html", context)
