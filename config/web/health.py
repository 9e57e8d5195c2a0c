"""Health checks for monitoring: liveness and readiness."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import JsonResponse


@login_not_required
def healthz(request):
    """Answer that the process is alive; asks nothing of the database."""
    return JsonResponse({"status": "ok"})


@login_not_required
def readyz(request):
    """Answer whether the database is there and migrated: 200, or 503 with what is wrong."""
    try:
        executor = MigrationExecutor(connection)
        behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return JsonResponse({"status": "unavailable", "database": "unreachable"}, status=503)
    if behind:
        return JsonResponse({"status": "unavailable", "migrations": len(behind)}, status=503)
    return JsonResponse({"status": "ok"})
