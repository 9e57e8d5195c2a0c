"""What stands on every page: the way about, and the banner. Template builtins: no {% load %}."""

from django import template
from django.contrib.auth import get_user_model
from django.db.models import Exists, Q
from django.urls import NoReverseMatch, reverse
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
]


class Demonstration:
    """
    Whether this database holds the demonstration.

    Asked of the database until it does, and never again: demonstration data are not mixed
    with real returns, so they leave a database only with the database.
    """

    is_known = False

    def __bool__(self):
        if not self.is_known:
            self.is_known = (
                get_user_model()
                .objects.filter(
                    Q(is_demonstration=True)
                    | Exists(Enterprise.objects.filter(is_demonstration=True))
                )
                .exists()
            )
        return self.is_known

    def forget(self):
        """Ask again: for tests, where one process sees many databases."""
        self.is_known = False


demonstration = Demonstration()


@register.inclusion_tag("components/demonstration_notice.html")
def demonstration_notice():
    """Show the banner 示例数据 if this database holds demonstration data."""
    return {"is_demonstration": bool(demonstration)}


@register.inclusion_tag("components/navigation.html", takes_context=True)
def navigation(context):
    """Show the way to every part; the part that the reader is in is marked."""
    request = context.get("request")
    here = request.path if request else ""
    viewpoint = asked_viewpoint(request)
    items = []
    for name, label in NAVIGATION:
        try:
            address = reverse(name)
        except NoReverseMatch:
            continue
        items.append(
            {
                "address": address + viewpoint,
                "label": label,
                "is_here": here == address if address == "/" else here.startswith(address),
            }
        )
    return {"items": items, "user": context.get("user")}


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
