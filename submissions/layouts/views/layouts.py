from django.shortcuts import get_object_or_404, render

from submissions import access
from submissions.layouts.tables import LayoutTable, columns_table
from submissions.layouts.words import SHEETS
from submissions.models import Layout


def layouts(request):
    """List every version of the layouts by which files with other headings are read."""
    context = {"layouts": LayoutTable.of_all(), "may_bring": access.may_bring(request.user)}
    return render(request, "submissions/layouts/layouts.html", context)


def layout(request, pk):
    """Show one version of a layout: what each column holds, and what it was used for."""
    shown = get_object_or_404(Layout.objects.select_related("confirmed_by"), pk=pk)
    sheets = dict(SHEETS)
    context = {
        "layout": shown,
        "tables": [
            {
                "spec": table,
                "sheets": sheets[table.sheets],
                "rows": "、".join(map(str, table.headings.rows)),
                "columns": columns_table(table),
            }
            for table in shown.as_spec().tables
        ],
        "uses": [
            use.submission
            for use in shown.uses.filter(submission__city__in=request.cities)
            .select_related("submission__city", "submission__period")
            .order_by("-submission__uploaded_at")[:50]
        ],
    }
    return render(request, "submissions/layouts/layout.html", context)
