from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

quarter_code = RegexValidator(r"^[0-9]{4}Q[1-4]$", _("Write the quarter as 2025Q3."))


class Plan(models.Model):
    """
    A provincial plan, such as the 311 plan of 2023-2025.

    Years are data: the next plan is another row. No year belongs to two plans, or it could not
    be said which plan's targets its figures are held to: clean() refuses it in words, and the
    database by itself (migrations/0006).
    """

    code = models.SlugField(_("code"), unique=True)
    title = models.CharField(_("title"), max_length=200)
    first_year = models.PositiveSmallIntegerField(_("first year"))
    last_year = models.PositiveSmallIntegerField(_("last year"))
    source = models.TextField(_("source"), blank=True)
    # Below it too much would be guessed. 0.60 is the project's own choice; no document says.
    least_weight = models.DecimalField(
        _("least weight of coverage for an estimate"),
        max_digits=3,
        decimal_places=2,
        default=Decimal("0.60"),
        validators=[MinValueValidator(Decimal("0.01")), MaxValueValidator(Decimal("1"))],
        help_text=_(
            "The reporting cities' part of last year's figure, from 0.01 to 1, below which the "
            "silent cities are not estimated."
        ),
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        ordering = ["first_year"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_year__gte=F("first_year")), name="plan_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(least_weight__gt=0, least_weight__lte=1),
                name="plan_least_weight_is_a_fraction",
            ),
        ]

    def __str__(self):
        return self.title

    def clean(self):
        """Refuse years that another plan has. Raises ValidationError, which names them."""
        if self.first_year is None or self.last_year is None:
            return
        others = Plan.objects.filter(first_year__lte=self.last_year, last_year__gte=self.first_year)
        if other := others.exclude(pk=self.pk).first():
            named = {
                "years": years_shared(self, other),
                "plan": other.title,
                "whole": years_shared(other, other),
            }
            raise ValidationError(
                _("%(years)s: these years belong to the plan “%(plan)s” of %(whole)s already."),
                params=named,
            )


def years_shared(one: Plan, other: Plan) -> str:
    """Return the years of both of two plans that overlap: 2025, or 2024–2025."""
    first = max(one.first_year, other.first_year)
    last = min(one.last_year, other.last_year)
    if first == last:
        return str(first)
    return gettext("%(first)s–%(last)s") % {"first": first, "last": last}
