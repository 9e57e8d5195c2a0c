from django.http import Http404
from django.shortcuts import render

from clusters.blocks import category_rows
from clusters.models import Cluster
from clusters.plans import plan_among


def cluster(request, slug):
    """Show one cluster: what it consists of, how far each part is, and what it makes."""
    of_plan = {
        cluster.plan: cluster
        for cluster in Cluster.objects.filter(slug=slug).select_related("plan", "city")
    }
    plan = plan_among(of_plan, request.viewpoint.quarter)
    if plan is None:
        raise Http404
    cluster = of_plan[plan]
    context = {
        "plan": plan,
        "cluster": cluster,
        "categories": category_rows(cluster, request.viewpoint),
    }
    return render(request, "clusters/cluster.html", context)
