from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from clusters.models.provenance import Provenance


class BuildingBlock(models.Model):
    """
    One institute, centre, park, chain or base that a cluster consists of.

    content is how the workbook names the place it takes (建设内容), such as 专业园区1: it
    stays the same when the block's own name is found or changes.
    """

    category = models.ForeignKey(
        "clusters.BlockCategory", models.PROTECT, related_name="blocks", verbose_name=_("category")
    )
    content = models.CharField(_("content"), max_length=60)
    name = models.CharField(
        _("name"), max_length=100, blank=True, help_text=_("Blank while no source names it.")
    )
    provenance = models.CharField(
        _("provenance"), max_length=10, choices=Provenance, default=Provenance.UNVERIFIED
    )
    source = models.TextField(_("source"), blank=True)
    owner = models.CharField(
        _("unit in charge"), max_length=100, blank=True, help_text=_("Blank while none is named.")
    )
    committed_on = models.DateField(
        _("date the province holds it to"),
        null=True,
        blank=True,
        help_text=_("By a document. Blank: the first date that its city planned it for."),
    )
    evidence = models.TextField(
        _("evidence on file"),
        blank=True,
        help_text=_("Documents that were seen: title, number, and where they are kept."),
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("building block")
        verbose_name_plural = _("building blocks")
        ordering = ["category", "content"]
        constraints = [
            models.UniqueConstraint(fields=["category", "content"], name="building_block_once")
        ]

    def __str__(self):
        return self.name or self.content

    def get_absolute_url(self):
        """Return the page's address; its category and cluster must be at hand."""
        slug = self.category.cluster.slug
        return reverse("clusters:block", kwargs={"slug": slug, "block_pk": self.pk})
