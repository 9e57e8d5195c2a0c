from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from clusters.models.bilingual import Bilingual


class Tier(Bilingual):
    """
    A title that an enterprise can hold from a date to a date (梯度).

    The plan names chain leaders (链主), specialised and sophisticated firms (专精特新) and
    listed companies (上市公司); the list of leading enterprises is a tier like them.
    """

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=50, unique=True)
    name_en = models.CharField(_("English name"), max_length=50)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("tier")
        verbose_name_plural = _("tiers")
        ordering = ["position"]
