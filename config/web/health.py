"""Health checks for monitoring: liveness and readiness."""

import shutil
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import JsonResponse
from django.utils import timezone

from jobs.models import OperatorRun
from jobs.workers import there_is_a_worker

ALIVE = "/healthz"
# Less free space than this is said to be little; bytes.
LITTLE_SPACE = 1024**3
# A nightly backup that is older is missing.
BACKUP_WITHIN = timedelta(hours=48)


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
        if behind := migrations_missing():
            return _unavailable(migrations=behind)
        missing = static_files_missing()
        return _unavailable(static_files="not collected") if missing else _ready()
    except DatabaseError:
        return _unavailable(database="unreachable")


def migrations_missing() -> int:
    """Return how many migrations are not applied. Raises DatabaseError."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def static_files_missing() -> bool:
    """Return whether pages would have no styles."""
    collects = isinstance(staticfiles_storage, ManifestFilesMixin)
    return collects and not staticfiles_storage.hashed_files


def degraded() -> list[str]:
    """Return what is not as it should be though pages can be served. Two queries."""
    wrong = {
        "worker": not there_is_a_worker(),
        "disk": free_space() < LITTLE_SPACE,
        "backup": not is_backed_up(OperatorRun.newest(OperatorRun.RunKind.BACKUP)),
    }
    return [name for name, is_wrong in wrong.items() if is_wrong]


def free_space() -> int:
    """Return the free bytes where DATA_DIR lies."""
    return shutil.disk_usage(settings.DATA_DIR).free


def is_backed_up(newest: OperatorRun | None) -> bool:
    """Return whether the newest backup is recent enough."""
    return newest is not None and timezone.now() - newest.finished_at <= BACKUP_WITHIN


def _ready() -> JsonResponse:
    return JsonResponse({"status": "ok", "degraded": degraded()})


def _unavailable(**wrong) -> JsonResponse:
    return JsonResponse({"status": "unavailable", **wrong}, status=503)
