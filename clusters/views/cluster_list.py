from django.shortcuts import render

from clusters.models import Cluster
from clusters.plans import plan_for


def cluster_list(request):
    """Show the clusters of the plan that the viewpoint's quarter belongs to."""
    plan = plan_for(request.viewpoint.quarter)
    clusters = Cluster.objects.filter(plan=plan).select_related("city")
    return render(request, "clusters/cluster_list.html", {"plan": plan, "clusters": clusters})
