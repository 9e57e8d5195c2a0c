"""What this floor offers to the pages of the floors below."""

from urllib.parse import quote

from django import template
from django.db.models import Exists, OuterRef
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from clusters.models import City, ReportingPeriod
from foundation.tables import Fragment, Link, Typed
from submissions.deadlines import obligations, open_matters
from submissions.lineage import trace
from submissions.models import StagedRow
from submissions.workbook.reading.headings import fold

register = template.Library()

# Of these a city has too many to look all of them up.
ONE_AT_A_TIME = {StagedRow.RowKind.ENTERPRISES}
# As many matters as are read in ten seconds; the others are unfolded.
FIRST = 5


@register.inclusion_tag("submissions/_returns_due.html", takes_context=True)
def returns_due(context):
    """
    Show how complete the viewpoint's period is: every city with its state, n of 16 accepted.

    Everybody may know who has reported; only the reader's own cities are linked. Three
    queries.
    """
    owed, linked = _due(context["request"])
    return {
        "period": context["request"].viewpoint.quarter,
        "is_owed": any(one.owed for one in owed),
        "owed": owed,
        "accepted": obligations.answered(obligations.counts(owed)),
        "linked": linked,
    }


@register.inclusion_tag("submissions/_needs_attention.html", takes_context=True)
def needs_attention(context, snapshot, results):
    """
    Show what needs attention in the viewpoint's quarter, what moves a target farthest first.

    Three queries beside those of returns_due, and those once for a snapshot.
    """
    request = context["request"]
    owed, linked = _due(request)
    found = open_matters.matters(snapshot, request.viewpoint.quarter, results, owed)
    return {
        "request": request,
        "matters": found[:FIRST],
        "more": found[FIRST:],
        "linked": linked,
    }


@register.simple_tag(takes_context=True)
def return_states(context, table):
    """Fill the column state of a table of cities (CityFigures): accepted, or as in return_state."""
    request = context["request"]

    def state(record, value):
        if value:
            return Typed("accepted", "status")
        told = _state_of(request, record.city)
        words = render_to_string("submissions/_state.html", told)
        return Fragment("submissions/_state.html", told, strip_tags(words))

    table.fill(["state"], state)
    return ""


@register.inclusion_tag("submissions/_state.html", takes_context=True)
def return_state(context, city):
    """
    Show the state of a city's workbook for the viewpoint's period, in the words of every list.

    The three queries of returns_due, once for a request. A quarter that is not on record is
    not owed.
    """
    return _state_of(context["request"], city)


def _state_of(request, city):
    """Return what submissions/_state.html takes of a city's workbook."""
    owed, _linked = _due(request)
    one = next((one for one in owed if one.city == city), None)
    state = one.state if one else obligations.State.NOT_OWED
    late = bool(one and one.late)
    return {"state": state, "word": state.label, "late": late, "delay": one and one.delay}


def _due(request):
    """Return what every city owes for the viewpoint's period, and the keys of the reader's."""
    if not hasattr(request, "returns_due"):
        viewpoint = request.viewpoint
        periods = ReportingPeriod.objects.with_owed().filter(code=str(viewpoint.quarter))
        mine = Exists(request.cities.filter(pk=OuterRef("pk")))
        cities = list(City.objects.annotate(mine=mine).order_by("code"))
        owed = obligations.obligations(cities, list(periods), viewpoint.moment)
        request.returns_due = owed, [city.pk for city in cities if city.mine]
    return request.returns_due


@register.inclusion_tag("submissions/_figure_trace.html", takes_context=True)
def figure_trace(context, kind, key, city, period, moment, field=""):
    """
    Show from which submission and cell a figure comes, if the reader may see that city.

    One query for all figures of one enterprise on a page, whatever their periods, and one for
    all of a city's own. field names the column, such as revenue; without it the place is the row.
    """
    rows = _rows(context["request"], kind, key if kind in ONE_AT_A_TIME else None, city)
    found = trace.pick([row for row in rows if fold(row.key) == fold(key)], period, moment)
    return _shown(found, field)


@register.simple_tag(takes_context=True)
def trace_figures(context, table, kind, key, field):
    """
    Fill the column trace of a table of one thing's figures: records have a city and a period.

    kind, key and field are those of figure_trace.
    """
    request = context["request"]
    only = key if kind in ONE_AT_A_TIME else None

    def link(record):
        rows = _rows(request, kind, only, record.city)
        of_key = [row for row in rows if fold(row.key) == fold(key)]
        return _link(trace.pick(of_key, record.period, request.viewpoint.moment), field)

    table.fill(["trace"], link)
    return ""


@register.simple_tag(takes_context=True)
def trace_blocks(context, table, city):
    """
    Fill the column trace of a table of building blocks: records have a block and a period.

    Each block's category must be at hand. One query for all blocks of a cluster on a page.
    """
    request = context["request"]

    def link(record):
        if record.period is None:
            return ""
        rows = _rows(request, StagedRow.RowKind.BLOCKS, None, city)
        of_block = [row for row in rows if trace.is_of_block(row, record.block)]
        return _link(trace.pick(of_block, record.period, request.viewpoint.moment), "status")

    table.fill(["trace"], link)
    return ""


def _rows(request, kind, key, city):
    """Return what a city published of a kind, or of one thing of it, if the reader may see it."""
    # On the request, because an include begins another render context.
    cache = request.__dict__.setdefault("submission_traces", {})
    about = (kind, key, city.pk)
    if about not in cache:
        rows = trace.rows_about(kind, key, city)
        cache[about] = list(rows.filter(submission__city__in=request.cities))
    return cache[about]


def _link(found: trace.Trace | None, field: str) -> Link | str:
    """Return the link to a figure's cell, or to its row's file; "" if it came from no workbook."""
    if found is None:
        return ""
    submission, place = found.submission, found.place(field)
    address = submission.get_absolute_url()
    if found.cell(field):
        cell = reverse("submissions:cell", args=[submission.pk])
        address = f"{cell}?at={quote(place, safe='!')}"
    version = {"version": submission.version}
    title = _("Version %(version)s of the city's workbook") % version
    return Link(place, address, keeps=False, css="trace", title=title)


def _shown(found, field):
    """Return what the template of a trace wants."""
    return {
        "trace": found,
        "place": found.place(field) if found else "",
        "is_cell": bool(found and found.cell(field)),
    }


@register.filter
def first_few(items, number):
    """Return the first few of a list."""
    return items[:number]


@register.filter
def at(known, key):
    """Return what a dictionary holds at a key; empty if it holds nothing."""
    return known.get(key, "")
