"""Departments, tasks and their steps, edited in the admin; what is reported is only viewed."""

from django import forms
from django.contrib import admin

from audit.proposals.two_people_admin import TwoPeople
from foundation.record_admin import KeepsOthersChanges, RecordAdmin
from measures import task_keeper
from measures.models import Department, Node, Task


@admin.register(Department)
class DepartmentAdmin(RecordAdmin):
    list_display = ["name", "name_en", "slug", "position", "provenance"]
    search_fields = ["name", "name_en", "slug"]
    readonly_fields = ["is_demonstration"]


class NodeForm(KeepsOthersChanges):
    """A step; its first date is entered once, and later only deferred."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["first_due"].disabled = True


class NodeFormSet(forms.BaseInlineFormSet):
    """The steps of a task; new ones of a task that is there get the keys after the last."""

    def clean(self):
        """Give new steps their keys: what is proposed must be whole."""
        super().clean()
        if self.instance.pk:
            taken = self.instance.nodes.count()
            new = [form for form in self.extra_forms if form.has_changed()]
            for place, form in enumerate(new, start=taken + 1):
                form.instance.key = f"{self.instance.number}#{place}"


class NodeInline(admin.TabularInline):
    model = Node
    form = NodeForm
    formset = NodeFormSet
    extra = 0
    can_delete = False


@admin.register(Task)
class TaskAdmin(TwoPeople, RecordAdmin):
    """A task of the ledger; what it says and demands, and that it ended, needs two people."""

    list_display = ["number", "wording", "area", "lead", "rhythm", "provenance"]
    list_filter = ["area__plan", "area", "lead", "rhythm", "cities", "is_demonstration"]
    list_select_related = ["area", "lead"]
    search_fields = ["number", "wording"]
    readonly_fields = ["ended_at", "is_demonstration"]
    filter_horizontal = ["assisting", "cities", "targets", "clusters", "parks"]
    inlines = [NodeInline]

    def get_fields(self, request, obj=None):
        """Return the fields; a new task has not ended."""
        fields = super().get_fields(request, obj)
        return fields if obj else [one for one in fields if not one.startswith("ended_")]

    def needs_two_people(self, before, after):
        """Return whether it would say or demand something else, or end."""
        return task_keeper.needs_two_people(before, after)
