"""
What this floor offers to any page: figures of a cluster, a park, an enterprise.

The pages of the floors below may not import indicators; they write these tags.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from django import template
from django.utils.translation import gettext as _

from clusters.backfilled import mark, mark_of_many
from foundation.quarters import Quarter
from foundation.tables import WITHHELD, Typed
from indicators.catalogue import Indicator, Measure
from indicators.charts.amounts import amounts_chart
from indicators.charts.chart import drawn
from indicators.charts.output import city_share, park_output
from indicators.data.coverage import Coverage, coverage, output_reported
from indicators.data.disclosure import known_to
from indicators.data.disclosure import park_is_withheld as is_withheld
from indicators.data.notes import ANSWER_FOR_ALL, may_note
from indicators.data.published_notes import notes_about
from indicators.data.snapshot_reader import snapshot_of
from indicators.drawings.range_bar import range_bar as bar_of
from indicators.formulas.disclosure import FEWEST_FIRMS, LARGEST_SHARE
from indicators.movement.two_readings import readings, two_readings_table
from indicators.overview.cluster_rows import ClusterTable, cluster_list
from indicators.overview.place_trends import NO_TREND, park_growth, park_trends
from indicators.regions.amounts import asked_amounts, city_amounts, history, ways
from indicators.regions.regional_figures import city_figures, city_history, park_row
from indicators.verdict.range_words import condition_words

register = template.Library()


@dataclass(frozen=True)
class DataState:
    """
    What stands beside every figure: who has reported, what quarter, as of when.

    owed     whether the cities owe workbooks for the quarter
    targets  the indicators of the quarter of which it can be told what moved them
    """

    coverage: Coverage
    owed: bool
    quarter: Quarter
    as_of: date | None
    updated_at: datetime | None
    targets: tuple[Indicator, ...] = ()


@register.simple_tag(takes_context=True)
def data_state(context, viewpoint):
    """Return who has reported a viewpoint's quarter and when the newest figure came."""
    of, quarter = snapshot_of(context["request"]), viewpoint.quarter
    who = coverage(of, quarter, output_reported)
    targets = tuple(one for one in of.indicators(quarter) if one.is_split)
    return DataState(who, quarter in of.due_on, quarter, of.as_of, of.updated_at, targets)


@register.simple_tag(name="readings")
def readings_tag(viewpoint):
    """Return in what the two readings of a past day differ. One query."""
    return readings(viewpoint)


@register.simple_tag
def two_readings(viewpoint, code=None):
    """Return the targets, or one, that the two readings of a day judge differently; or None."""
    return two_readings_table(viewpoint, code)


@register.simple_tag
def range_bar(result):
    """Return a target's bar; None without a target, and of things that are counted."""
    return bar_of(result)


@register.simple_tag
def certain_condition():
    """Return under which condition a certain range holds, in words."""
    return condition_words()


@register.simple_tag(takes_context=True)
def period_choices(context):
    """Return the quarters of which anything was reported, newest first."""
    return snapshot_of(context["request"]).reported_quarters


@register.simple_tag(takes_context=True)
def backfilled_quarters(context, city=None):
    """
    Return the quarters up to the viewpoint's whose figures were back-filled, newest first.

    Each with its mark, for a city or for all: (quarter, words).
    """
    of, quarter = snapshot_of(context["request"]), context["request"].viewpoint.quarter
    found = defaultdict(list)
    for (code, of_quarter), publication in of.backfilled.items():
        if of_quarter <= quarter and (city is None or city.code == code):
            found[of_quarter].append(publication)
    told = mark_of_many if city is None else lambda publications: mark(publications[0])
    return [(one, told(found[one])) for one in sorted(found, reverse=True)]


