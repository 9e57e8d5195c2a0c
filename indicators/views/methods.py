from django.shortcuts import render

from indicators.aggregates import snapshot_of
from indicators.methods import RULES
from indicators.public import open_if_public


@open_if_public
def methods(request):
    """Show how every target of the quarter's plan is reckoned, and the rules that hold for all."""
    of, quarter = snapshot_of(request), request.viewpoint.quarter
    context = {"plan": of.plan_for(quarter), "indicators": of.indicators(quarter), "rules": RULES}
    return render(request, "indicators/methods.html", context)
