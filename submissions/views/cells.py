from django.core.paginator import Paginator
from django.shortcuts import render

from submissions import access
from submissions.lineage.source_cells import headings, source_cells
from submissions.models import StagedRow
from submissions.workbook.layout import TABLES
from submissions.workbook.limits import ENTERPRISE_LINES

PAGE = 50


def cells(request, pk):
    """Show all values read from a workbook, each with its cell."""
    submission = access.submission_or_404(request, pk)
    asked = request.GET.get("table")
    kind = asked if asked in TABLES else StagedRow.RowKind.CITY
    # A download has all rows.
    rows = ENTERPRISE_LINES if "download" in request.GET else PAGE
    page = Paginator(submission.rows.filter(kind=kind).order_by("row"), rows)
    page = page.get_page(request.GET.get("page"))
    context = {
        "submission": submission,
        "tables": TABLES.values(),
        "kind": kind,
        "page": page,
        "rows": [(row, list(source_cells(row))) for row in page],
        "columns": headings(kind),
    }
    return render(request, "submissions/cells.html", context)
