"""Whose tasks a user may see, and for whom they may report."""

from django.db.models import QuerySet

from measures.models import Department, Task

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
