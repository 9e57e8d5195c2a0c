"""Forms for many workbooks at once, and for what a person decides about one of them."""

from datetime import datetime, time

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusters.models import City, ReportingPeriod
from submissions.workbook import limits
from submissions.workbook.limits import MIB


class ManyFilesInput(forms.FileInput):
    """A file input that takes several files, chosen or dropped."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """A field of several files; its value is a list."""

    widget = ManyFilesInput

    def clean(self, data, initial=None):
        """Return the files, each cleaned as a FileField does."""
        given = data if isinstance(data, list | tuple) else [data]
        return [super(ManyFilesField, self).clean(one, initial) for one in given or [None]]


class FilesForm(forms.Form):
    """Workbooks, or a ZIP archive of them."""

    files = ManyFilesField(
        label=_("Workbooks, or a ZIP of them"),
        error_messages={"required": _("Choose workbooks, or a ZIP archive of them.")},
        widget=ManyFilesInput(
            attrs={"accept": ".zip,.xlsx,.xls,.et,.csv", "class": "form-control", "multiple": True}
        ),
    )

    @property
    def limits(self) -> dict[str, int]:
        """Return the limits for the page; sizes in MiB, except `bytes` and `sent_bytes`."""
        return {
            "files": limits.ARCHIVE_FILES,
            "sent": limits.ARCHIVE_SIZE // MIB,
            "unpacked": limits.ARCHIVE_UNPACKED // MIB,
            "size": limits.FILE_SIZE // MIB,
            "bytes": limits.FILE_SIZE,
            "sent_bytes": limits.ARCHIVE_SIZE,
        }

    @property
    def too_large_together(self) -> str:
        """Return the message for files that are together over the limit."""
        words = _("Together they are larger than %(most)d MiB. Bring them in several parts.")
        return words % {"most": limits.ARCHIVE_SIZE // MIB}

    def discarded(self) -> None:
        """Say that files were discarded for their size while they arrived, and only that."""
        self.errors.pop("files", None)
        self.add_error("files", self.too_large_together)


class BatchForm(FilesForm):
    """
    Files to begin a batch with, and what is said of them.

    dated: the user may say when the figures were published, and must unless they also report for
    cities of their own (undated).
    """

    name = forms.CharField(
        label=_("Name of the batch"),
        max_length=200,
        required=False,
        help_text=_("Such as “Workbooks of 2023 and 2024”; without one, the name of the file."),
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )
    published_on = forms.DateField(
        label=_("Day on which the figures were published"),
        help_text=_("It is declared, and marked so wherever the history is shown."),
        error_messages={"required": _("Say on which day the figures were published.")},
        widget=forms.DateInput(attrs={"type": "date", "class": "form-control"}),
    )
    field_order = ("files", "published_on", "name")

    def __init__(self, *args, dated: bool, undated: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["published_on"].required = not undated
        if not dated:
            del self.fields["published_on"]

    @property
    def published_at(self) -> datetime | None:
        """Return the beginning of the declared day; None without one. Only on a valid form."""
        day = self.cleaned_data.get("published_on")
        return timezone.make_aware(datetime.combine(day, time.min)) if day else None


class SlotForm(forms.Form):
    """Which city and quarter a file is of, as a person says."""

    city = forms.ModelChoiceField(City.objects.none(), to_field_name="code", label=_("City"))
    period = forms.ModelChoiceField(
        ReportingPeriod.objects.all(), to_field_name="code", label=_("Reporting period")
    )

    def __init__(self, *args, cities, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["city"].queryset = cities
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select"
