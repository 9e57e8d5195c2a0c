"""Mixin of a ModelAdmin: what its form saves is a proposal, which a second person confirms."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from audit.models import ProposedChange
from audit.proposals import deciding, records
from audit.proposals.keepers import keeper_of
from audit.proposals.records import Record
from foundation.record_admin import LocksItsRecord


class TwoPeople(LocksItsRecord):
    """
    A record that one person changes and another one confirms; stands before the ModelAdmin.

    The form's field `reason` is the proposal's. Without a difference nothing is saved.
    """

    def needs_two_people(self, before: list[Record], after: list[Record]) -> bool:
        """Return whether a change from one state to another needs a second person."""
        return True

    def save_model(self, request, obj, form, change):
        """Save nothing yet: save_related knows the whole form."""

    def save_related(self, request, form, formsets, change):
        """Store the proposal; or save, if it needs no second person."""
        request.proposal, request.is_saved = None, False
        before, after = self._states(form, formsets, change)
        if change and records.is_same(before, after):
            return
        if self.needs_two_people(before, after):
            request.proposal = deciding.propose(
                form.instance,
                before,
                after,
                by=request.user,
                reason=form.cleaned_data["reason"],
            )
            return
        self.save_directly(request, form, formsets, change, before, after)

    def save_directly(self, request, form, formsets, change, before, after):
        """Save the form as every other one is saved."""
        request.is_saved = True
        super().save_model(request, form.instance, form, change)
        super().save_related(request, form, formsets, change)

    def _states(self, form, formsets, change) -> tuple[list[Record], list[Record]]:
        """Return what is stored and what the form says: the object and its parts."""
        model = form.instance._meta
        to_many = {field.name for field in model.many_to_many}
        of_model = {field.name for field in model.fields} | to_many
        names = [name for name in form.fields if name in of_model]
        many = {
            name: [one.pk for one in form.cleaned_data[name]] for name in names if name in to_many
        }
        after = [records.as_record(form.instance, names, many)]
        for formset in formsets:
            after += self._parts_of(formset)
        before = keeper_of(model.label_lower).stands(form.instance, names) if change else []
        return before, after

    def _parts_of(self, formset) -> list[Record]:
        """Return the records of a table's rows, those that are there by key, new ones last."""
        gone = set(formset.deleted_forms)
        kept = [form.instance for form in formset.initial_forms if form not in gone]
        new = [
            form.instance for form in formset.extra_forms if form.has_changed() and form not in gone
        ]
        names = records.field_names(formset.model)
        kept.sort(key=lambda one: one.pk)
        return [records.as_record(one, names) for one in [*kept, *new]]

    def construct_change_message(self, request, form, formsets, add=False):
        """Return what changed; nothing of what was not saved."""
        if not request.is_saved:
            return []
        return super().construct_change_message(request, form, formsets, add)

    def log_addition(self, request, obj, message):
        """Store that it was added; not of a proposal."""
        return super().log_addition(request, obj, message) if request.is_saved else None

    def log_change(self, request, obj, message):
        """Store that it was changed; not of a proposal."""
        return super().log_change(request, obj, message) if request.is_saved else None

    def response_add(self, request, obj, *others):
        """Lead to the proposal."""
        return self._to_proposal(request) or super().response_add(request, obj, *others)

    def response_change(self, request, obj):
        """Lead to the proposal."""
        return self._to_proposal(request) or super().response_change(request, obj)

    def _to_proposal(self, request):
        proposal: ProposedChange | None = getattr(request, "proposal", None)
        if proposal is None:
            return None
        messages.info(request, _("Nothing has changed yet: a second person must confirm it."))
        return redirect("proposals:proposal", pk=proposal.pk)

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        """Show an earlier version; going back to it is a change, and is made in the form."""
        if request.method == "POST":
            raise PermissionDenied
        return super().history_form_view(request, object_id, version_id, extra_context)

    def revert_disabled(self, request, obj=None):
        """Return True: no page goes back to an earlier version by itself."""
        return True
