from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.quarters import Quarter
from indicators.catalogue import Indicator
from indicators.charts.chart import drawn
from indicators.charts.waterfall import waterfall
from indicators.data.snapshot import Snapshot
from indicators.data.snapshot_reader import snapshot_of
from indicators.formulas.bridge import Cause
from indicators.movement.comparison_point import EarlierForm, presets, usual
from indicators.movement.contributors import contributors, grid
from indicators.movement.movement import movement_in
from indicators.movement.movement_words import (
    cause_meaning,
    cause_word,
    left_out_words,
    movement_sentence,
)
from indicators.movement.tables import ContributorTable, grid_table
from indicators.public import open_if_public
from indicators.results.scorecard import baseline_in


@open_if_public
def first_movement(request):
    """Redirect to what moved the first target whose movement is split, keeping the viewpoint."""
    found = split_targets(snapshot_of(request), request.viewpoint.quarter)
    if found:
        address = reverse("indicators:movement", args=[found[0].code])
        asked = request.GET.urlencode()
        return redirect(f"{address}?{asked}" if asked else address)
    context = {
        "title": _("What moved it"),
        "text": _("Splits the movement of a target between two quarters by cause and by city."),
        "needs": _(
            "No target of this quarter can be split. An administrator enters the plan's targets."
        ),
    }
    return render(request, "empty_page.html", context)


def split_targets(of: Snapshot, quarter: Quarter) -> list[Indicator]:
    """Return the indicators of a quarter whose movement is split by city and cause."""
    return [one for one in of.indicators(quarter) if one.is_split]


@open_if_public
def movement(request, code):
    """Show the movement of a target: ?from=2025Q2&since=2025-09-30."""
    now, viewpoint = snapshot_of(request), request.viewpoint
    found = now.indicator(code, viewpoint.quarter)
    if found is None or not found.is_split:
        raise Http404
    asked = EarlierForm(request.GET or None, snapshot=now, viewpoint=viewpoint)
    is_asked = "from" in request.GET
    earlier = asked.earlier if is_asked and asked.is_valid() else usual(viewpoint)
    then = earlier.snapshot(now)
    moved = movement_in(now, viewpoint.quarter, then, earlier.quarter, found)
    baseline = baseline_in(now, found.code, viewpoint.quarter)
    cities, behind = grid(moved), contributors(moved, then, now, request.cities)
    context = {
        "indicator": moved.indicator,
        "targets": split_targets(now, viewpoint.quarter),
        "movement": moved,
        "sentence": movement_sentence(moved),
        "left_out": left_out_words(moved),
        "earlier": earlier,
        "form": asked if is_asked else None,
        "choices": asked.comparable,
        "presets": presets(now, viewpoint, baseline and baseline.period, earlier),
        "charts": [drawn(now, waterfall, moved)],
        "grid": cities,
        "cities": cities and cities.rows and grid_table(moved, cities),
        "contributors": behind,
        "firms": behind.rows and ContributorTable(moved, behind),
        "meanings": [
            (cause_word(cause, over_years=moved.is_over_years), cause_meaning(cause))
            for cause in Cause
        ],
    }
    status = 422 if is_asked and not asked.is_valid() else 200
    return render(request, "indicators/movement.html", context, status=status)
