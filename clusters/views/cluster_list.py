from django.shortcuts import render
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from clusters.block_tables import CategoryTable
from clusters.blocks import category_rows, with_categories
from clusters.models import Cluster
from clusters.plans import plan_for


def cluster_list(request):
    """Show the clusters of the plan that the viewpoint's quarter belongs to, part by part."""
    # Both stand in a cached part (config.web.page_key), which mostly is there already.
    context = {
        "plan": SimpleLazyObject(lambda: plan_for(request.viewpoint.quarter)),
        "clusters": SimpleLazyObject(lambda: _clusters(request.viewpoint)),
    }
    return render(request, "clusters/cluster_list.html", context)


def _clusters(viewpoint) -> list[tuple[Cluster, CategoryTable]]:
    """Return the clusters of a viewpoint's plan, each with the table of its parts."""
    found = with_categories(Cluster.objects.filter(plan=plan_for(viewpoint.quarter)))
    every = [category for _cluster, categories in found for category in categories]
    row_of = {row.category.pk: row for row in category_rows(every, viewpoint)}
    return [(one, _table(one, [row_of[c.pk] for c in categories])) for one, categories in found]


def _table(cluster, rows) -> CategoryTable:
    title = _("Building blocks: %(cluster)s") % {"cluster": cluster}
    return CategoryTable(rows, key=f"blocks-{cluster.slug}", title=title)
