from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class DepartmentReturn(models.Model):
    """
    What a department handed in for a quarter on its page, as one whole, for a reviewer to decide.

    Never edited: a correction is the next version. The reviewer is never who submitted it.

    lines  one for each step, as measures.reporting.report_rules.StepReport.as_json()
    """

    class Decision(models.TextChoices):
        SUBMITTED = "submitted", _("waiting for review")
        ACCEPTED = "accepted", _("accepted")
        SENT_BACK = "sent_back", _("sent back")

    department = models.ForeignKey("measures.Department", models.PROTECT, related_name="returns")
    period = models.ForeignKey("clusters.ReportingPeriod", models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField(_("version"))
    lines = models.JSONField(_("steps reported"))
    status = models.CharField(
        _("state"), max_length=10, choices=Decision, default=Decision.SUBMITTED
    )
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(_("submitted at"), default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("report of a department")
        verbose_name_plural = _("reports of departments")
        ordering = ["-period__code", "department", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["department", "period", "version"], name="department_return_version_once"
            ),
            models.UniqueConstraint(
                fields=["department", "period"],
                condition=Q(status="submitted"),
                name="department_return_one_waiting",
            ),
            models.CheckConstraint(
                condition=Q(status="submitted", decided_by__isnull=True, decided_at__isnull=True)
                | Q(
                    status__in=["accepted", "sent_back"],
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                ),
                name="department_return_decided",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("submitted_by")),
                name="department_return_decided_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(status="sent_back") | ~Q(reason=""),
                name="department_return_sent_back_with_reason",
            ),
        ]

    def __str__(self):
        return f"{self.department} {self.period} – {self.version}"

    def get_absolute_url(self):
        return reverse("measures:return", kwargs={"return_pk": self.pk})


class DepartmentDraft(models.Model):
    """What a user has typed of a department's report and not handed in: kept as it was typed."""

    department = models.ForeignKey("measures.Department", models.CASCADE, related_name="+")
    period = models.ForeignKey("clusters.ReportingPeriod", models.CASCADE, related_name="+")
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(_("saved at"), default=timezone.now)
    # By the step's key: its fields as typed.
    typed = models.JSONField()

    class Meta:
        verbose_name = _("draft of a department's report")
        verbose_name_plural = _("drafts of departments' reports")
        constraints = [
            models.UniqueConstraint(
                fields=["department", "period", "saved_by"], name="department_draft_once"
            )
        ]

    def __str__(self):
        return f"{self.department} {self.period}"
