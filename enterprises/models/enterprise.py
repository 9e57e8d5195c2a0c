from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from clusters.models import ReportingPeriod
from enterprises.credit_code import problem
from enterprises.models.city_move import CityMove, city_before_next_move
from enterprises.models.enterprise_return import EnterpriseReturn


def in_force_at(seen):
    """Return the condition that an enterprise's return is in force from a viewpoint."""
    if seen.recorded_by is not None:
        # A filtered join takes no condition that looks at other tables.
        known = EnterpriseReturn.objects.seen_from(seen)
        return Q(returns__pk__in=Subquery(known.values("pk")))
    moment = seen.moment
    return Q(returns__published_at__lte=moment) & (
        Q(returns__superseded_at__isnull=True) | Q(returns__superseded_at__gt=moment)
    )


class EnterpriseQuerySet(models.QuerySet):
    def with_figures(self, viewpoint):
        """
        Add output_value and revenue of a viewpoint's quarter: yuan, cumulative; and nil.

        None where an enterprise has not reported, or not the measure; nil says why it has none
        (enterprise_return.Nil), None without a report. One join, so that
        100,000 enterprises can be sorted by it; none more where a filter has added them.
        """
        if "revenue" in self.query.annotations:
            return self
        quarter = ReportingPeriod.objects.filter(code=str(viewpoint.quarter)).values("pk")
        return self.annotate(
            figures=FilteredRelation(
                "returns",
                condition=in_force_at(viewpoint) & Q(returns__period=Subquery(quarter)),
            ),
            output_value=F("figures__output_value"),
            revenue=F("figures__revenue"),
            nil=F("figures__nil"),
        )

    def with_revenue_before(self, viewpoint):
        """Add revenue_before: the revenue of the same months a year earlier, yuan; or None."""
        quarter = ReportingPeriod.objects.filter(code=str(viewpoint.quarter.year_earlier()))
        condition = in_force_at(viewpoint) & Q(returns__period=Subquery(quarter.values("pk")))
        return self.annotate(
            figures_before=FilteredRelation("returns", condition=condition),
            revenue_before=F("figures_before__revenue"),
        )

    def with_city_then(self, day):
        """Add was_of_city: the city's names on a day, None where it is that of today."""
        return self.annotate(
            was_of_city=city_before_next_move(day, "name"),
            was_of_city_en=city_before_next_move(day, "name_en"),
        )

    def of_city_on(self, city, day):
        """Return the enterprises that were in a city on a day; city is its key."""
        moved = CityMove.objects.filter(moved_on__gt=day)
        earlier = moved.filter(enterprise=OuterRef("enterprise"), moved_on__lt=OuterRef("moved_on"))
        first_from_here = moved.filter(from_city=city).exclude(Exists(earlier))
        stayed = Q(city=city) & ~Q(pk__in=moved.values("enterprise"))
        return self.filter(stayed | Q(pk__in=first_from_here.values("enterprise")))

    def in_cities(self, cities):
        """Return the enterprises of these cities: the reader's scope."""
        return self.filter(city__in=cities)

    def confirmed(self):
        """Return the enterprises that an administrator has confirmed."""
        return self.filter(status=Enterprise.RegisterStatus.CONFIRMED)


class Enterprise(models.Model):
    """
    An enterprise of the register, known by its unified social credit code.

    One that a city reported and the register did not know joins it on acceptance, marked to
    be verified; it counts from then on. The city is a field of its own, because the digits of
    the code may name the province, or a city that has since been merged into another.
    """

    class RegisterStatus(models.TextChoices):
        CONFIRMED = "confirmed", _("Confirmed")
        PENDING = "pending", _("To be verified")
        CLOSED = "closed", _("Closed")

    credit_code = models.CharField(_("unified social credit code"), max_length=18, unique=True)
    name = models.CharField(_("name"), max_length=120)
    city = models.ForeignKey(
        "clusters.City", models.PROTECT, related_name="enterprises", verbose_name=_("city")
    )
    park = models.ForeignKey(
        "parks.Park",
        models.PROTECT,
        related_name="enterprises",
        null=True,
        blank=True,
        verbose_name=_("park"),
    )
    field = models.ForeignKey(
        "enterprises.IndustryField",
        models.PROTECT,
        related_name="enterprises",
        null=True,
        blank=True,
        verbose_name=_("industry field"),
    )
    status = models.CharField(
        _("status"), max_length=9, choices=RegisterStatus, default=RegisterStatus.CONFIRMED
    )
    is_demonstration = models.BooleanField(_("demonstration data"), default=False)

    objects = EnterpriseQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("enterprise")
        verbose_name_plural = _("enterprises")
        ordering = ["credit_code"]
        permissions = [
            ("import_enterprise", _("Can import the register")),
            ("export_enterprise", _("Can export the register")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(credit_code__regex=r"^[0-9A-HJ-NP-RTUWXY]{18}$"),
                name="enterprise_credit_code_of_18_characters",
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("enterprises:enterprise", kwargs={"credit_code": self.credit_code})

    def clean(self):
        if problem(self.credit_code):
            raise ValidationError(
                {"credit_code": _("This is not a valid unified social credit code.")}
            )
