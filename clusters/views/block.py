from django.shortcuts import get_object_or_404, render

from clusters.block_tables import BlockQuarter, BlockQuarterTable, PlannedDatesTable
from clusters.blocks import block_rows
from clusters.models import BuildingBlock


def block(request, slug, block_pk):
    """Show one building block: how it stands, what was planned when, and each quarter's report."""
    found = BuildingBlock.objects.select_related("category__cluster__city")
    block = get_object_or_404(found, pk=block_pk, category__cluster__slug=slug)
    [row] = block_rows([block], request.viewpoint)
    quarters = [
        BlockQuarter(block, mark, row.reports.get(mark.quarter)) for mark in reversed(row.marks)
    ]
    context = {
        "row": row,
        "cluster": block.category.cluster,
        "dates": PlannedDatesTable(row.changes),
        "quarters": BlockQuarterTable(quarters, title=block),
    }
    return render(request, "clusters/block.html", context)
