from django.shortcuts import render

from clusters.models import ReportingPeriod
from submissions import access
from submissions.models import Submission
from submissions.rules.catalogue import CATALOGUE, Severity
from submissions.validation.rule_log import rule_log

# For how many periods statistics are offered.
RECENT = 8


def rules(request):
    """Show every kind of finding with rationale and example; to the province also statistics."""
    entries = sorted(CATALOGUE.values(), key=lambda e: (e.trial, e.code))
    mandatory = [e for e in entries if e.severity == Severity.MANDATORY]
    context = {
        "mandatory": mandatory,
        "advisory": [e for e in entries if e.severity != Severity.MANDATORY and not e.trial],
        "trial": [e for e in entries if e.trial],
    }
    if not access.reports(request.user):
        context |= log(request)
    return render(request, "submissions/rules.html", context)


def log(request) -> dict:
    """Return the statistics of rules in the user's cities, for one period or all."""
    cities = list(request.cities)
    sent = Submission.objects.in_cities(cities).order_by().values("period")
    periods = list(ReportingPeriod.objects.filter(pk__in=sent).order_by("-code")[:RECENT])
    asked = request.GET.get("period")
    period = next((one for one in periods if one.code == asked), None)
    return {"log": rule_log(cities, period), "periods": periods, "period": period}
