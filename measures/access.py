"""Whose tasks a user may see, and for whom they may report."""

from collections.abc import Collection
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet

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


@dataclass(frozen=True)
class TaskScope:
    """
    Whose tasks a user may see.

    is_all      every one: the province's roles
    department  the key of the department whose tasks they see, led or assisted; else None
    cities      else the keys of the cities whose tasks they see, and of them their own progress
    """

    is_all: bool
    department: int | None = None
    cities: tuple[int, ...] = ()

    def tasks(self) -> QuerySet[Task]:
        """Return the tasks."""
        if self.is_all:
            return Task.objects.all()
        if self.department is not None:
            led = Q(lead=self.department) | Q(assisting=self.department)
            return Task.objects.filter(led).distinct()
        return Task.objects.filter(cities__in=self.cities).distinct()

    @property
    def only(self) -> Collection[int] | None:
        """Return the keys of the cities whose progress alone is seen; None for everybody's."""
        return None if self.is_all or self.department is not None else self.cities


def scope_of(request) -> TaskScope:
    """Return whose tasks the user of a request may see: nobody's without a role or a city."""
    if request.user.has_perm(VIEW):
        return TaskScope(is_all=True)
    if department := reports_for(request.user):
        return TaskScope(is_all=False, department=department.pk)
    return TaskScope(is_all=False, cities=tuple(city.pk for city in request.cities))


def tasks_for(request) -> QuerySet[Task]:
    """Return the tasks that the user of a request may see."""
    return scope_of(request).tasks()


def reporting_department(request) -> Department:
    """Return the department that the user reports for. Raises PermissionDenied without one."""
    department = reports_for(request.user)
    if department is None:
        raise PermissionDenied
    return department


def own_units(request, task: Task) -> list[City | Department]:
    """Return those that answer for a task and that the user reports for; none once it ended."""
    if task.ended_at:
        return []
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
