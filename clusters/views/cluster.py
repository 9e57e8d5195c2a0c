from django.http import Http404
from django.shortcuts import render

from clusters.block_tables import BlockTable
from clusters.blocks import category_rows, cluster_with_categories


def cluster(request, slug):
    """Show one cluster: what it consists of, how far each part is, and what it makes."""
    cluster, categories = cluster_with_categories(slug, request.viewpoint.quarter)
    if cluster is None:
        raise Http404
    context = {
        "plan": cluster.plan,
        "cluster": cluster,
        "established": cluster.standing_on(request.viewpoint.counted_on),
        "categories": [
            (row, BlockTable(row.blocks, key=row.category.pk, title=row.category))
            for row in category_rows(categories, request.viewpoint)
        ],
    }
    return render(request, "clusters/cluster.html", context)
