"""
How the records of the plan and the register are kept by hand: with a reason, and a history.

The base of every ModelAdmin on the floors above. What cities report is not kept by hand: it
changes only by a workbook that is reviewed.
"""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

# The history's own column holds no more.
REASON_LENGTH = 100


def reason_field(**given):
    """Return the field that asks why: blanks alone are no reason."""
    return forms.CharField(
        **{
            "label": _("Reason for the change"),
            "max_length": REASON_LENGTH,
            "help_text": _("Kept in the history: which document or finding made it necessary."),
            "widget": admin.widgets.AdminTextInputWidget,
        }
        | given
    )


class RecordForm(forms.ModelForm):
    """A record, and why it is added or changed."""

    reason = reason_field()


class RecordAdmin(SimpleHistoryAdmin):
    """
    A record that is added and changed with a reason, and never deleted.

    What should not have been is closed or corrected, so that figures of the past keep what
    they speak of.
    """

    form = RecordForm
    object_history_list_template = "admin/record_history.html"
    list_per_page = 50
    show_full_result_count = False

    def get_fields(self, request, obj=None):
        """Return the fields, the reason last; no reason is asked of those who may only look."""
        fields = [name for name in super().get_fields(request, obj) if name != "reason"]
        may_write = self.has_change_permission(request, obj) if obj else True
        return [*fields, "reason"] if may_write else fields

    def save_model(self, request, obj, form, change):
        obj._change_reason = form.cleaned_data["reason"]
        # One act, one moment: the parts that are saved with it bear the same.
        obj._history_date = timezone.now()
        super().save_model(request, obj, form, change)

    def save_formset(self, request, form, formset, change):
        """Save the parts, with the reason that was given for the whole."""
        for part in formset.forms:
            part.instance._change_reason = form.cleaned_data["reason"]
            part.instance._history_user = request.user
            part.instance._history_date = form.instance._history_date
        super().save_formset(request, form, formset, change)

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        """Show an earlier version; simple-history would let those who may look revert to it."""
        if request.method == "POST" and not self.has_change_permission(request):
            raise PermissionDenied
        return super().history_form_view(request, object_id, version_id, extra_context)

    def has_delete_permission(self, request, obj=None):
        return False


class ReadOnlyAdmin(admin.ModelAdmin):
    """What is looked at here and kept elsewhere."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
