from django.shortcuts import render
from django.utils.translation import gettext as _

from clusters.block_tables import CategoryTable
from clusters.blocks import category_rows, with_categories
from clusters.models import Cluster
from clusters.plans import plan_for


def cluster_list(request):
    """Show the clusters of the plan that the viewpoint's quarter belongs to, part by part."""
    plan = plan_for(request.viewpoint.quarter)
    found = with_categories(Cluster.objects.filter(plan=plan))
    every = [category for _cluster, categories in found for category in categories]
    row_of = {row.category.pk: row for row in category_rows(every, request.viewpoint)}
    context = {
        "plan": plan,
        "clusters": [
            (one, _table(one, [row_of[c.pk] for c in categories])) for one, categories in found
        ],
    }
    return render(request, "clusters/cluster_list.html", context)


def _table(cluster, rows) -> CategoryTable:
    title = _("Building blocks: %(cluster)s") % {"cluster": cluster}
    return CategoryTable(rows, key=f"blocks-{cluster.slug}", title=title)
