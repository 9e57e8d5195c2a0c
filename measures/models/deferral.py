from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Deferral(models.Model):
    """
    That a later date was asked for a step, and how it was decided.

    It can be granted only if it was asked by the date that was in force: asked later, it is
    refused by itself, and the database lets nobody grant it. Decided by another than who asked.
    """

    node = models.ForeignKey("measures.Node", models.PROTECT, related_name="deferrals")
    due_before = models.DateField(_("date in force when it was asked"))
    due = models.DateField(_("date asked for"))
    reason = models.TextField(_("reason"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_on = models.DateField(_("asked on"))
    granted = models.BooleanField(_("granted"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decision = models.TextField(_("reason of the decision"), blank=True)

    class Meta:
        verbose_name = _("deferral")
        verbose_name_plural = _("deferrals")
        ordering = ["asked_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(due__gt=F("due_before")), name="deferral_is_to_a_later_date"
            ),
            models.CheckConstraint(
                condition=~Q(granted=True) | Q(asked_on__lte=F("due_before")),
                name="deferral_granted_if_asked_in_time",
            ),
            models.CheckConstraint(
                condition=Q(granted__isnull=True, decided_at__isnull=True)
                | Q(granted__isnull=False, decided_at__isnull=False),
                name="deferral_decided_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(granted=True)
                | (Q(decided_by__isnull=False) & ~Q(decided_by=F("asked_by"))),
                name="deferral_granted_by_another",
            ),
            models.UniqueConstraint(
                fields=["node"],
                condition=Q(granted__isnull=True),
                name="deferral_one_open_a_node",
            ),
        ]

    def __str__(self):
        return f"{self.node_id} {self.due_before} → {self.due}"
