from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from clusters.models.bilingual import Bilingual


class City(Bilingual):
    """
    One of the province's prefecture-level cities.

    The code is its GB/T 2260 code, and also the key of its outline on the map. Join on the
    code, never on the name: 济南 and 济宁 are one typing slip apart.
    """

    code = models.CharField(
        _("GB/T 2260 code"), max_length=6, unique=True, validators=[RegexValidator(r"^[0-9]{6}$")]
    )
    slug = models.SlugField(_("slug"), unique=True)
    name = models.CharField(_("name"), max_length=20, unique=True)
    short_name = models.CharField(_("short name"), max_length=10, unique=True)
    name_en = models.CharField(_("English name"), max_length=20, unique=True)

    class Meta:
        verbose_name = _("city")
        verbose_name_plural = _("cities")
        ordering = ["code"]

    @property
    def short(self) -> str:
        """Return the name for narrow places: 济南, or Jinan."""
        return self.short_name if self.local_name == self.name else self.name_en

    def get_absolute_url(self):
        return reverse("indicators:city", kwargs={"slug": self.slug})
