"""The form for a file whose headings are not ours."""

from django import forms
from django.utils.translation import gettext_lazy as _

from submissions.intake import originals, quota
from submissions.workbook import limits


class ForeignFileForm(forms.Form):
    """A file that is described, or read by a layout; city and quarter come from the file."""

    file = forms.FileField(
        label=_("File with other headings"),
        max_length=255,
        error_messages={"required": _("Choose the file.")},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.et,.csv", "class": "form-control"}),
    )

    def __init__(self, *args, too_large: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.too_large = too_large
        if too_large:
            self.fields["file"].error_messages["required"] = originals.too_large()

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
