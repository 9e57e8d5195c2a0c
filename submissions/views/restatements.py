from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render

from clusters.viewpoint import end_of, parse_as_of
from indicators.data.disclosure import known_to
from indicators.data.snapshot_reader import snapshot_of
from submissions.lineage.restatements import restatements as read
from submissions.lineage.restatements import versions, withdrawn_versions
from submissions.lineage.tables import WithdrawnTable, restated_totals

PER_PAGE = 10


def restatements(request):
    """List the restatements: ?city=weifang&of=2024Q4&since=2025-01-01."""
    of = snapshot_of(request)
    asked = {name: request.GET.get(name, "") for name in ("city", "of", "since")}
    try:
        since = parse_as_of(asked["since"])
    except ValueError:
        raise Http404 from None
    pairs = versions(
        request.viewpoint,
        request.cities,
        city=asked["city"],
        period=asked["of"],
        since=end_of(since) if since else None,
    )
    page = Paginator(pairs, PER_PAGE).get_page(request.GET.get("page"))
    found = read(of, list(page.object_list), known_to(request))
    withdrawn = withdrawn_versions(
        request.viewpoint.moment, request.cities, city=asked["city"], period=asked["of"]
    )
    context = {
        "withdrawn": WithdrawnTable(withdrawn) if withdrawn else None,
        "restatements": [(one, restated_totals(one)) for one in found],
        "page": page,
        "asked": asked | {"since": since},
        "cities": of.cities,
        "quarters": of.reported_quarters,
    }
    return render(request, "submissions/restatements.html", context)
