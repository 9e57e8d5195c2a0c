"""Health checks for monitoring: liveness and readiness."""

import shutil

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import JsonResponse

ALIVE = "/healthz"
# Less free space than this is said to be little; bytes.
LITTLE_SPACE = 1024**3


@login_not_required
def healthz(request):
    """Answer that the process is alive; asks nothing of the database."""
    return JsonResponse({"status": "ok", "version": settings.VERSION})


def alive_first(get_response):
    """Answer ALIVE before session and user are asked for, which are in the database."""

    def middleware(request):
        return healthz(request) if request.path_info == ALIVE else get_response(request)

    return middleware


@login_not_required
def readyz(request):
    """
    Answer whether pages can be served: 200, or 503 with what is wrong.

    That needs the database, its migrations and the static files. What is merely degraded is
    listed with 200.
    """
    try:
        executor = MigrationExecutor(connection)
        behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return _unavailable(database="unreachable")
    if behind:
        return _unavailable(migrations=len(behind))
    if isinstance(staticfiles_storage, ManifestFilesMixin) and not staticfiles_storage.hashed_files:
        return _unavailable(static_files="not collected")
    return JsonResponse({"status": "ok", "degraded": degraded()})


def degraded() -> list[str]:
    """Return what is not as it should be though pages can be served."""
    free = shutil.disk_usage(settings.DATA_DIR).free
    return ["disk"] if free < LITTLE_SPACE else []


def _unavailable(**wrong) -> JsonResponse:
    return JsonResponse({"status": "unavailable", **wrong}, status=503)
