from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from clusters.models.bilingual import Bilingual
from clusters.models.provenance import Provenance


class Department(Bilingual):
    """
    A department of the province that answers for tasks of a plan.

    Of the 311 plan two of eleven are published. The others are added when a document names
    them, never guessed.
    """

    slug = models.SlugField(_("slug"), unique=True)
    name = models.CharField(_("name"), max_length=100, unique=True)
    name_en = models.CharField(_("English name"), max_length=150)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    provenance = models.CharField(
        _("provenance"), max_length=10, choices=Provenance, default=Provenance.UNVERIFIED
    )
    source = models.TextField(_("source"), blank=True)
    is_demonstration = models.BooleanField(_("demonstration data"), default=False, editable=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("department")
        verbose_name_plural = _("departments")
        ordering = ["position", "slug"]

    def get_absolute_url(self):
        return reverse("measures:department", kwargs={"slug": self.slug})
