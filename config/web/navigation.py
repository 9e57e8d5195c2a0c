"""Parts of every page: navigation, links, the demonstration's mark. Template builtins."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from django import template
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Exists, Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audit.proposals.views import VIEW
from audit.views.trail import READ as READ_AUDIT
from config.web.to_do import number_in_ledger, number_to_confirm, number_to_do
from enterprises.models import Enterprise
from submissions import access

register = template.Library()


@dataclass(frozen=True)
class Part:
    """
    One entry of the navigation.

    page        the name of the page it leads to
    label       a short word
    pages       names of further pages that belong to it; "clusters:" is all of that namespace
    permission  what a reader needs to see the entry; "" if being signed in is enough
    counts      returns how many things the reader of a request has to do there, from the request
                and the reader's permissions; None if no number stands beside it
    reads_then  whether it can show a past day as known then; papers cannot
    """

    page: str
    label: Promise
    pages: tuple[str, ...] = ()
    permission: str = ""
    counts: Callable[..., int | None] | None = None
    reads_then: bool = True

    def contains(self, page: str) -> bool:
        """Return whether a page, by its name, belongs to this part."""
        namespaces = tuple(one for one in self.pages if one.endswith(":"))
        return page == self.page or page in self.pages or page.startswith(namespaces)


# In the order of the navigation. A page belongs to the first part that names it.
NAVIGATION = [
    Part("indicators:overview", _("Overview")),
    Part(
        "indicators:targets",
        pgettext_lazy("navigation", "Targets"),
        ("indicators:indicator", "indicators:firms", "indicators:heaping"),
    ),
    Part("clusters:cluster_list", pgettext_lazy("navigation", "Clusters"), ("clusters:",)),
    Part("parks:park_list", pgettext_lazy("navigation", "Parks"), ("parks:",)),
    Part("indicators:city_list", _("Cities"), ("indicators:city",)),
    Part(
        "measures:ledger",
        pgettext_lazy("navigation", "Measures"),
        ("measures:",),
        counts=number_in_ledger,
    ),
    Part(
        "enterprises:register",
        pgettext_lazy("navigation", "Firms"),
        ("enterprises:", "indicators:firm_totals", "indicators:growth"),
    ),
    Part(
        "indicators:first_movement",
        pgettext_lazy("navigation", "Changes"),
        ("indicators:movement", "submissions:restatements"),
    ),
    Part("indicators:what_if", pgettext_lazy("navigation", "What-if")),
    Part(
        "briefing:newest",
        pgettext_lazy("navigation", "Briefing"),
        ("briefing:",),
        permission=access.READ_BRIEFING,
        reads_then=False,
    ),
    Part(
        "assessment:newest",
        pgettext_lazy("navigation", "Assessment"),
        ("assessment:",),
        permission=access.READ_ASSESSMENT,
        reads_then=False,
    ),
    Part("indicators:methods", pgettext_lazy("navigation", "Methods")),
    Part(
        "submissions:inbox",
        pgettext_lazy("navigation", "Returns"),
        ("submissions:",),
        counts=number_to_do,
    ),
    Part(
        "proposals:proposals",
        pgettext_lazy("navigation", "Confirm"),
        ("proposals:",),
        permission=VIEW,
        counts=number_to_confirm,
    ),
    Part("audit", pgettext_lazy("navigation", "Audit"), permission=READ_AUDIT),
]

A_MINUTE = 60.0


class Demonstration:
    """
    Whether this database holds the demonstration.

    True is cached for ever, False for a minute: demonstration data are never mixed with real
    returns, so they never leave a database. The oldest enterprise decides, because the
    demonstration is refused where real enterprises exist.
    """

    def __init__(self):
        self.forget()

    def __bool__(self):
        if not self.is_known and time.monotonic() >= self.ask_again_at:
            self.note(demonstration_exists())
        return self.is_known

    def note(self, answer: bool):
        """Cache an answer: True for ever, False for a minute."""
        self.is_known = answer
        self.ask_again_at = time.monotonic() + A_MINUTE

    def forget(self):
        """Clear the cache: for tests, where one process sees many databases."""
        self.is_known = False
        self.ask_again_at = 0.0


def demonstration_exists() -> bool:
    """Return whether there is a demonstration account or enterprise. One query."""
    oldest = Enterprise.objects.order_by("pk").values("pk")[:1]
    marked = Enterprise.objects.filter(is_demonstration=True, pk__in=oldest)
    accounts = get_user_model().objects.filter(Q(is_demonstration=True) | Exists(marked))
    return accounts.exists()


demonstration = Demonstration()


@register.inclusion_tag("components/demonstration_notice.html")
def demonstration_notice():
    """Show the mark 示例数据 if this database holds demonstration data."""
    return {"is_demonstration": bool(demonstration)}


@register.simple_tag
def is_demonstration() -> bool:
    """Return whether this database holds demonstration data."""
    return bool(demonstration)


@register.inclusion_tag("components/navigation.html", takes_context=True)
def navigation(context):
    """Show the links to the parts that the reader may see, with the current one marked."""
    request, user = context.get("request"), context.get("user")
    if not user or not user.is_authenticated:
        return {"items": [], "user": user}
    page = page_name(request)
    of_now, viewpoint = asked_viewpoint(request, OF_NOW), asked_viewpoint(request)
    # Of the roles alone, which is all that anybody has: a query less than has_perm.
    here, may = part_of(page), user.get_group_permissions()
    items = [
        {
            "address": reverse(part.page) + (viewpoint if part.reads_then else of_now),
            "label": part.label,
            "current": "" if part is not here else "page" if page == part.page else "true",
            "to_do": part.counts(request, may) if part.counts else None,
        }
        for part in NAVIGATION
        if not part.permission or part.permission in may
    ]
    return {"items": items, "user": user}


def page_name(request) -> str:
    """Return the name of the page that is being made; "" of one that is not there."""
    match = getattr(request, "resolver_match", None)
    return match.view_name if match else ""


def part_of(page: str) -> Part | None:
    """Return the part that a page belongs to, by the page's name; None if no part has it."""
    return next((part for part in NAVIGATION if part.contains(page)), None)


# What an address says of its viewpoint; and that of a page which knows one reading of a day alone.
OF_NOW = frozenset(("period", "as_of"))
VIEWPOINT = OF_NOW | {"known"}


def asked_viewpoint(request, names: frozenset[str] = VIEWPOINT) -> str:
    """Return the query with the address's viewpoint, such as ?period=2025Q3; "" without one."""
    if request is None:
        return ""
    asked = request.GET.copy()
    for key in set(asked) - names:
        del asked[key]
    return f"?{asked.urlencode()}" if asked else ""


@register.simple_tag(takes_context=True)
def keeping_viewpoint(context, address):
    """Return an address with this page's viewpoint."""
    return address + asked_viewpoint(context.get("request"))


@register.filter
def other_than_viewpoint(query) -> list[tuple[str, str]]:
    """Return the query's other parameters, which the viewpoint's form carries along."""
    return [
        (name, value)
        for name, values in query.lists()
        for value in values
        if name not in ("period", "as_of", "page")
    ]


@register.filter
def shown_pages(page):
    """Return the numbers of a list's pages that are shown, with gaps."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)


@register.simple_tag
def version() -> str:
    """Return the version of the program."""
    return settings.VERSION
