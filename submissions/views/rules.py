from django.shortcuts import render

from submissions.rules.catalogue import CATALOGUE, Severity


def rules(request):
    """Show every kind of finding: what it says, why there is such a rule, and a case of it."""
    entries = sorted(CATALOGUE.values(), key=lambda e: (e.trial, e.code))
    mandatory = [e for e in entries if e.severity == Severity.MANDATORY]
    context = {
        "mandatory": mandatory,
        "advisory": [e for e in entries if e.severity != Severity.MANDATORY and not e.trial],
        "trial": [e for e in entries if e.trial],
    }
    return render(request, "submissions/rules.html", context)
