"""
Every table of a page as a file: what is downloaded is what is shown.

A page draws a table with {% data_table table %}, which adds the links beneath it. Following one
asks for the same page again with ?download=key.xlsx; the page is made as always, and the
middleware answers with the rows of that table instead: same order, filter and rounding, and all
of them where the page is cut into several.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain
from urllib.parse import quote

from django import template
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from clusters.models import Publication
from config.web.navigation import asked_viewpoint, demonstration
from config.web.table_cells import as_text, in_file
from foundation.exporting import CSV_TYPE, XLSX_TYPE, Cell, csv_bytes, xlsx_bytes
from foundation.formatting import cumulative, day, moment, percent
from indicators.data.coverage import coverage, output_reported
from indicators.data.snapshot_reader import snapshot_of
from indicators.formulas.disclosure import FEWEST_FIRMS, LARGEST_SHARE
from indicators.models import Target

register = template.Library()

FORMATS = ("csv", "xlsx", "json")
PARAMETER = "download"
# Every table that has a file; of those with a dash at the end the rest says which one it is.
KEYS = re.compile(
    r"added|advisory|amendments|assists|audit|blocks|by-city|by-park|cells|changed|cities"
    r"|cities-output|city|clusters|continuity|coordination|dates|deferrals|enterprises|files"
    r"|findings|firms|forecasts|heaping|layouts|leads|lines|mandatory|matrix|measures|missing"
    r"|moved|near|origin|owed|parks|places|quarters|reconciliation|register|removed|reports|serving"
    r"|silent|steps|tasks|things|totals|trial|versions|waiting|what-if|withdrawn|[0-9]+"
    r"|(blocks|city|contributions|firm|joined|left|movement|output|share|trend)-[\w-]+"
)
# The mark of what is made up, in every language the same.
DEMONSTRATION = "示例数据"


@dataclass(frozen=True)
class FileTable:
    """A table as it is shown: its title, headings, and rows of texts, numbers and None."""

    title: str
    headings: list[str]
    rows: Iterable[list[Cell]]


# ---- what a page offers ----------------------------------------------------------------


def wanted(request) -> tuple[str, str]:
    """Return which table the address asks for, and in what form; two empty texts if none."""
    key, _dot, form = request.GET.get(PARAMETER, "").rpartition(".")
    return (key, form) if form in FORMATS else ("", "")


def is_key(key: str) -> bool:
    """Return whether any table has a file of that key; those of a preview are codes of targets."""
    return bool(KEYS.fullmatch(key)) or Target.objects.filter(indicator=key).exists()


def links(request, key: str) -> dict:
    """Return the addresses under which a table of this page comes as a file."""
    asked = request.GET.copy()
    addresses = []
    for form in FORMATS:
        asked[PARAMETER] = f"{key}.{form}"
        addresses.append((form.upper(), f"?{asked.urlencode()}"))
    return {"addresses": addresses}


@register.inclusion_tag("components/data_table.html", takes_context=True)
def data_table(context, table):
    """Draw a table (foundation.tables), with links to its files beneath it if it has a key."""
    request = context["request"]
    shown = {
        "table": table,
        "request": request,
        # Start tags of cells, as they are made.
        "begun": {},
        "viewpoint_query": asked_viewpoint(request).removeprefix("?"),
    }
    if not table.key:
        return shown
    if wanted(request)[0] == str(table.key):
        request.downloaded = downloaded(table)
    return shown | links(request, table.key)


@register.inclusion_tag("components/downloads.html", takes_context=True)
def table_file(context, table):
    """Draw the links to the file of a table whose rows the page shows in another way."""
    request = context["request"]
    if wanted(request)[0] == str(table.key):
        request.downloaded = downloaded(table)
    return links(request, table.key)


def downloaded(table) -> FileTable:
    """Return a table as its file has it; its rows are made as they are read."""
    columns = table.file_columns()
    rows = (
        [in_file(value, column) for value, column in zip(row, columns, strict=True)]
        for row in table.file_rows()
    )
    return FileTable(str(table.title), [as_text(one.header, "text") for one in columns], rows)


@register.simple_tag(takes_context=True)
def picture_words(context, chart) -> dict:
    """
    Return what a chart's picture says beneath it and what its file is called.

    charts.js puts the page's name in the place of {page}.
    """
    request = context["request"]
    of, quarter = snapshot_of(request), request.viewpoint.quarter
    who = coverage(of, quarter, output_reported)
    known = of.as_of or of.updated_at
    now, then = _("as known on %(day)s"), _("as known then, on %(day)s")
    told = [
        _("Source: quarterly workbooks of the cities, as accepted by the province"),
        cumulative(quarter),
        _("%(accepted)s/%(expected)s cities accepted")
        % {"accepted": who.accepted, "expected": who.expected},
        *([(then if of.recorded_by else now) % {"day": day(known)}] if known else []),
        *([DEMONSTRATION] if demonstration else []),
    ]
    return {"caption": " · ".join(told), "file": marked(f"{{page}}-{chart.name}-{quarter}")}


# ---- the file --------------------------------------------------------------------------


def middleware(get_response):
    """Answer with the file of a table, where the address asks for one that the page offers."""

    def answer(request):
        key, form = wanted(request)
        if PARAMETER in request.GET and not is_key(key):
            raise Http404(_("This page has no such file."))
        response = get_response(request)
        if key and response.status_code == 200 and request.method == "GET":
            if not hasattr(request, "downloaded"):
                raise Http404
            return file(request, key, form)
        return response

    return answer


def file(request, key: str, form: str) -> HttpResponse:
    """Return a table as a file to keep, with what one must know of it."""
    table = replace(request.downloaded, rows=counted(request, request.downloaded.rows))
    about = notes(request, table.title)
    if form == "json":
        body = as_json(table, about)
    elif form == "csv":
        beneath = [[], *([f"{name}: {value}"] for name, value in about)]
        body = csv_bytes(table.headings, chain(table.rows, beneath))
    else:
        body = xlsx_bytes(table.title, table.headings, table.rows, about=about)
    types = {"csv": CSV_TYPE, "xlsx": XLSX_TYPE, "json": "application/json"}
    response = HttpResponse(body, content_type=types[form])
    name = quote(marked(f"{table.title}.{form}"))
    response["Content-Disposition"] = f"attachment; filename*=utf-8''{name}"
    return response


def counted(request, rows: Iterable[list[Cell]]) -> Iterator[list[Cell]]:
    """Yield rows; how many there were is recorded of the download (audit.middleware)."""
    request.rows_sent = 0
    for row in rows:
        request.rows_sent += 1
        yield row


def marked(name: str) -> str:
    """Return a file's name, which says so if it holds demonstration data."""
    return f"{DEMONSTRATION}-{name}" if demonstration else name


