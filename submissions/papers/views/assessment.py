from dataclasses import replace

from django.contrib.auth.decorators import permission_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from clusters.plans import plan_for
from foundation.frozen_data import canonical, sha256
from foundation.quarters import Quarter
from indicators.data.snapshot_reader import snapshot_of
from indicators.models import Assessment
from submissions import access
from submissions.papers import assessments
from submissions.papers.assessment_figures import last_quarter
from submissions.papers.paper_sheet import assessment_sheet
from submissions.papers.tables import IssuedPaperTable


@permission_required(access.READ_ASSESSMENT, raise_exception=True)
def assessment(request, code):
    """Show what the closing assessment of a plan would say now, and those issued before."""
    viewpoint = access.viewpoint_on_day(request, Quarter.of(timezone.localdate()))
    of = snapshot_of(request, viewpoint)
    plan = next((one for one in of.plans if one.code == code), None)
    if plan is None:
        raise Http404
    viewpoint = replace(viewpoint, quarter=last_quarter(plan))
    every = list(Assessment.objects.filter(plan=plan).select_related("plan", "issued_by"))
    data = assessments.draft_after(plan, every, of, viewpoint)
    context = {
        "viewpoint": viewpoint,
        "sheet": assessment_sheet(data),
        "seen": sha256(canonical(data)),
        "issued": IssuedPaperTable(every),
        "may_issue": request.user.has_perm(access.ISSUE_ASSESSMENT),
    }
    return render(request, "submissions/assessment.html", context)


@permission_required(access.READ_ASSESSMENT, raise_exception=True)
def newest_assessment(request):
    """Redirect to the closing assessment of the viewpoint's plan; say so if there is no plan."""
    if plan := plan_for(request.viewpoint.quarter):
        address = reverse("assessment:assessment", kwargs={"code": plan.code})
        return redirect(access.as_asked(request, address))
    context = {
        "title": _("Closing assessment"),
        "text": _("Says at a plan's end which of its targets were met, and on what evidence."),
        "needs": _("There is no plan yet. An administrator enters it."),
    }
    return render(request, "empty_page.html", context)
