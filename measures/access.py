"""Whose tasks a user may see, and for whom they may report."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from audit.refusals import found_or_404
from clusters.models import City
from measures.ledger import answering
from measures.models import Department, DepartmentReturn, Task, TaskEvidence

VIEW = "measures.view_task"
REPORT = "measures.report_task"
# Of an app above this one.
REVIEW = "submissions.review_submission"
UPLOAD = "submissions.upload_submission"


def reports_for(user) -> Department | None:
    """Return the department that a user reports for; None for anybody else."""
    if not user.has_perm(REPORT):
        return None
    return Department.objects.filter(members__user=user).first()


def tasks_for(request) -> QuerySet[Task]:
    """
    Return the tasks a user may see.

    All for the province's roles, those it leads or assists for a department, those of its cities
    for a bureau, none for anybody else.
    """
    if request.user.has_perm(VIEW):
        return Task.objects.all()
    if department := reports_for(request.user):
        return (department.leads.all() | department.assists.all()).distinct()
    return Task.objects.filter(cities__in=request.cities).distinct()


def reporting_department(request) -> Department:
    """Return the department that the user reports for. Raises PermissionDenied without one."""
    department = reports_for(request.user)
    if department is None:
        raise PermissionDenied
    return department


def answering_seen(request) -> set[City] | None:
    """Return the cities whose progress a user may see; None for that of everybody who answers."""
    if request.user.has_perm(VIEW) or reports_for(request.user):
        return None
    return set(request.cities)


def own_units(request, task: Task) -> list[City | Department]:
    """Return those that answer for a task and that the user reports for."""
    cities = set(request.own_cities) if request.user.has_perm(UPLOAD) else set()
    department = reports_for(request.user)
    return [one for one in answering(task) if one in cities or one == department]


def evidence_for(request) -> QuerySet[TaskEvidence]:
    """Return the evidence a user may open: a bureau that of its own cities only."""
    every = TaskEvidence.objects.filter(node__task__in=tasks_for(request))
    if request.user.has_perm(VIEW) or reports_for(request.user):
        return every
    return every.filter(city__in=request.cities)


def return_or_404(request, return_pk: int, *, may: str | None = None) -> DepartmentReturn:
    """
    Return a department's report that the user may see: every one for the province, else one's own.

    Raises Http404 for another's, PermissionDenied without the permission `may`.
    """
    every = DepartmentReturn.objects.select_related(
        "department", "period", "submitted_by", "decided_by"
    )
    seen = every
    if not request.user.has_perm(VIEW):
        seen = every.filter(department=reports_for(request.user))
    returned = found_or_404(request, seen, DepartmentReturn.objects, pk=return_pk)
    if may and not request.user.has_perm(may):
        raise PermissionDenied
    return returned
