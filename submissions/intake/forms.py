"""Forms for a workbook that is uploaded or only checked."""

import uuid
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusters.models import City, ReportingPeriod
from foundation.language import quarter_name
from submissions.deadlines.obligations import (
    State,
    default_period,
    ended_periods,
    owed_or_submitted,
)
from submissions.intake import originals, quota
from submissions.rules.stock_phrases import says_nothing
from submissions.workbook import limits
from submissions.workbook.template.writer import LONGEST_REASON


class PeriodField(forms.ModelChoiceField):
    """A choice of reporting periods; those not owed are labelled so."""

    def label_from_instance(self, period):
        name = quarter_name(period.quarter)
        if period.is_owed:
            return name
        return _("%(period)s (%(state)s)") % {"period": name, "state": State.NOT_OWED.label}


class WorkbookForm(forms.Form):
    """
    A workbook, its period, and the city where there is a choice.

    `cities` are the user's; with only one there is no choice. `reports`: the user is a bureau
    and is offered the periods that it owes or has submissions for; others are offered every
    ended period, for back-filling. `too_large`: a file was discarded for its size while it
    arrived. `beside`: another form of the same page and user, whose periods are not read again.
    """

    city = forms.ModelChoiceField(City.objects.none(), to_field_name="code", label=_("City"))
    period = PeriodField(
        ReportingPeriod.objects.none(),
        to_field_name="code",
        label=_("Reporting period"),
        empty_label=None,
        error_messages={"invalid_choice": _("For this period no workbook is owed, or not yet.")},
    )
    file = forms.FileField(
        label=_("Workbook"),
        max_length=255,
        error_messages={"required": _("Choose the workbook.")},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.et,.csv"}),
    )

    def __init__(
        self,
        *args,
        cities,
        reports: bool = False,
        too_large: bool = False,
        beside: "WorkbookForm | None" = None,
        **kwargs,
    ):
        super().__init__(*args, **kwargs)
        self.too_large = too_large
        self.offered = beside.offered if beside else _offered(cities, reports=reports)
        period = self.fields["period"]
        period.queryset = self.offered
        # A field's own choices would be read again.
        period.choices = [(one.code, period.label_from_instance(one)) for one in self.offered]
        # The default until the address or the user chooses another.
        if (usual := default_period(self.offered)) is not None:
            period.initial = usual.code
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
    def limits(self) -> dict[str, int]:
        """Return the limits of the reader for the page; sizes in MiB, except `bytes`."""
        return {
            "size": limits.FILE_SIZE // limits.MIB,
            "bytes": limits.FILE_SIZE,
            "unpacked": limits.UNPACKED_SIZE // limits.MIB,
            "lines": limits.ENTERPRISE_LINES,
            "versions": quota.VERSIONS,
            "stored": quota.BYTES // limits.MIB,
        }

    @property
    def too_large_said(self) -> str:
        """Return the message for a file over the limit."""
        return originals.too_large()

    @property
    def place_asked(self) -> str:
        """Return the chosen period and city as a query string for a link."""
        chosen = {name: self[name].value() for name in ("period", "city") if name in self.fields}
        return urlencode({name: value for name, value in chosen.items() if value})

    @property
    def city_chosen(self) -> City:
        """Return the city of the workbook. Only on a valid form."""
        return self.only_city or self.cleaned_data["city"]


def _offered(cities, *, reports: bool) -> QuerySet[ReportingPeriod]:
    """Return the periods that a user may choose."""
    ended = ended_periods(timezone.now())
    return owed_or_submitted(ended, cities) if reports else ended


class NilForm(WorkbookForm):
    """The declaration that a city has nothing to report for a period, with the reason."""

    file = None
    prefix = "nil"
    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        error_messages={"required": _("Write why there is nothing to report.")},
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )

    def clean_reason(self) -> str:
        """Return the reason; a stock phrase is none (E208)."""
        reason = self.cleaned_data["reason"]
        if says_nothing(reason):
            raise forms.ValidationError(_("“%(text)s” is no reason.") % {"text": reason})
        return reason


class UploadForm(WorkbookForm):
    """A workbook to upload; by the form's key a second click finds the first one's submission."""

    client_key = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid.uuid4)
