"""Filters of the register, from the address."""

import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enterprises.models import Enterprise, EnterpriseReturn, TierAward
from enterprises.thresholds import NEAR_FROM, OVER_100M

OVER, NEAR, BELOW, SILENT = "over", "near", "below", "silent"


class RegisterFilter(django_filters.FilterSet):
    """
    Narrow the register down. viewpoint says of which quarter the revenue and titles are.

    choices come from register_choices, so that the form itself makes no query.
    """

    q = django_filters.CharFilter(method="search", label=_("Name or credit code"))
    city = django_filters.TypedChoiceFilter(coerce=int, label=_("City"))
    park = django_filters.TypedChoiceFilter(coerce=int, label=_("Park"))
    tier = django_filters.TypedChoiceFilter(coerce=int, method="holding", label=_("Tier"))
    field = django_filters.TypedChoiceFilter(coerce=int, label=_("Industry field"))
    status = django_filters.ChoiceFilter(choices=Enterprise.Status, label=_("Status"))
    revenue = django_filters.ChoiceFilter(
        method="by_revenue",
        label=_("Environmental revenue of the quarter"),
        choices=[
            (OVER, _("Over 100 million")),
            (NEAR, _("80 to 100 million")),
            (BELOW, _("Below 80 million")),
            (SILENT, _("Not reported")),
        ],
    )

    class Meta:
        model = Enterprise
        fields = ()

    def __init__(self, *args, viewpoint, choices, **kwargs):
        self.viewpoint = viewpoint
        super().__init__(*args, **kwargs)
        for name in ("city", "park", "tier", "field"):
            self.filters[name].extra["choices"] = choices.get(name, [])

    def search(self, queryset, name, value):
        return queryset.filter(
            Q(name__icontains=value) | Q(credit_code__startswith=value.upper().replace(" ", ""))
        )

    def holding(self, queryset, name, value):
        held = TierAward.objects.held_on(self.viewpoint.quarter.last_day).filter(tier=value)
        return queryset.filter(pk__in=held.values("enterprise"))

    def by_revenue(self, queryset, name, value):
        returns = EnterpriseReturn.objects.as_of(self.viewpoint.moment).filter(
            period__code=str(self.viewpoint.quarter), revenue__isnull=False
        )
        if value == SILENT:
            return queryset.exclude(pk__in=returns.values("enterprise"))
        wanted = {
            OVER: Q(revenue__gt=OVER_100M),
            NEAR: Q(revenue__gte=NEAR_FROM, revenue__lte=OVER_100M),
            BELOW: Q(revenue__lt=NEAR_FROM),
        }
        return queryset.filter(pk__in=returns.filter(wanted[value]).values("enterprise"))
