from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from indicators.models.paper import Paper


class Briefing(Paper):
    """
    The quarterly briefing as it was issued: where the targets of a period stood, as known then.

    A period may have several. Each lists what has changed since the one before it.
    """

    period = models.ForeignKey(
        "clusters.ReportingPeriod",
        models.PROTECT,
        related_name="+",
        verbose_name=_("period"),
        editable=False,
    )

    class Meta(Paper.Meta):
        verbose_name = _("briefing")
        verbose_name_plural = _("briefings")
        permissions = [("issue_briefing", _("Can issue a briefing"))]

    def get_absolute_url(self):
        return reverse(
            "briefing:issued", kwargs={"period": self.data["period"], "number": self.number}
        )
