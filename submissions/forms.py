"""What the upload page asks."""

import uuid

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusters.models import City, ReportingPeriod
from submissions import originals
from submissions.obligations import ended_periods


class UploadForm(forms.Form):
    """
    A workbook, its period, and the city where there is a choice.

    `cities` are those the user may report for; with exactly one, nobody asks. `too_large`
    says that a file came but was set aside on its way in for its size.
    """

    city = forms.ModelChoiceField(City.objects.none(), to_field_name="code", label=_("City"))
    period = forms.ModelChoiceField(
        ReportingPeriod.objects.none(),
        to_field_name="code",
        label=_("Reporting period"),
        empty_label=None,
        error_messages={"invalid_choice": _("For this period no workbook is due yet.")},
    )
    file = forms.FileField(
        label=_("Workbook"),
        max_length=255,
        error_messages={"required": _("Choose the workbook.")},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )
    client_key = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args, cities, too_large: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.too_large = too_large
        self.fields["period"].queryset = ended_periods(timezone.now())
        self.only_city = None
        if len(cities) == 1:
            self.only_city = cities[0]
            del self.fields["city"]
        else:
            self.fields["city"].queryset = City.objects.filter(pk__in=[c.pk for c in cities])
        if too_large:
            self.fields["file"].error_messages["required"] = originals.too_large()
        for name in ("city", "period", "file"):
            if name in self.fields:
                chosen = "form-select" if name != "file" else "form-control"
                self.fields[name].widget.attrs["class"] = chosen

    @property
    def city_chosen(self) -> City:
        """Return the city the workbook is for. Only of a valid form."""
        return self.only_city or self.cleaned_data["city"]
