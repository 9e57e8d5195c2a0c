"""Template tags for the pages of other apps."""

from django import template
from django.db.models import Exists, OuterRef
from django.utils import timezone

from clusters.models import City, ReportingPeriod
from submissions.deadlines import obligations, open_matters
from submissions.lineage import trace
from submissions.models import StagedRow
from submissions.workbook.reading.headings import fold

register = template.Library()

# A city has too many of these to look all of them up.
ONE_AT_A_TIME = {StagedRow.RowKind.ENTERPRISES}
# As many matters as are read in ten seconds; the others are unfolded.
FIRST = 5


@register.inclusion_tag("submissions/_returns_due.html", takes_context=True)
def returns_due(context):
    """
    Show the state of every city for the viewpoint's period, and how many are accepted.

    Everybody may see the states; only cities in the user's scope are linked. Three queries.
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
    Show what needs attention in the viewpoint's quarter, the largest effect first.

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


@register.inclusion_tag("submissions/_state.html", takes_context=True)
def return_state(context, city):
    """
    Show the state of a city's workbook for the viewpoint's period.

    The queries of returns_due, once for a request. A quarter without a record is not owed.
    """
    owed, _linked = _due(context["request"])
    one = next((one for one in owed if one.city == city), None)
    state = one.state if one else obligations.State.NOT_OWED
    late = bool(one and one.late)
    return {"state": state, "word": state.label, "late": late, "delay": one and one.delay}


def _due(request):
    """Return the obligations of the viewpoint's period, and the keys of the user's cities."""
    if not hasattr(request, "returns_due"):
        viewpoint = request.viewpoint
        periods = ReportingPeriod.objects.with_owed().filter(code=str(viewpoint.quarter))
        mine = Exists(request.cities.filter(pk=OuterRef("pk")))
        cities = list(City.objects.annotate(mine=mine).order_by("code"))
        owed = obligations.obligations(cities, list(periods), viewpoint.moment)
        request.returns_due = owed, [city.pk for city in cities if city.mine]
    return request.returns_due


@register.simple_tag(takes_context=True)
def returns_mark(context):
    """
    Return what the completeness strip rests on, for whoever keeps it.

    With the day, because what nobody has sent becomes overdue by itself.
    """
    return (timezone.localdate(), *context["request"].marks[obligations.STATES])


@register.inclusion_tag("submissions/_figure_trace.html", takes_context=True)
def figure_trace(context, kind, key, city, period, moment, field=""):
    """
    Show the submission and cell of a figure, if the city is in the user's scope.

    One query for all figures of one enterprise on a page, of all periods, and one for all of a
    city's own. field is the column, such as revenue; without it the place is the row.
    """
    rows = _rows(context["request"], kind, key if kind in ONE_AT_A_TIME else None, city)
    found = trace.pick([row for row in rows if fold(row.key) == fold(key)], period, moment)
    return _shown(found, field)


@register.inclusion_tag("submissions/_figure_trace.html", takes_context=True)
def block_trace(context, block, city, period, moment, field="status"):
    """
    Show the cell of a building block's report; the block's category must be loaded.

    One query for all blocks of a cluster on a page.
    """
    rows = _rows(context["request"], StagedRow.RowKind.BLOCKS, None, city)
    of_block = [row for row in rows if trace.is_of_block(row, block)]
    return _shown(trace.pick(of_block, period, moment), field)


def _rows(request, kind, key, city):
    """Return a city's published rows of a kind or key; [] outside the user's scope."""
    # Cached on the request, because an include has another render context.
    cache = request.__dict__.setdefault("submission_traces", {})
    about = (kind, key, city.pk)
    if about not in cache:
        rows = trace.rows_about(kind, key, city)
        cache[about] = list(rows.filter(submission__city__in=request.cities))
    return cache[about]


def _shown(found, field):
    """Return the context of a trace."""
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
    """Return the value of a dictionary at a key; "" without one."""
    return known.get(key, "")
