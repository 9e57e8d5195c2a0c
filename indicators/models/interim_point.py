from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from clusters.models.plan import quarter_code


class InterimPoint(models.Model):
    """
    What a target should have come to on the way, by a quarter's end (序时节点).

    In the unit of its target. Between two points the pace is a straight line.
    """

    target = models.ForeignKey(
        "indicators.Target",
        models.CASCADE,
        related_name="interim_points",
        verbose_name=_("target"),
    )
    period = models.CharField(_("quarter"), max_length=6, validators=[quarter_code])
    value = models.DecimalField(_("value due"), max_digits=20, decimal_places=6)
    source = models.CharField(_("source"), max_length=200, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("interim point")
        verbose_name_plural = _("interim points")
        ordering = ["target", "period"]
        constraints = [
            models.UniqueConstraint(fields=["target", "period"], name="interim_point_once")
        ]

    def __str__(self):
        return f"{self.period}: {self.value.normalize():f}"

    def clean(self):
        """Refuse a point that does not lie on the way: before the baseline, or at the deadline."""
        start, deadline = self.target.baseline_period, self.target.period
        if self.period and not start < self.period < (deadline or "9999Q4"):
            raise ValidationError({"period": _("It lies between the baseline and the deadline.")})
