from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class CityMoveQuerySet(models.QuerySet):
    def next_after(self, day):
        """Return, for the enterprise of an outer query, its first move after a day."""
        return self.filter(enterprise=OuterRef("pk"), moved_on__gt=day).order_by("moved_on")[:1]


class CityMove(models.Model):
    """
    A move of an enterprise between two cities; moved_on is the first day in the new one.

    The register holds today's city. A figure of an earlier day uses the city of that day.
    """

    enterprise = models.ForeignKey(
        "enterprises.Enterprise",
        models.CASCADE,
        related_name="moves",
        verbose_name=_("enterprise"),
    )
    from_city = models.ForeignKey(
        "clusters.City", models.PROTECT, related_name="+", verbose_name=_("from city")
    )
    to_city = models.ForeignKey(
        "clusters.City", models.PROTECT, related_name="+", verbose_name=_("to city")
    )
    moved_on = models.DateField(_("moved on"))
    document = models.CharField(_("document"), max_length=200, blank=True)

    objects = CityMoveQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("move between cities")
        verbose_name_plural = _("moves between cities")
        ordering = ["enterprise", "moved_on"]
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "moved_on"], name="city_move_once"),
            models.CheckConstraint(
                condition=~Q(from_city=F("to_city")), name="city_move_goes_elsewhere"
            ),
        ]

    def __str__(self):
        return f"{self.enterprise_id} {self.moved_on}"

    def clean(self):
        if self.from_city_id and self.from_city_id == self.to_city_id:
            raise ValidationError(_("A move goes from one city to another."))


def city_before_next_move(day, field: str) -> Subquery:
    """Return a field of the city in which an enterprise was on a day, if it has moved since."""
    return Subquery(CityMove.objects.next_after(day).values(f"from_city__{field}"))
