from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

quarter_code = RegexValidator(r"^[0-9]{4}Q[1-4]$", _("Write the quarter as 2025Q3."))


class Plan(models.Model):
    """
    A provincial plan, such as the 311 plan of 2023-2025.

    Years are data: the next plan is another row.
    """

    code = models.SlugField(_("code"), unique=True)
    title = models.CharField(_("title"), max_length=200)
    first_year = models.PositiveSmallIntegerField(_("first year"))
    last_year = models.PositiveSmallIntegerField(_("last year"))
    source = models.TextField(_("source"), blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        ordering = ["first_year"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_year__gte=F("first_year")), name="plan_ends_after_it_begins"
            )
        ]

    def __str__(self):
        return self.title
