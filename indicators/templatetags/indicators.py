"""
What this floor offers to any page: figures of a cluster, a park, an enterprise.

The pages of the floors below may not import indicators; they write these tags.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django import template
from django.utils.translation import gettext as _

from clusters.quarters import Quarter
from indicators.aggregates import snapshot_of
from indicators.charts.output import amounts_by_quarter, city_output, city_share, park_output
from indicators.coverage import Coverage, coverage, output_reported
from indicators.formulas.cumulative import single_quarter
from indicators.notes import ANSWER_FOR_ALL, may_note
from indicators.places import PlacePoint, city_figures, city_history, park_row

register = template.Library()


@dataclass(frozen=True)
class DataState:
    """What stands beside every figure: who has reported, what quarter, as of when."""

    coverage: Coverage
    quarter: Quarter
    as_of: date | None
    updated_at: datetime | None


@register.simple_tag(takes_context=True)
def data_state(context):
    """Return who has reported the viewpoint's quarter and when the newest figure came."""
    request = context["request"]
    of, quarter = snapshot_of(request), request.viewpoint.quarter
    who = coverage(of, quarter, output_reported)
    return DataState(who, quarter, of.as_of, of.updated_at)


@register.simple_tag(takes_context=True)
def period_choices(context):
    """Return the quarters of which anything was reported, newest first."""
    return snapshot_of(context["request"]).reported_quarters


@register.inclusion_tag("indicators/_notes.html", takes_context=True)
def notes(context, about, city=None):
    """
    Show what explains the figures of the viewpoint's quarter: of a target, a city, a park.

    city is whose figure it is, where everybody may read the page and only its bureau explain.
    """
    request = context["request"]
    of, quarter = snapshot_of(request), request.viewpoint.quarter
    period = of.period_ids.get(quarter)
    user = request.user
    return {
        "about": about,
        "notes": [one for one in of.notes if (one.about, one.period_id) == (about, period)],
        "quarter": quarter,
        "user": user,
        "csrf_token": context.get("csrf_token"),
        # What was known on an earlier day is not added to.
        "may_write": of.as_of is None
        and may_note(user, about)
        and (city is None or request.cities.filter(pk=city.pk).exists()),
        "may_withdraw": of.as_of is None and user.has_perm(ANSWER_FOR_ALL),
    }


@register.inclusion_tag("indicators/_cluster_figures.html", takes_context=True)
def cluster_figures(context, cluster):
    """Show what a cluster's city makes, and its share of the province, by quarter."""
    request = context["request"]
    of, quarter = snapshot_of(request), request.viewpoint.quarter
    city = next(city for city in of.cities if city.pk == cluster.city_id)
    history = city_history(of, city, quarter)
    return {
        "request": request,
        "cluster": cluster,
        "quarter": quarter,
        "figures": city_figures(of, city, quarter),
        "charts": [city_output(history), city_share(history)],
    }


@register.simple_tag(takes_context=True)
def park_share(context, park):
    """Return a park's share of its city's output value, a fraction; None where there is none."""
    request = context["request"]
    return park_row(snapshot_of(request), park, request.viewpoint.quarter).share


@register.inclusion_tag("indicators/_park_figures.html", takes_context=True)
def park_figures(context, park):
    """Show what a park makes, by quarter."""
    request = context["request"]
    row = park_row(snapshot_of(request), park, request.viewpoint.quarter)
    return {
        "request": request,
        "park": park,
        "quarter": request.viewpoint.quarter,
        "figures": row,
        "charts": [park_output(row)],
    }


@register.inclusion_tag("indicators/_enterprise_figures.html", takes_context=True)
def enterprise_figures(context, enterprise, reports):
    """
    Show an enterprise's output value and revenue by quarter, cumulative and by itself.

    reports are its returns as of the viewpoint, each with its period: the page has them.
    """
    request = context["request"]
    quarter = request.viewpoint.quarter
    output = {report.period.quarter: report.output_value for report in reports}
    revenue = {report.period.quarter: report.revenue for report in reports}
    quarters = tuple(Quarter.range(min(revenue), quarter)) if reports else ()
    series = {
        _("Output value"): _points(output, quarters),
        _("Environmental revenue"): _points(revenue, quarters),
    }
    return {
        "request": request,
        "enterprise": enterprise,
        "quarter": quarter,
        "charts": [amounts_by_quarter(f"firm-{enterprise.pk}", series, quarters)],
    }


def _points(ytd, quarters):
    return tuple(PlacePoint(q, ytd.get(q), single_quarter(ytd, q).amount) for q in quarters)
