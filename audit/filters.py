"""Filters of the audit trail, from the address."""

from datetime import datetime, time, timedelta

import django_filters
from django import forms
from django.apps import apps
from django.db.models import Q
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _

from audit.acts import Act
from audit.models import ActOutcome, AuditEvent, Channel

ALL = _("All")
# In what a word is looked for.
SEARCHED = ("username", "object_name", "why", "address", "request_number")


def day_filter(label, method):
    """Return the filter of a day, with the browser's own calendar."""
    widget = forms.DateInput(attrs={"type": "date", "class": "input"}, format="%Y-%m-%d")
    return django_filters.DateFilter(label=label, method=method, widget=widget)


class AuditFilter(django_filters.FilterSet):
    """Filter the events; `object` is a kind and a key, such as enterprises.enterprise:17."""

    q = django_filters.CharFilter(method="search", label=_("Name, object, reason or address"))
    act = django_filters.ChoiceFilter(choices=Act, label=_("Act"), empty_label=ALL)
    outcome = django_filters.ChoiceFilter(choices=ActOutcome, label=_("Outcome"), empty_label=ALL)
    channel = django_filters.ChoiceFilter(choices=Channel, label=_("By way of"), empty_label=ALL)
    user = django_filters.CharFilter(field_name="username", label=_("User name"))
    since = day_filter(_("First day"), "from_day")
    until = day_filter(_("Last day"), "until_day")
    object = django_filters.CharFilter(method="about", widget=forms.HiddenInput)

    class Meta:
        model = AuditEvent
        fields = ()

    def search(self, queryset, name, value):
        """Keep the events in which a text stands."""
        found = Q()
        for field in SEARCHED:
            found |= Q(**{f"{field}__icontains": value})
        return queryset.filter(found)

    def from_day(self, queryset, name, value):
        """Keep what was done on a day or later."""
        return queryset.filter(at__gte=begin_of(value))

    def until_day(self, queryset, name, value):
        """Keep what was done on a day or earlier."""
        return queryset.filter(at__lt=begin_of(value + timedelta(days=1)))

    def about(self, queryset, name, value):
        """Keep what was done to a record and to those that belong to it."""
        return queryset.filter(about(value))

    @property
    def words(self) -> str:
        """Return the filter in force in words; "" without one."""
        if not self.form.is_valid():
            return ""
        told = []
        for name, field in self.form.fields.items():
            value = self.form.cleaned_data.get(name)
            if value not in (None, ""):
                shown = dict(getattr(field, "choices", [])).get(value, value)
                told.append(f"{field.label or name}：{shown}")
        return "；".join(told)


def begin_of(day) -> datetime:
    """Return the moment at which a day begins in the province."""
    return make_aware(datetime.combine(day, time.min))


def about(asked: str) -> Q:
    """Return the condition of events of a record and of its parts, which may be deleted by now."""
    kind, _colon, key = asked.partition(":")
    found = Q(object_type=kind, object_id=key)
    try:
        model = apps.get_model(kind)
    except (LookupError, ValueError):
        return found
    for relation in model._meta.related_objects:
        part = relation.related_model
        if relation.one_to_many and hasattr(part, "history") and key.isdecimal():
            versions = part.history.filter(**{relation.field.attname: key})
            keys = {str(pk) for pk in versions.values_list(part._meta.pk.attname, flat=True)}
            found |= Q(object_type=part._meta.label_lower, object_id__in=keys)
    return found
