from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Note(models.Model):
    """
    Why a figure is what it is: a dated explanation, shown wherever the figure shows.

    about is what the figure is of: `target:cluster-output-share`, `city:370100`,
    `cluster:jinan`, `park:<slug>` or `enterprise:<credit code>`. A note is never changed. One
    that was wrong is withdrawn, and a look back to a day on which it stood still shows it.
    """

    about = models.CharField(_("about"), max_length=120)
    period = models.ForeignKey(
        "clusters.ReportingPeriod", models.PROTECT, related_name="+", verbose_name=_("period")
    )
    text = models.TextField(_("note"), max_length=1000)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("written by")
    )
    written_at = models.DateTimeField(_("written at"), default=timezone.now)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["written_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="note_says_something"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="note_withdrawn_at_a_time_by_a_person",
            ),
        ]

    def __str__(self):
        return self.text[:60]
