"""
Base of every ModelAdmin: records are edited with a reason and a history, and never deleted.

What cities report is not edited here: it changes only by a workbook that is reviewed.
"""

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

from foundation.formatting import moment
from foundation.tables import Column, Link, Parts, Table, Typed

# The length of the history's own column.
REASON_LENGTH = 100
# Before the reason in a history, of what a command on the server has written: in no language.
COMMAND_MARK = "[command line]"


def reason_shown(reason: str | None) -> str:
    """Return the reason of a history for the reader, the mark of a command in their language."""
    reason = reason or ""
    if not reason.startswith(COMMAND_MARK):
        return reason
    told = reason.removeprefix(COMMAND_MARK).strip()
    mark = str(_("command line"))
    return f"{mark} · {told}" if told else mark


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

    def render_history_change_reason(self, record):
        return reason_shown(record.history_change_reason) or "–"

    def render_changes(self, record):
        changes = getattr(record, "history_delta_changes", None) or []
        return Parts(
            [
                Parts((Typed(one["field"], tag="strong"), f": {one['old']} → {one['new']}"), "")
                for one in changes
            ],
            "\n",
        )


class KeepsOthersChanges(forms.ModelForm):
    """
    A form that does not undo what somebody else has changed since it was opened.

    It carries the values it began from. A field that is stored differently by now gets an error
    that says so; its box shows what was typed, or if nothing was, what is stored now. Sent once
    more, the form begins from what is stored now.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            for name in self.initial.keys() & self.fields.keys():
                # A program that sends no beginning is held to what is stored.
                carried = not self.is_bound or self[name].html_initial_name in self.data
                self.fields[name].show_hidden_initial = carried

    def clean(self):
        """Add an error to each field that was changed meanwhile."""
        super().clean()
        for name in [name for name in self.fields if self._was_changed_meanwhile(name)]:
            bound, stored = self[name], self.initial[name]
            is_typed = bound._has_changed()
            self.data = self.data.copy()
            _put(self.data, bound.html_initial_name, bound.field.hidden_widget(), bound, stored)
            if not is_typed:
                _put(self.data, bound.html_name, bound.field.widget, bound, stored)
            self.add_error(name, self._words(bound, is_typed=is_typed))
        return self.cleaned_data

    def _was_changed_meanwhile(self, name: str) -> bool:
        """Return whether what is stored is neither what the form began from nor what it says."""
        bound = self[name]
        if not bound.field.show_hidden_initial or bound.html_initial_name not in self.data:
            return False
        hidden = bound.field.hidden_widget()
        began = hidden.value_from_datadict(self.data, self.files, bound.html_initial_name)
        stored = self.initial[name]
        field = bound.field
        return field.has_changed(stored, began) and field.has_changed(stored, bound.data)

    def _words(self, bound, *, is_typed: bool) -> str:
        who = {"value": _display(bound), **self._newest_change()}
        if is_typed:
            words = _(
                "Changed since you opened this page, by %(who)s at %(when)s, to: %(value)s. Your "
                "value stands in the field; save again to keep it."
            )
        else:
            words = _(
                "Changed since you opened this page, by %(who)s at %(when)s. The field shows it "
                "now; save again to leave it so."
            )
        return words % who

    def _newest_change(self) -> dict[str, str]:
        """Return who changed the record last and when; dashes where it has no history."""
        newest = self.instance.history.first() if hasattr(self.instance, "history") else None
        if newest is None:
            return {"who": "–", "when": "–"}
        return {"who": newest.history_user or "–", "when": moment(newest.history_date)}


def _put(data, key: str, widget: forms.Widget, bound, value) -> None:
    """Write a value into a form's data as its widget would send it."""
    sent = bound.field.prepare_value(value)
    if isinstance(widget, forms.CheckboxInput):
        sent = ["on"] if sent else []
    elif not isinstance(sent, list | tuple):
        sent = ["" if sent is None else sent]
    data.setlist(key, [str(one) for one in sent])


def _display(bound) -> str:
    """Return the stored value of a field in words."""
    value = bound.form.initial[bound.name]
    if isinstance(bound.field, forms.ModelChoiceField):
        chosen = value if isinstance(value, list | tuple) else [value]
        keys = [getattr(one, "pk", one) for one in chosen if one]
        return "、".join(str(one) for one in bound.field.queryset.filter(pk__in=keys)) or "–"
    choices = dict(getattr(bound.field, "choices", ()))
    return str(choices.get(value, "–" if value in (None, "") else value))


class RecordForm(KeepsOthersChanges):
    """A record with the reason for adding or changing it."""

    reason = reason_field()


class LocksItsRecord:
    """Mixin of a ModelAdmin: of two who save one record at once, the second waits for the first."""

    def get_object(self, request, object_id, from_field=None):
        """Return the record; locked while its form is being saved, as it stands then."""
        record = super().get_object(request, object_id, from_field)
        if record is None or request.method != "POST" or not connection.in_atomic_block:
            return record
        self.model._base_manager.select_for_update().get(pk=record.pk)
        return super().get_object(request, object_id, from_field)


def _refuse_no_key(model, written: str) -> None:
    """Raise Http404 for a text in an address that cannot be a key of a model."""
    try:
        model._meta.pk.to_python(unquote(written))
    except ValidationError:
        raise Http404 from None


class RecordAdmin(LocksItsRecord, SimpleHistoryAdmin):
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

    def history_view(self, request, object_id, extra_context=None):
        """Show the versions of a record; 404 for what cannot be a key."""
        _refuse_no_key(self.model, object_id)
        return super().history_view(request, object_id, extra_context)

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        """Show an earlier version; refuse reverting to it without the right to change."""
        _refuse_no_key(self.model, object_id)
        _refuse_no_key(self.model.history.model, version_id)
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
