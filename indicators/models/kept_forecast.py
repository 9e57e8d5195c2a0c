from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clusters.models.plan import quarter_code
from foundation.quarters import Quarter
from indicators.formulas.forecast import Forecast, Method


class KeptForecast(models.Model):
    """
    A forecast as it was made, stored to be scored later. Added, and never changed.

    made_at is the newest quarter it rests on, `of` the quarter it is for; as_of is the day on
    which made_at had been accepted of every city, and whose knowledge it uses.
    """

    indicator = models.SlugField(_("indicator"))
    made_at = models.CharField(_("made at"), max_length=6, validators=[quarter_code])
    of = models.CharField(_("quarter it is for"), max_length=6, validators=[quarter_code])
    as_of = models.DateField(_("as known on"))
    low = models.DecimalField(_("at least"), max_digits=30, decimal_places=10)
    middle = models.DecimalField(_("most likely"), max_digits=30, decimal_places=10)
    high = models.DecimalField(_("at most"), max_digits=30, decimal_places=10)
    method = models.CharField(_("method"), max_length=20)
    base = models.CharField(_("carried forward from"), max_length=6, validators=[quarter_code])
    times = models.PositiveSmallIntegerField(_("times"))
    changes = models.JSONField(_("changes"))
    kept_at = models.DateTimeField(_("kept at"), auto_now_add=True)

    class Meta:
        verbose_name = _("kept forecast")
        verbose_name_plural = _("kept forecasts")
        ordering = ["indicator", "of", "made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "made_at", "of"], name="forecast_kept_once"
            ),
            models.CheckConstraint(
                condition=Q(low__lte=F("middle"), middle__lte=F("high")),
                name="forecast_in_order",
            ),
        ]

    def __str__(self):
        return f"{self.indicator} {self.of} ({self.made_at})"

    def save(self, *args, **kwargs):
        """Add it. Raises TypeError for one that is stored already."""
        if self.pk is not None:
            raise TypeError("A kept forecast is never changed.")
        super().save(*args, **kwargs)

    @property
    def as_made(self) -> Forecast:
        """The forecast itself, as the formula returned it."""
        return Forecast(
            made_at=Quarter.parse(self.made_at),
            of=Quarter.parse(self.of),
            low=self.low,
            middle=self.middle,
            high=self.high,
            method=Method(self.method),
            base=Quarter.parse(self.base),
            times=self.times,
            changes=tuple(Decimal(change) for change in self.changes),
        )
