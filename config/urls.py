"""One include per app."""

from django.contrib import admin
from django.urls import include, path

from config.api import urls as api_urls
from config.health import healthz, readyz

urlpatterns = [
    path("", include("indicators.urls")),
    path("clusters/", include("clusters.urls")),
    path("parks/", include("parks.urls")),
    path("enterprises/", include("enterprises.urls")),
    path("submissions/", include("submissions.urls")),
    path("accounts/", include("accounts.urls")),
    path("api/v1/", api_urls),
    path("admin/", admin.site.urls),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
]
