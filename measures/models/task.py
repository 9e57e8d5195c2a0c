from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from clusters.models.provenance import Provenance
from foundation.language import in_chinese


class TaskQuerySet(models.QuerySet):
    def going_on(self, moment: datetime):
        """Return the tasks that had not ended at a moment."""
        return self.exclude(ended_at__lte=moment)


class Task(models.Model):
    """
    A task under one of a plan's measures: who leads it, who answers for it, what completes it.

    Where cities answer, each reports its own progress; else the lead department does. Without a
    standard of completion (办结标准) it is on record and not judged.
    """

    class Rhythm(models.TextChoices):
        ONCE = "once", _("once")
        YEARLY = "yearly", _("every year")
        STANDING = "standing", _("standing")

    area = models.ForeignKey(
        "clusters.PlanMeasure", models.PROTECT, related_name="tasks", verbose_name=_("measure")
    )
    number = models.CharField(
        _("number"), max_length=20, unique=True, help_text=_("As addresses write it: 2-03.")
    )
    wording = models.TextField(_("wording"))
    wording_en = models.TextField(_("English wording"), blank=True)
    clause = models.CharField(_("clause of the document"), max_length=200, blank=True)
    rhythm = models.CharField(_("rhythm"), max_length=8, choices=Rhythm, default=Rhythm.ONCE)
    standard = models.TextField(
        _("standard of completion"),
        blank=True,
        help_text=_("What shows that it is done (办结标准). Blank: it cannot be judged."),
    )
    lead = models.ForeignKey(
        "measures.Department",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="leads",
        verbose_name=_("lead department"),
    )
    assisting = models.ManyToManyField(
        "measures.Department",
        blank=True,
        related_name="assists",
        verbose_name=_("assisting departments"),
    )
    cities = models.ManyToManyField(
        "clusters.City", blank=True, related_name="tasks", verbose_name=_("cities that answer")
    )
    targets = models.ManyToManyField(
        "indicators.Target", blank=True, related_name="tasks", verbose_name=_("targets served")
    )
    clusters = models.ManyToManyField(
        "clusters.Cluster", blank=True, related_name="tasks", verbose_name=_("clusters served")
    )
    parks = models.ManyToManyField(
        "parks.Park", blank=True, related_name="tasks", verbose_name=_("parks served")
    )
    begins = models.CharField(
        _("first quarter to report"), max_length=6, help_text=_("Reports are owed from it on.")
    )
    provenance = models.CharField(
        _("provenance"), max_length=10, choices=Provenance, default=Provenance.UNVERIFIED
    )
    source = models.TextField(_("source"), blank=True)
    # A task is never deleted.
    ended_because = models.TextField(
        _("why it has ended"),
        blank=True,
        help_text=_(
            "Blank while it goes on. An ended task stays on record with all that was reported, "
            "and is judged no longer."
        ),
    )
    ended_at = models.DateTimeField(_("ended at"), null=True, editable=False)
    is_demonstration = models.BooleanField(_("demonstration data"), default=False, editable=False)

    objects = TaskQuerySet.as_manager()
    history = HistoricalRecords(m2m_fields=[assisting, cities, targets, clusters, parks])

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        ordering = ["area", "number"]
        permissions = [("report_task", _("May report on the tasks of a department"))]
        constraints = [
            models.CheckConstraint(condition=~models.Q(wording=""), name="task_says_something"),
            models.CheckConstraint(
                condition=models.Q(begins__regex=r"^[0-9]{4}Q[1-4]$"), name="task_begins_in_quarter"
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True, ended_because="")
                | (models.Q(ended_at__isnull=False) & ~models.Q(ended_because="")),
                name="task_ended_with_reason",
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.local_wording}"

    def save(self, *args, **kwargs):
        """Note the moment at which it ends. Raises ValidationError if it had ended before."""
        self.clean()
        if self.ended_because and self.ended_at is None:
            self.ended_at = timezone.now()
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("measures:task", kwargs={"number": self.number})

    def clean(self):
        """Refuse to let an ended task go on: what was known on a past day would change."""
        stored = Task.objects.filter(pk=self.pk).exclude(ended_at=None).first()
        if stored and stored.ended_because != self.ended_because:
            raise ValidationError(_("An ended task stays ended: enter it as a new one."))

    def has_ended(self, moment: datetime) -> bool:
        """Return whether it had ended at a moment."""
        return self.ended_at is not None and self.ended_at <= moment

    @property
    def local_wording(self) -> str:
        """Return the wording in the reader's language; the Chinese one where there is no other."""
        return self.wording if in_chinese() else self.wording_en or self.wording

    @property
    def is_standing(self) -> bool:
        """Return whether it never ends: it is judged by its reports alone."""
        return self.rhythm == self.Rhythm.STANDING
