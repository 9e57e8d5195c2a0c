"""Whose tasks a user may see, and for whom they may report."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from audit.refusals import found_or_404
from measures.models import Department, DepartmentReturn, Task

VIEW = "measures.view_task"
REPORT = "measures.report_task"
REVIEW = "submissions.review_submission"


def department_of(user) -> Department | None:
    """Return the department that a user works for; None for anybody else."""
    return Department.objects.filter(members__user=user).first() if user.pk else None


def tasks_for(request) -> QuerySet[Task]:
    """
    Return the tasks a user may see.

    All for the province's roles, those it leads or assists for a department, those of its cities
    for a bureau, none for anybody else.
    """
    if request.user.has_perm(VIEW):
        return Task.objects.all()
    if department := department_of(request.user):
        return (department.leads.all() | department.assists.all()).distinct()
    return Task.objects.filter(cities__in=request.cities).distinct()


def reporting_department(request) -> Department:
    """Return the department that the user reports for. Raises PermissionDenied without one."""
    department = department_of(request.user)
    if department is None or not request.user.has_perm(REPORT):
        raise PermissionDenied
    return department


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
        seen = every.filter(department=department_of(request.user))
    returned = found_or_404(request, seen, DepartmentReturn.objects, pk=return_pk)
    if may and not request.user.has_perm(may):
        raise PermissionDenied
    return returned
