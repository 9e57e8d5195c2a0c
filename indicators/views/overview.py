from django.conf import settings
from django.shortcuts import render
from django.utils.translation import gettext as _

from indicators.data.snapshot_reader import snapshot_of
from indicators.movement.last_visit import since_last
from indicators.movement.tables import VisitTable
from indicators.overview.city_map import city_map
from indicators.overview.city_rows import overview_cities, silent_words
from indicators.overview.goals import goal_cards
from indicators.overview.tables import OverviewCityTable
from indicators.overview.tasks import task_cards
from indicators.public import open_if_public
from indicators.regions.output_base import output_base
from indicators.results.answer import answer_clauses
from indicators.results.scorecard import results_in


@open_if_public
def overview(request):
    """Show how the plan stands: answer, counts, targets, what needs attention, cities."""
    of, quarter = snapshot_of(request), request.viewpoint.quarter
    results = results_in(of, quarter)
    plan, goals = of.plan_for(quarter), goal_cards(of, results)
    context = {
        "snapshot": of,
        "results": results,
        "plan": plan,
        "answer": answer_clauses(results),
        "tasks": task_cards(results),
        "goals": goals,
        "is_estimated": any(card.is_estimated for card in goals),
        "base": output_base(of, quarter),
        "silent": silent_words(of, quarter),
        "map": city_map(of, quarter),
        "map_caption": settings.MAP_CAPTION
        or _("Map approval number: to be filled in · for internal use only"),
        "cities": OverviewCityTable(
            overview_cities(of, quarter),
            own={city.code for city in request.cities},
            clusters=of.clusters_of(plan),
        ),
    }
    if request.user.is_authenticated:
        kept = request.user.last_look
        since = since_last(of, request.viewpoint, results, kept)
        context["since"] = since
        context["changed"] = since and since.has_changed and VisitTable(since, quarter)
    return render(request, "indicators/overview.html", context)
