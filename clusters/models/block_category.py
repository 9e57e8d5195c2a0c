from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from clusters.models.bilingual import Bilingual


class BlockCategory(Bilingual):
    """
    One part of a cluster's slogan: "2 centres", "N innovation centres".

    planned_count is None for N: an open number, of which no percentage can be made.
    """

    cluster = models.ForeignKey(
        "clusters.Cluster", models.PROTECT, related_name="categories", verbose_name=_("cluster")
    )
    position = models.PositiveSmallIntegerField(_("position"))
    name = models.CharField(_("name"), max_length=50)
    name_en = models.CharField(_("English name"), max_length=50)
    planned_count = models.PositiveSmallIntegerField(
        _("planned number"), null=True, blank=True, help_text=_("Blank if the plan says N.")
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("block category")
        verbose_name_plural = _("block categories")
        ordering = ["cluster", "position"]
        constraints = [
            models.UniqueConstraint(fields=["cluster", "name"], name="block_category_once")
        ]
