"""Parts of every page: navigation, links, the demonstration's banner. Template builtins."""

import time

from django import template
from django.contrib.auth import get_user_model
from django.db.models import Exists, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from enterprises.models import Enterprise

register = template.Library()

# (name of the page, label), in the order of the navigation.
NAVIGATION = [
    ("indicators:overview", _("Overview")),
    ("clusters:cluster_list", _("Clusters")),
    ("parks:park_list", _("Parks")),
    ("indicators:city_list", _("Cities")),
    ("enterprises:register", _("Enterprises")),
    ("submissions:inbox", _("Submissions")),
    ("submissions:check", _("Check a workbook")),
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
    """Show the banner 示例数据 if this database holds demonstration data."""
    return {"is_demonstration": bool(demonstration)}


@register.simple_tag
def is_demonstration() -> bool:
    """Return whether this database holds demonstration data."""
    return bool(demonstration)


@register.inclusion_tag("components/navigation.html", takes_context=True)
def navigation(context):
    """Show the links to all parts, with the current one marked."""
    request = context.get("request")
    here = request.path if request else ""
    viewpoint = asked_viewpoint(request)
    addresses = [reverse(name) for name, _label in NAVIGATION]
    found = part_of(here, addresses)
    items = [
        {"address": address + viewpoint, "label": label, "is_here": address == found}
        for address, (_name, label) in zip(addresses, NAVIGATION, strict=True)
    ]
    return {"items": items, "user": context.get("user")}


def part_of(here: str, addresses: list[str]) -> str | None:
    """Return the address of the innermost part that contains a page; None if no part does."""
    around = [a for a in addresses if here == a or (a != "/" and here.startswith(a))]
    return max(around, key=len, default=None)


def asked_viewpoint(request) -> str:
    """Return the query with the address's period and as_of; "" without them."""
    if request is None:
        return ""
    asked = request.GET.copy()
    for key in set(asked) - {"period", "as_of"}:
        del asked[key]
    return f"?{asked.urlencode()}" if asked else ""


@register.simple_tag(takes_context=True)
def keeping_viewpoint(context, address):
    """Return an address with this page's period and as_of."""
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
