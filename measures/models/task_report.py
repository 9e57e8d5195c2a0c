from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clusters.models.published import Published, one_in_force
from measures.light import TaskState


class TaskReport(Published):
    """
    What a city or a department reported of a step for a quarter, and a reviewer accepted.

    Never edited: a correction is another report, which supersedes it.

    place  sheet and cell of the state in the city's workbook, 任务进展!F5; "" for a department's
    """

    class ReportState(models.TextChoices):
        NOT_STARTED = TaskState.NOT_STARTED.value, _("not started")
        UNDER_WAY = TaskState.UNDER_WAY.value, _("under way")
        NEARLY_DONE = TaskState.NEARLY_DONE.value, _("nearly done")
        DONE = TaskState.DONE.value, _("done")
        NEEDS_COORDINATION = TaskState.NEEDS_COORDINATION.value, _("needs coordination")

    node = models.ForeignKey("measures.Node", models.PROTECT, related_name="reports")
    city = models.ForeignKey("clusters.City", models.PROTECT, null=True, related_name="+")
    department = models.ForeignKey(
        "measures.Department", models.PROTECT, null=True, related_name="reports"
    )
    period = models.ForeignKey("clusters.ReportingPeriod", models.PROTECT, related_name="+")
    state = models.CharField(_("state"), max_length=20, choices=ReportState)
    text = models.TextField(_("progress"))
    help_wanted = models.TextField(_("matters that need coordination"), blank=True)
    done_on = models.DateField(_("done on"), null=True)
    # What the workbook says of evidence: a document's number, or the name of a file.
    evidence_named = models.CharField(_("evidence"), max_length=300, blank=True)
    place = models.CharField(_("cell"), max_length=120, blank=True)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta(Published.Meta):
        verbose_name = _("progress report")
        verbose_name_plural = _("progress reports")
        constraints = [
            *Published.Meta.constraints,
            models.CheckConstraint(
                condition=Q(city__isnull=True) ^ Q(department__isnull=True),
                name="task_report_of_a_city_or_a_department",
            ),
            models.CheckConstraint(
                condition=Q(state="done", done_on__isnull=False)
                | (~Q(state="done") & Q(done_on__isnull=True)),
                name="task_report_done_on_a_day",
            ),
            one_in_force("node", "city", "period", name="task_report_of_city_in_force"),
            one_in_force("node", "department", "period", name="task_report_of_dept_in_force"),
        ]

    def __str__(self):
        return f"{self.node_id} {self.period_id} {self.state}"
