from django.shortcuts import render

from indicators.data.snapshot_reader import snapshot_of
from indicators.methodology.estimate_records import record_rows
from indicators.methodology.rules_in_words import RULES
from indicators.methodology.tables import record_table
from indicators.public import open_if_public


@open_if_public
def methods(request):
    """Show how every target is calculated, the rules for all, and how past estimates fared."""
    snapshot, quarter = snapshot_of(request), request.viewpoint.quarter
    records = record_rows(snapshot, quarter)
    context = {
        "plan": snapshot.plan_for(quarter),
        "indicators": snapshot.indicators(quarter),
        "rules": RULES,
        "records": records,
        "record_table": record_table(records),
        "least_weight": snapshot.least_weight(quarter),
    }
    return render(request, "indicators/methods.html", context)
