from django.shortcuts import render

from submissions import access
from submissions.lineage.tables import source_cells
from submissions.models import StagedRow
from submissions.workbook.layout import TABLES


def cells(request, pk):
    """Show all values read from a workbook, each with its cell."""
    submission = access.submission_or_404(request, pk)
    asked = request.GET.get("table")
    kind = asked if asked in TABLES else StagedRow.RowKind.CITY
    context = {
        "submission": submission,
        "tables": TABLES.values(),
        "kind": kind,
        "table": source_cells(submission, kind).turn_to(request.GET.get("page")),
    }
    return render(request, "submissions/cells.html", context)
