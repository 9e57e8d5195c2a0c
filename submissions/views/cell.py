from django.http import Http404
from django.shortcuts import render

from indicators.data.snapshot_reader import snapshot_of
from submissions import access
from submissions.lineage.affected_figures import moved
from submissions.lineage.source_cells import subject, written_cell
from submissions.lineage.trace import rows_about
from submissions.models import StagedRow


def cell(request, pk):
    """Show one cell of a city's workbook: what was read in it, and every figure that it moves."""
    submission = access.submission_or_404(request, pk)
    sheet, _, address = request.GET.get("at", "").rpartition("!")
    row, field = found(submission, sheet, address)
    published = rows_about(row.kind, row.key, submission.city)
    published = published.filter(submission__period=submission.period)
    context = {
        "submission": submission,
        "row": row,
        "place": f"{sheet}!{address}",
        "subject": subject(row),
        "written": written_cell(row, field),
        "moved": moved(snapshot_of(request), submission, row, field)
        if submission.published_at
        else [],
        "versions": [
            (one.submission, one, written_cell(one, field))
            for one in published.order_by("-submission__version")
            if field in one.cells
        ],
    }
    return render(request, "submissions/cell.html", context)


def found(submission, sheet, address) -> tuple[StagedRow, str]:
    """Return the row and the field of a cell. Raises Http404 if nothing was read there."""
    number = "".join(filter(str.isascii, filter(str.isdecimal, address)))[:7]
    for row in submission.rows.filter(sheet=sheet, row=int(number or 0)):
        for field, place in row.cells.items():
            if place == address:
                return row, field
    raise Http404
