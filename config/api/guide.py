"""`/api/v1/`: the page that says how a program uses the API."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from config.api.lists import LIMIT, MOST

# name of the list -> what it holds
LISTS = {
    "overview": _("How all targets of a quarter stand, in one sentence"),
    "indicators": _("Every target: figure, status, ranges, verdict, coverage"),
    "cities": _("The sixteen cities' own totals"),
    "clusters": _("The clusters of the plan"),
    "parks": _("The characteristic parks"),
    "measures": _("The ledger of measures: every step of a task, its light, its newest report"),
    "enterprises": _("The register with the figures of a quarter; ?city= a code or slug"),
    "submissions": _("Workbooks with status and version; ?city= a code or slug"),
}


def guide(request):
    """Show how to sign in, ask, go through pages and read errors, with examples."""
    context = {
        "base": request.build_absolute_uri("/").removesuffix("/"),
        "lists": [(reverse(f"api-v1:{name}"), words) for name, words in LISTS.items()],
        "limit": LIMIT,
        "most": MOST,
    }
    return render(request, "config/api_guide.html", context)
