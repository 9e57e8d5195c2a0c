from django.shortcuts import render
from django.utils.translation import gettext as _

from clusters.models import ReportingPeriod
from submissions import access
from submissions.models import Submission
from submissions.rules.catalogue import CATALOGUE
from submissions.validation.rule_log import rule_log
from submissions.validation.tables import RuleLogTable, RuleTable

# For how many periods statistics are offered.
RECENT = 8


def rules(request):
    """Show every kind of finding with rationale and example; to the province also statistics."""
    entries = sorted(CATALOGUE.values(), key=lambda e: (e.trial, e.code))
    kinds = {
        "mandatory": _("must be corrected"),
        "advisory": _("must be explained"),
        "trial": _("On trial: nothing need be done"),
    }
    tables = [
        RuleTable(
            [e for e in entries if kind == ("trial" if e.trial else e.severity)],
            key=kind,
            title=title,
        )
        for kind, title in kinds.items()
    ]
    context = {"tables": tables}
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
    return {"log": RuleLogTable(rule_log(cities, period)), "periods": periods, "period": period}
