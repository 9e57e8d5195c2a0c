from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class PlanMeasure(models.Model):
    """A support area or an organisational measure of a plan, worded as the plan words it."""

    class MeasureKind(models.TextChoices):
        SUPPORT = "support", _("Support area")
        ORGANISATION = "organisation", _("Organisational measure")

    plan = models.ForeignKey(
        "clusters.Plan", models.PROTECT, related_name="measures", verbose_name=_("plan")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=MeasureKind)
    position = models.PositiveSmallIntegerField(_("position"))
    title = models.CharField(_("title"), max_length=100)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("plan measure")
        verbose_name_plural = _("plan measures")
        ordering = ["plan", "kind", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "kind", "position"], name="plan_measure_position_once"
            )
        ]

    def __str__(self):
        return self.title
