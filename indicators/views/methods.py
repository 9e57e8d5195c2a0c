from django.shortcuts import render

from indicators.data.snapshot_reader import snapshot_of
from indicators.methodology.estimate_records import record_rows
from indicators.methodology.rules_in_words import RULES
from indicators.public import open_if_public


@open_if_public
def methods(request):
    """Show how every target is calculated, the rules for all, and how past estimates fared."""
    of, quarter = snapshot_of(request), request.viewpoint.quarter
    context = {
        "plan": of.plan_for(quarter),
        "indicators": of.indicators(quarter),
        "rules": RULES,
        "records": record_rows(of, quarter),
        "least_weight": of.least_weight(quarter),
    }
    return render(request, "indicators/methods.html", context)