def notes(request, title: str) -> list[tuple[str, str]]:
    """Return what a file says of itself: of what, as known when, by which filter, how rounded."""
    asked = request.GET.copy()
    del asked[PARAMETER]
    newest = Publication.objects.order_by("-pk").values_list("pk", "published_at").first()
    told = [
        (_("Table"), title),
        (_("Period"), cumulative(request.viewpoint.quarter)),
        (_("Page"), request.path + (f"?{asked.urlencode()}" if asked else "")),
        (_("Downloaded"), moment(timezone.now())),
        (_("As known on"), known_on(request.viewpoint)),
        (_("Newest publication"), f"{newest[0]}, {moment(newest[1])}" if newest else _("none")),
        (_("Rounding"), _("As on the page. Exact amounts in yuan are in the API.")),
        (_("Use"), use(request)),
    ]
    if words := getattr(request, "filtered_by", ""):
        told.insert(2, (_("Filter"), words))
    if demonstration:
        told.insert(
            0, (DEMONSTRATION, _("Demonstration data: enterprises and figures are made up."))
        )
    return told


def known_on(viewpoint) -> str:
    """Return the day whose knowledge is shown, and that it is what was known then."""
    written = day(viewpoint.as_of or timezone.localdate())
    if viewpoint.recorded_by is None:
        return written
    return _("%(day)s, as known then: without what was recorded later") % {"day": written}


def use(request) -> str:
    """Return where a file may go: a view that hides small cells says so on its request."""
    if getattr(request, "is_for_outside", False):
        return _(
            "May leave the province: rows of fewer than %(fewest)s enterprises, or with one that "
            "makes over %(largest)s, are not disclosed, nor are others that would give them away."
        ) % {"fewest": FEWEST_FIRMS, "largest": percent(LARGEST_SHARE, 0)}
    return _(
        "Inside use. What leaves the province: “Totals of the enterprises”, the table for outside."
    )


def as_json(table: FileTable, about: list[tuple[str, str]]) -> str:
    """Return a table as JSON; numbers are decimal strings, never floats."""
    rows = [[str(v) if isinstance(v, Decimal) else v for v in row] for row in table.rows]
    whole = {"about": dict(about), "columns": table.headings, "rows": rows}
    return json.dumps(whole, ensure_ascii=False)
