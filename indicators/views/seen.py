from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from foundation.acts import act_of
from indicators.data.snapshot_reader import snapshot_of
from indicators.movement.last_visit import Visit, stamp
from indicators.results.scorecard import results_in


@act_of(lambda request, **_given: "indicators:overview")
def seen(request):
    """Store what the reader has seen of the targets, unless figures were published meanwhile."""
    snapshot, quarter = snapshot_of(request), request.viewpoint.quarter
    if request.POST.get("shown") == stamp(snapshot):
        request.user.last_look = Visit.of_results(results_in(snapshot, quarter), quarter).written()
        request.user.save(update_fields=["last_look"])
        messages.success(request, _("Noted. What changes from now on is shown here."))
    else:
        messages.warning(request, _("Figures were published while you looked. Look once more."))
    return redirect("indicators:overview")
