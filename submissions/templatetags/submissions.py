"""Template tags for the pages of other apps."""

from django import template
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from clusters.models import City, ReportingPeriod
from foundation.tables import Link, Typed
from indicators.outlook.settling import settled_by
from measures.plan_ledger import red_matters
from submissions.deadlines import obligations
from submissions.deadlines.attention_lines import attention_lines, silent_tables
from submissions.deadlines.tables import state_cell
from submissions.lineage import trace
from submissions.lineage.tables import cell_link
from submissions.models import StagedRow, Submission
from submissions.workbook.reading.headings import fold

register = template.Library()

# A city has too many of these to look all of them up.
ONE_AT_A_TIME = {StagedRow.RowKind.ENTERPRISES}
# As many lines as are read in ten seconds; the others are folded.
FIRST = 6


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
    Show the silent cities, and what the plan and its tasks owe in the viewpoint's quarter.

    Three queries beside those of returns_due and of the ledger, and those once for a snapshot.
    """
    request = context["request"]
    owed, linked = _due(request)
    silent = silent_tables(settled_by(snapshot, results), owed, linked)
    quarter, red = request.viewpoint.quarter, red_matters(request)
    lines = attention_lines(snapshot, quarter, results, owed, linked, red)
    return {
        "request": request,
        "silent": silent[0] if silent else None,
        "more_silent": silent[1] if len(silent) > 1 else None,
        "lines": lines[:FIRST],
        "more": lines[FIRST:],
    }


@register.simple_tag(takes_context=True)
def return_states(context, table):
    """Fill the column state of a table of cities (CityFigures): accepted, or as in return_state."""
    request = context["request"]

    def state(record, value):
        if value:
            return Typed("accepted", "status")
        one = _obligation(request, record.city)
        not_owed = Typed(obligations.State.NOT_OWED.label, css="soft")
        return state_cell(one, one.delay) if one else not_owed

    table.fill(["state"], state)
    return ""


@register.inclusion_tag("submissions/_state.html", takes_context=True)
def return_state(context, city):
    """
    Show the state of a city's workbook for the viewpoint's period.

    The queries of returns_due, once for a request. A quarter without a record is not owed.
    """
    one = _obligation(context["request"], city)
    state = one.state if one else obligations.State.NOT_OWED
    late = bool(one and one.late)
    return {"state": state, "word": state.label, "late": late, "delay": one and one.delay}


def _obligation(request, city):
    """Return what a city owes for the viewpoint's period; None if that has no record."""
    owed, _linked = _due(request)
    return next((one for one in owed if one.city == city), None)


def _due(request):
    """Return the obligations of the viewpoint's period, and the keys of the user's cities."""
    if not hasattr(request, "returns_due"):
        viewpoint = request.viewpoint
        periods = ReportingPeriod.objects.with_owed().filter(code=str(viewpoint.quarter))
        mine = Exists(request.cities.filter(pk=OuterRef("pk")))
        cities = list(City.objects.annotate(mine=mine).order_by("code"))
        owed = obligations.obligations(
            cities, list(periods), viewpoint.moment, recorded_by=viewpoint.recorded_by
        )
        request.returns_due = owed, [city.pk for city in cities if city.mine]
    return request.returns_due


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

    The block's category must be loaded. One query for all blocks of a cluster on a page.
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


@register.simple_tag(takes_context=True)
def trace_tasks(context, table):
    """
    Fill the column trace of a table of a task's reports (TaskReportLine). One query.

    A report that came from no workbook, or from a city outside the user's scope, has none.
    """
    request = context["request"]
    came = {line.report.published_at for line in table.data if line.report.place}
    found = Submission.objects.filter(city__in=request.cities, published_at__in=came)
    of = {(one.city_id, one.period_id, one.published_at): one for one in found} if came else {}

    def link(record):
        one = record.report
        submission = of.get((one.city_id, one.period_id, one.published_at))
        if not submission or not one.place:
            return ""
        version = {"version": submission.version}
        title = _("Version %(version)s of the city's workbook") % version
        return cell_link(submission, one.place, one.place, css="trace", title=title)

    table.fill(["trace"], link)
    return ""


def _rows(request, kind, key, city):
    """Return a city's published rows of a kind or key; [] outside the user's scope."""
    # Cached on the request, because an include has another render context.
    cache = request.__dict__.setdefault("submission_traces", {})
    about = (kind, key, city.pk)
    if about not in cache:
        rows = trace.rows_about(kind, key, city)
        found = list(rows.filter(submission__city__in=request.cities))
        trace.leave_out_later([row.submission for row in found], request.viewpoint.recorded_by)
        cache[about] = found
    return cache[about]


def _link(found: trace.Trace | None, field: str) -> Link | str:
    """Return the link to a figure's cell, or to its row's file; "" if it came from no workbook."""
    if found is None:
        return ""
    submission, place = found.submission, found.place(field)
    version = {"version": submission.version}
    title = _("Version %(version)s of the city's workbook") % version
    if found.cell(field):
        return cell_link(submission, place, place, css="trace", title=title)
    return Link(place, submission.get_absolute_url(), keeps=False, css="trace", title=title)


def _shown(found, field):
    """Return the context of a trace."""
    return {
        "trace": found,
        "place": found.place(field) if found else "",
        "is_cell": bool(found and found.cell(field)),
    }
