from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from clusters.models.plan import quarter_code


class Target(models.Model):
    """
    What a plan wants an indicator to reach, by when, and from where.

    The indicator's code is one of indicators.catalogue. The baseline is blank where none has
    been published: then nothing is drawn from zero, and attainment says that there is none.
    Values are in the indicator's own unit: a share is a fraction, 0.5 and not 50.
    """

    class Comparator(models.TextChoices):
        AT_LEAST = ">=", _("at least (≥)")
        OVER = ">", _("over (>)")

    plan = models.ForeignKey(
        "clusters.Plan", models.PROTECT, related_name="targets", verbose_name=_("plan")
    )
    indicator = models.SlugField(_("indicator"))
    comparator = models.CharField(
        _("comparator"), max_length=2, choices=Comparator, default=Comparator.AT_LEAST
    )
    value = models.DecimalField(_("target value"), max_digits=20, decimal_places=6)
    period = models.CharField(_("deadline"), max_length=6, validators=[quarter_code])

    baseline_value = models.DecimalField(
        _("baseline value"), max_digits=20, decimal_places=6, null=True, blank=True
    )
    baseline_period = models.CharField(
        _("baseline quarter"), max_length=6, blank=True, validators=[quarter_code]
    )
    baseline_source = models.CharField(_("baseline source"), max_length=200, blank=True)

    # 序时进度, in percentage points behind the pace: over 0 slightly behind, from the first
    # behind, over the second seriously behind. Defaults: a press report of Yinchuan, 2025.
    behind_from = models.DecimalField(
        _("behind from (points)"), max_digits=5, decimal_places=2, default=Decimal("10")
    )
    seriously_behind_over = models.DecimalField(
        _("seriously behind over (points)"), max_digits=5, decimal_places=2, default=Decimal("30")
    )

    wording = models.TextField(_("wording of the plan"), blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["plan", "indicator"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "indicator"], name="target_once_per_plan"),
            models.CheckConstraint(
                condition=Q(baseline_value__isnull=True, baseline_period="")
                | (Q(baseline_value__isnull=False) & ~Q(baseline_period="")),
                name="target_baseline_value_with_its_quarter",
            ),
            models.CheckConstraint(
                condition=Q(behind_from__gt=0, seriously_behind_over__gte=F("behind_from")),
                name="target_bands_in_order",
            ),
        ]

    def __str__(self):
        return f"{self.indicator} {self.comparator} {self.value.normalize():f} ({self.period})"
