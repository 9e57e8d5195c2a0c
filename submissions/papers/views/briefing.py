from django.contrib.auth.decorators import permission_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from clusters.models import ReportingPeriod
from foundation.frozen_data import canonical, sha256
from foundation.quarters import Quarter
from indicators.data.snapshot_reader import snapshot_of
from indicators.models import Briefing
from submissions import access
from submissions.papers import briefings
from submissions.papers.paper_sheet import briefing_sheet
from submissions.papers.tables import IssuedPaperTable


@permission_required(access.READ_BRIEFING, raise_exception=True)
def briefing(request, period):
    """Show what the briefing of a period would say now, and those that have been issued."""
    if other := another_period(request, period):
        return redirect(other)
    viewpoint = access.viewpoint_in(request, period)
    every = list(Briefing.objects.select_related("plan", "period", "issued_by"))
    data = briefings.draft_after(every, snapshot_of(request, viewpoint), viewpoint)
    context = {
        "viewpoint": viewpoint,
        "sheet": briefing_sheet(data),
        "seen": sha256(canonical(data)),
        "issued": IssuedPaperTable(one for one in every if one.period.code == period),
        "may_issue": data["plan"] and request.user.has_perm(access.ISSUE_BRIEFING),
    }
    return render(request, "submissions/briefing.html", context)


@permission_required(access.READ_BRIEFING, raise_exception=True)
def newest_briefing(request):
    """Redirect to the briefing of the viewpoint's quarter; say so if the calendar has none."""
    period = str(request.viewpoint.quarter)
    if ReportingPeriod.objects.filter(code=period).exists():
        address = reverse("briefing:briefing", kwargs={"period": period})
        return redirect(access.as_asked(request, address))
    context = {
        "title": _("Briefing"),
        "text": _("One page on a quarter, to print and to issue: verdicts, why, and who is late."),
        "needs": _("There are no reporting periods yet. An administrator enters them."),
    }
    return render(request, "empty_page.html", context)


def another_period(request, period):
    """Return the address of the period that the bar asks for, if it is not this one."""
    asked = request.GET.copy()
    try:
        quarter = Quarter.parse(asked.get("period", period))
    except ValueError as wrong:
        raise Http404(str(wrong)) from None
    if str(quarter) == period:
        return None
    del asked["period"]
    address = reverse("briefing:briefing", kwargs={"period": str(quarter)})
    return f"{address}?{asked.urlencode()}" if asked else address
