"""What a reader has to do, above the overview. A template builtin: {% landing %}."""

from django import template
from django.conf import settings
from django.utils import timezone

from accounts.roles import OVERVIEW
from clusters.viewpoint import newest_of
from config.web.navigation import page_name
from config.web.start.first_steps import first_steps
from config.web.start.purposes import PURPOSES
from submissions import access
from submissions.deadlines.duties import duties, next_period
from submissions.deadlines.obligations import obligations, started_periods

register = template.Library()


@register.inclusion_tag("config/_landing.html", takes_context=True)
def landing(context):
    """
    Show a bureau what it must do next, and everybody what is left until there are figures.

    Nothing for who is not signed in. Three queries for a bureau; five more while no figure is
    in force.
    """
    request = context["request"]
    if not request.user.is_authenticated:
        return {}
    shown = {"steps": first_steps(request), "may_keep": request.user.has_perm("accounts.add_user")}
    if access.reports(request.user):
        now = timezone.now()
        owed = obligations(list(request.cities), started_periods(now), now)
        shown |= {"reports": True, "duties": duties(owed, now), "next_period": next_period(now)}
    return shown


@register.inclusion_tag("config/_no_figures.html", takes_context=True)
def no_figures(context):
    """
    Say what a page is for and what is left to do, while no figure is in force.

    Nothing on a page without a purpose (config.web.start.purposes), and once there are figures.
    """
    request = context["request"]
    purpose = PURPOSES.get(page_name(request))
    if purpose is None or newest_of(request.data_version["newest"]):
        return {}
    # A bureau's duties, else the steps on the overview.
    reports = access.reports(request.user)
    return {"purpose": purpose, "next_page": "submissions:inbox" if reports else OVERVIEW}


@register.simple_tag
def contact() -> str:
    """Return whom to ring, from the environment (CONTACT); "" if it is not set."""
    return settings.CONTACT
