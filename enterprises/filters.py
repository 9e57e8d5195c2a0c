"""Filters of the register, from the address."""

from dataclasses import dataclass

import django_filters
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from enterprises.models import Enterprise, FormerName, TierAward
from enterprises.thresholds import NEAR_FROM, OVER_100M

OVER, NEAR, BELOW, SILENT = "over", "near", "below", "silent"
ALL = _("All")


@dataclass(frozen=True)
class Chip:
    """One filter in force: its label, its value in words, the address that takes it away."""

    label: str
    words: str
    address: str


class RegisterFilter(django_filters.FilterSet):
    """
    Filter the register, by the figures of a viewpoint's quarter too.

    choices come from register_choices, so that the form itself makes no query.
    """

    q = django_filters.CharFilter(method="search", label=_("Name, former name or credit code"))
    city = django_filters.TypedChoiceFilter(coerce=int, method="of_city", label=_("City"))
    park = django_filters.TypedChoiceFilter(coerce=int, label=_("Park"))
    tier = django_filters.TypedChoiceFilter(coerce=int, method="holding", label=_("Tier"))
    field = django_filters.TypedChoiceFilter(coerce=int, label=_("Industry field"))
    status = django_filters.ChoiceFilter(
        choices=Enterprise.RegisterStatus, label=_("Status"), empty_label=ALL
    )
    revenue = django_filters.ChoiceFilter(
        method="by_revenue",
        label=_("Environmental revenue of the quarter"),
        empty_label=ALL,
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
            self.filters[name].extra["choices"] = [("", ALL), *choices.get(name, [])]

    def search(self, queryset, name, value):
        code = value.upper().replace(" ", "")
        formerly = FormerName.objects.filter(
            Q(name__icontains=value) | Q(credit_code__startswith=code, credit_code__gt="")
        )
        by_its_own = Q(name__icontains=value) | Q(credit_code__startswith=code)
        found = queryset.filter(by_its_own | Q(pk__in=formerly.values("enterprise")))
        # Shown in the list: the former name by which an enterprise was found.
        matched = formerly.filter(enterprise=OuterRef("pk")).order_by("-used_until")
        return found.annotate(formerly=Subquery(matched.values("name")[:1]))

    def of_city(self, queryset, name, value):
        return queryset.of_city_on(value, self.viewpoint.quarter.last_day)

    @property
    def chips(self):
        """Return the filters in force as chips; [] if the form is invalid."""
        if not self.form.is_valid():
            return []
        chips = []
        for name, field in self.form.fields.items():
            value = self.form.cleaned_data.get(name)
            if value not in (None, ""):
                words = dict(getattr(field, "choices", [])).get(value, value)
                without = self.data.copy()
                for gone in (name, "page"):
                    without.pop(gone, None)
                chips.append(Chip(str(field.label), str(words), f"?{without.urlencode()}"))
        return chips

    def holding(self, queryset, name, value):
        held = TierAward.objects.held_on(self.viewpoint.quarter.last_day).filter(tier=value)
        return queryset.filter(pk__in=held.values("enterprise"))

    def by_revenue(self, queryset, name, value):
        wanted = {
            OVER: Q(revenue__gt=OVER_100M),
            NEAR: Q(revenue__gte=NEAR_FROM, revenue__lte=OVER_100M),
            BELOW: Q(revenue__lt=NEAR_FROM),
            SILENT: Q(revenue__isnull=True),
        }
        # Only here, because the other filters are counted without this join.
        return queryset.with_figures(self.viewpoint).filter(wanted[value])
