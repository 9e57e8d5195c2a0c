from django.http import Http404
from django.shortcuts import render

from indicators.data.snapshot_reader import snapshot_of
from submissions import access
from submissions.lineage.affected_figures import affected_figures
from submissions.lineage.source_cells import source_cell, subject
from submissions.lineage.tables import AffectedFigureTable, PublishedCellTable
from submissions.lineage.trace import rows_about
from submissions.models import StagedRow


def cell(request, pk):
    """Show one cell of a workbook: its value, and the figures that it affects."""
    submission = access.submission_or_404(request, pk)
    sheet, _, address = request.GET.get("at", "").rpartition("!")
    row, field = found(submission, sheet, address)
    published = rows_about(row.kind, row.key, submission.city)
    published = published.filter(submission__period=submission.period)
    affected = []
    if submission.published_at:
        affected = affected_figures(snapshot_of(request), submission, row, field)
    written = source_cell(row, field)
    versions = [
        (one.submission, one, source_cell(one, field))
        for one in published.order_by("-submission__version")
        if field in one.cells
    ]
    context = {
        "submission": submission,
        "layout_use": getattr(submission, "layout_use", None),
        "other_cells": (row.sources or {}).get(field, []),
        "row": row,
        "place": f"{sheet}!{address}",
        "subject": subject(row),
        "written": written,
        "moved": AffectedFigureTable(affected),
        "versions": PublishedCellTable(versions, written.kind),
    }
    return render(request, "submissions/cell.html", context)


def found(submission, sheet, address) -> tuple[StagedRow, str]:
    """Return row and field of a cell. Raises Http404 if nothing was read there."""
    number = "".join(filter(str.isascii, filter(str.isdecimal, address)))[:7]
    for row in submission.rows.filter(sheet=sheet, row=int(number or 0)):
        for field, place in row.cells.items():
            if place == address:
                return row, field
    raise Http404
