"""
Base of every ModelAdmin: records are edited with a reason and a history, and never deleted.

What cities report is not edited here: it changes only by a workbook that is reviewed.
"""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

from foundation.tables import Column, Link, Parts, Table, Typed

# The length of the history's own column.
REASON_LENGTH = 100


def reason_field(**given):
    """Return the form field of the reason; blanks alone are refused."""
    return forms.CharField(
        **{
            "label": _("Reason for the change"),
            "max_length": REASON_LENGTH,
            "help_text": _("Kept in the history: which document or finding made it necessary."),
            "widget": admin.widgets.AdminTextInputWidget,
        }
        | given
    )


class HistoryTable(Table):
    """The versions of one record, the newest first: one row for each historical record."""

    has_row_headings = False

    version = Column(_("Version"))
    history_date = Column(_("When"), "moment")
    act = Column(_("Act"), accessor="get_history_type_display")
    history_user = Column(_("Who"), default="–")
    history_change_reason = Column(_("Reason"), default="–")
    changes = Column(_("What changed"))

    def render_version(self, record):
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_simple_history"
        address = reverse(name, args=[record.history_object.pk, record.pk])
        return Link(record.history_object, address, keeps=False)

    def render_changes(self, record):
        changes = getattr(record, "history_delta_changes", None) or []
        return Parts(
            [
                Parts((Typed(one["field"], tag="strong"), f": {one['old']} → {one['new']}"), "")
                for one in changes
            ],
            "\n",
        )


class RecordForm(forms.ModelForm):
    """A record with the reason for adding or changing it."""

    reason = reason_field()


class RecordAdmin(SimpleHistoryAdmin):
    """
    A record that is added and changed with a reason, and never deleted.

    A wrong record is closed or corrected, so that past figures keep their references.
    """

    form = RecordForm
    object_history_list_template = "admin/record_history.html"
    list_per_page = 50
    show_full_result_count = False

    def get_fields(self, request, obj=None):
        """Return the fields, the reason last; no reason for users who may only view."""
        fields = [name for name in super().get_fields(request, obj) if name != "reason"]
        may_write = self.has_change_permission(request, obj) if obj else True
        return [*fields, "reason"] if may_write else fields

    def save_model(self, request, obj, form, change):
        obj._change_reason = form.cleaned_data["reason"]
        # The inline records saved with it get the same moment.
        obj._history_date = timezone.now()
        super().save_model(request, obj, form, change)

    def save_formset(self, request, form, formset, change):
        """Save the inline records with the record's reason, user and moment."""
        for part in formset.forms:
            part.instance._change_reason = form.cleaned_data["reason"]
            part.instance._history_user = request.user
            part.instance._history_date = form.instance._history_date
        super().save_formset(request, form, formset, change)

    def render_history_view(self, request, template, context, **kwargs):
        """Return the page; the list of versions has their table."""
        if "page_obj" in context:
            context["table"] = HistoryTable(
                context["page_obj"], opts=self.opts, title=context["title"]
            )
        return super().render_history_view(request, template, context, **kwargs)

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        """Show an earlier version; refuse reverting to it without the right to change."""
        if request.method == "POST" and not self.has_change_permission(request):
            raise PermissionDenied
        return super().history_form_view(request, object_id, version_id, extra_context)

    def has_delete_permission(self, request, obj=None):
        return False


class ReadOnlyAdmin(admin.ModelAdmin):
    """Records that are only viewed in the admin."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
