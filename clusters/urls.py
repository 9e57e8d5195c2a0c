from django.urls import path

from clusters.views.block import block
from clusters.views.cluster import cluster
from clusters.views.cluster_list import cluster_list

app_name = "clusters"
urlpatterns = [
    path("", cluster_list, name="cluster_list"),
    path("<slug:slug>/", cluster, name="cluster"),
    path("<slug:slug>/blocks/<int:block_pk>/", block, name="block"),
]
