from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from indicators.models.paper import Paper


class Assessment(Paper):
    """
    The closing assessment of a plan as it was issued: what was reached, and on what evidence.

    It calls a target met or missed only where that can be judged, and says what is missing.
    """

    class Meta(Paper.Meta):
        verbose_name = _("closing assessment")
        verbose_name_plural = _("closing assessments")
        permissions = [("issue_assessment", _("Can issue a closing assessment"))]

    def get_absolute_url(self):
        return reverse(
            "assessment:issued",
            kwargs={"code": self.data["plan"]["code"], "number": self.number},
        )
