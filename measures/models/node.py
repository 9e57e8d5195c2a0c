from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from foundation.language import in_chinese


class Node(models.Model):
    """
    A step of a task with its date; a standing task has one without a date.

    first_due is the date it was given first (原定). It never changes: a later date is a granted
    Deferral, so that no page can forget that there was an earlier one.
    """

    task = models.ForeignKey(
        "measures.Task", models.PROTECT, related_name="nodes", verbose_name=_("task")
    )
    # What a workbook's hidden column says, so that a reworded step stays the same one.
    key = models.CharField(_("key"), max_length=30, unique=True, editable=False)
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    what = models.CharField(_("what is to be done"), max_length=300)
    what_en = models.CharField(_("in English"), max_length=300, blank=True)
    first_due = models.DateField(_("first due"), null=True, blank=True)
    weight = models.PositiveSmallIntegerField(_("weight"), default=1)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("step of a task")
        verbose_name_plural = _("steps of a task")
        ordering = ["task", "position", "pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(what=""), name="node_says_something"),
            models.CheckConstraint(condition=models.Q(weight__gt=0), name="node_weighs_something"),
        ]

    def __str__(self):
        return self.local_what

    def save(self, *args, **kwargs):
        """
        Give a new step its key: the task's number and its place among the steps.

        Raises ValidationError if its first date would be another.
        """
        if not self.key:
            taken = Node.objects.filter(task=self.task).count()
            self.key = f"{self.task.number}#{taken + 1}"
        kept = Node.objects.filter(pk=self.pk).exclude(first_due=None).first() if self.pk else None
        if kept and kept.first_due != self.first_due:
            raise ValidationError(_("The first date of a step stays: a later one is a deferral."))
        super().save(*args, **kwargs)

    @property
    def local_what(self) -> str:
        """Return what is to be done, in Chinese where there is no English."""
        return self.what if in_chinese() else self.what_en or self.what
