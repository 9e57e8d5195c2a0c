"""What stands on every page: the way about, and the banner. Template builtins: no {% load %}."""

import time

from django import template
from django.contrib.auth import get_user_model
from django.db.models import Exists, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from enterprises.models import Enterprise

register = template.Library()

# (name of the page, name in the navigation), in the order a reader goes.
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

    Asked of the database once a minute until it does, and then never again: demonstration data
    are not mixed with real returns, so they leave a database only with the database. The
    demonstration is refused beside real enterprises, so the oldest of the register tells, and
    no page needs to search all of it.
    """

    def __init__(self):
        self.forget()

    def __bool__(self):
        if not self.is_known and time.monotonic() >= self.ask_again_at:
            self.note(is_there())
        return self.is_known

    def note(self, answer: bool):
        """Keep an answer: for ever, or that it is not there for a minute."""
        self.is_known = answer
        self.ask_again_at = time.monotonic() + A_MINUTE

    def forget(self):
        """Ask again: for tests, where one process sees many databases."""
        self.is_known = False
        self.ask_again_at = 0.0


def is_there() -> bool:
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
    """Show the way to every part; the part that the reader is in is marked."""
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
    """Return the part that a page is in, the innermost; the front page is in no other."""
    around = [a for a in addresses if here == a or (a != "/" and here.startswith(a))]
    return max(around, key=len, default=None)


def asked_viewpoint(request) -> str:
    """Return what the address asks for of period and as_of, for links that keep it."""
    if request is None:
        return ""
    asked = request.GET.copy()
    for key in set(asked) - {"period", "as_of"}:
        del asked[key]
    return f"?{asked.urlencode()}" if asked else ""


@register.simple_tag(takes_context=True)
def keeping_viewpoint(context, address):
    """Return an address with the period and the as-of day of this page's address."""
    return address + asked_viewpoint(context.get("request"))


@register.filter
def other_than_viewpoint(query) -> list[tuple[str, str]]:
    """Return what else an address asks for, so that the viewpoint's form keeps it."""
    return [
        (name, value)
        for name, values in query.lists()
        for value in values
        if name not in ("period", "as_of", "page")
    ]


@register.filter
def beside(values, columns):
    """Return a row's values, each with its column."""
    return list(zip(values, columns, strict=True))


@register.filter
def shown_pages(page):
    """Return the numbers of a list's pages that are shown, with gaps."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
