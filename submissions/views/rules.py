from django.shortcuts import render

from clusters.models import ReportingPeriod
from submissions import access
from submissions.models import Submission
from submissions.rules.catalogue import CATALOGUE, Severity
from submissions.validation.rule_log import rule_log

# Of how many periods the log can be asked for.
RECENT = 8


def rules(request):
    """Show every kind of finding, with reason and case; to the province also how each fares."""
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
    """Return how the rules fare in the user's cities, of the period asked for or of all."""
    cities = list(request.cities)
    sent = Submission.objects.in_cities(cities).order_by().values("period")
    periods = list(ReportingPeriod.objects.filter(pk__in=sent).order_by("-code")[:RECENT])
    asked = request.GET.get("period")
    period = next((one for one in periods if one.code == asked), None)
    return {"log": rule_log(cities, period), "periods": periods, "period": period}
