from django.shortcuts import render

from indicators.data.snapshot_reader import snapshot_of
from indicators.movement.changes import change
from indicators.public import open_if_public
from indicators.results.scorecard import results_in


@open_if_public
def targets(request):
    """Show every target of the plan with its verdict and what it rests on."""
    of, quarter = snapshot_of(request), request.viewpoint.quarter
    results = results_in(of, quarter)
    context = {
        "plan": of.plan_for(quarter),
        "changes": [change(of, one) for one in results],
        "is_empty": not any(one.target for one in results),
    }
    return render(request, "indicators/targets.html", context)
