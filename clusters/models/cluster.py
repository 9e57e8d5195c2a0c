from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from clusters.models.bilingual import Bilingual
from clusters.models.establishable import Establishable


class Cluster(Establishable, Bilingual):
    """What one city is building under one plan: its industrial cluster (产业集群)."""

    plan = models.ForeignKey(
        "clusters.Plan", models.PROTECT, related_name="clusters", verbose_name=_("plan")
    )
    city = models.ForeignKey(
        "clusters.City", models.PROTECT, related_name="clusters", verbose_name=_("city")
    )
    slug = models.SlugField(_("slug"))
    name = models.CharField(_("name"), max_length=100)
    name_en = models.CharField(_("English name"), max_length=100)
    slogan = models.CharField(_("slogan"), max_length=200, blank=True)
    source = models.TextField(_("source"), blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("cluster")
        verbose_name_plural = _("clusters")
        ordering = ["plan", "city__code"]
        constraints = [
            *Establishable.Meta.constraints,
            models.UniqueConstraint(fields=["plan", "city"], name="cluster_one_per_city"),
            models.UniqueConstraint(fields=["plan", "slug"], name="cluster_slug_once"),
        ]

    def get_absolute_url(self):
        return reverse("clusters:cluster", kwargs={"slug": self.slug})
