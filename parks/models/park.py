from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from clusters.models.bilingual import Bilingual
from clusters.models.establishable import Establishable
from clusters.models.provenance import Provenance


class Park(Establishable, Bilingual):
    """
    One of the plan's characteristic parks (特色园区).

    The plan names the cities and not the parks: a park without a name in any source has
    its city's name and is marked to be verified.
    """

    plan = models.ForeignKey(
        "clusters.Plan", models.PROTECT, related_name="parks", verbose_name=_("plan")
    )
    city = models.ForeignKey(
        "clusters.City", models.PROTECT, related_name="parks", verbose_name=_("city")
    )
    slug = models.SlugField(_("slug"), unique=True)
    name = models.CharField(_("name"), max_length=100, unique=True)
    name_en = models.CharField(_("English name"), max_length=100)
    theme = models.CharField(_("theme"), max_length=200, blank=True)
    provenance = models.CharField(
        _("provenance"), max_length=10, choices=Provenance, default=Provenance.UNVERIFIED
    )
    source = models.TextField(_("source"), blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("park")
        verbose_name_plural = _("parks")
        ordering = ["city__code", "name"]
        constraints = [*Establishable.Meta.constraints]

    def get_absolute_url(self):
        return reverse("parks:park", kwargs={"slug": self.slug})
