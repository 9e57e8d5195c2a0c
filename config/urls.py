"""One include per app."""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from accounts.roles import ROLES
from audit.views.trail import trail
from config.api.guide import guide
from config.api.views import urls as api_urls
from config.web.accessibility import accessibility
from config.web.health import healthz, readyz
from config.web.help import role, roles
from config.web.system_status import system_status

# Roles by key, for the events, which know no accounts.
ROLE_NAMES = {role.key: role.name for role in ROLES.values()}

handler500 = "config.web.error_handlers.server_error"

urlpatterns = [
    path("", include("indicators.urls")),
    path("clusters/", include("clusters.urls")),
    path("parks/", include("parks.urls")),
    path("measures/", include("measures.urls")),
    path("enterprises/", include("enterprises.urls")),
    path("submissions/", include("submissions.urls")),
    path("briefing/", include("submissions.papers.briefing_urls")),
    path("assessment/", include("submissions.papers.assessment_urls")),
    path("accounts/", include("accounts.urls")),
    path("proposals/", include("audit.proposals.urls")),
    path("api/v1/", guide, name="api"),
    path("api/v1/", api_urls),
    path("admin/", admin.site.urls),
    path("i18n/setlang/", login_not_required(set_language), name="set_language"),
    path("accessibility/", accessibility, name="accessibility"),
    path("help/", roles, name="help"),
    path("help/<slug:key>/", role, name="help_role"),
    path("audit/", trail, {"role_names": ROLE_NAMES}, name="audit"),
    path("status/", system_status, name="system_status"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
]

handler400 = "config.web.protection.bad_request.bad_request"
handler404 = "config.web.missing_page.missing_page"