@register.inclusion_tag("indicators/_notes.html", takes_context=True)
def notes(context, about, city=None, reading=False):
    """
    Show what explains the figures of the viewpoint's quarter: of a target, a city, a park.

    city is whose figure it is, where everybody may read the page and only its bureau explain.
    reading is for a cached part (config.web.page_key): one's own notes are withdrawn elsewhere.
    """
    request = context["request"]
    of, quarter = snapshot_of(request), request.viewpoint.quarter
    user = request.user
    return {
        "about": about,
        "notes": notes_about(of, about, quarter),
        "quarter": quarter,
        "reading": reading,
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
    how = asked_amounts(request)
    amounts = drawn(of, amounts_chart, city_amounts(of, city, quarter, how))
    return {
        "request": request,
        "cluster": cluster,
        "quarter": quarter,
        "figures": city_figures(of, city, quarter),
        "ways": ways(how),
        "charts": [amounts, drawn(of, city_share, city_history(of, city, quarter))],
    }


@register.simple_tag(takes_context=True)
def cluster_number(context, city):
    """Return which cluster of the quarter's plan a city has, from 1; "" if none: its colour."""
    request = context["request"]
    of = snapshot_of(request)
    cities = [one.city_id for one in of.clusters_of(of.plan_for(request.viewpoint.quarter))]
    return cities.index(city.pk) + 1 if city.pk in cities else ""


@register.simple_tag(takes_context=True)
def cluster_table(context):
    """Return the table of the clusters of the viewpoint's plan: how each stands."""
    request = context["request"]
    viewpoint = request.viewpoint
    rows = cluster_list(snapshot_of(request), viewpoint.quarter, viewpoint.counted_on)
    return ClusterTable(rows, caption=Typed(viewpoint.quarter, "cumulative"))


@register.simple_tag(takes_context=True)
def disclose_parks(context, table):
    """
    Fill in a table of parks (parks.tables.ParkLine) what the reader may know of each.

    Its share of its city's output value and its growth, fractions, and its trend; WITHHELD in
    every column that the table calls a figure, where the park's figures of the quarter may not
    be shown. A park of which another quarter is withheld has no trend.
    """
    request = context["request"]
    of = snapshot_of(request)
    known = known_to(request)

    @cache
    def secret(park, quarter):
        return is_withheld(of, quarter, park, known)

    def share(record):
        return park_row(of, record.park, record.quarter, known).share

    def growth(record):
        return park_growth(of, record.quarter, record.park, known)

    def trend(record):
        return trends().get(record.park.pk, NO_TREND).cell

    @cache
    def trends():
        every = [record.park for record in table.data]
        return park_trends(of, request.viewpoint.quarter, every, known)

    def disclosed(given):
        def value(record, value):
            if secret(record.park, record.quarter):
                request.has_withheld = True
                return WITHHELD
            return given(record) if given else value

        return value

    calculated = {"share": share, "growth": growth, "trend": trend}
    for name in table.figures:
        table.fill([name], disclosed(calculated.get(name)))
    return ""


@register.simple_tag(takes_context=True)
def any_park_withheld(context):
    """Return whether disclose_parks withheld anything in a table drawn so far."""
    return getattr(context["request"], "has_withheld", False)


@register.simple_tag
def why_withheld():
    """Return why a figure is not disclosed, for its hover and beneath its table."""
    return _(
        "Not disclosed: fewer than %(fewest)s enterprises, or one that makes over %(largest)s, "
        "and what would give those away."
    ) % {"fewest": FEWEST_FIRMS, "largest": f"{LARGEST_SHARE * 100:.0f}%"}


@register.inclusion_tag("indicators/_park_figures.html", takes_context=True)
def park_figures(context, park):
    """Show what a park makes, by quarter."""
    request = context["request"]
    of = snapshot_of(request)
    row = park_row(of, park, request.viewpoint.quarter, known_to(request))
    return {
        "request": request,
        "park": park,
        "quarter": request.viewpoint.quarter,
        "figures": row,
        "charts": [drawn(of, park_output, row)],
    }


@register.inclusion_tag("indicators/_enterprise_figures.html", takes_context=True)
def enterprise_figures(context, enterprise, reports):
    """
    Show an enterprise's output value and revenue by period, in the way that is asked for.

    reports are its returns as of the viewpoint, each with its period and whether it was
    restated: the page has them.
    """
    request = context["request"]
    quarter = request.viewpoint.quarter
    output = {report.period.quarter: report.output_value for report in reports}
    revenue = {report.period.quarter: report.revenue for report in reports}
    quarters = tuple(Quarter.range(min(revenue), quarter)) if reports else ()
    series = {Measure.OUTPUT_VALUE: output, Measure.REVENUE: revenue}
    restated = {report.period.quarter for report in reports if report.restated}
    how = asked_amounts(request)
    amounts = history(f"firm-{enterprise.pk}", how, series, quarters, restated=restated)
    return {
        "request": request,
        "enterprise": enterprise,
        "quarter": quarter,
        "ways": ways(how),
        "charts": [amounts_chart(amounts)],
    }
