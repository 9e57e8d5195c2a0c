"""Departments, tasks and their steps, edited in the admin; what is reported is only viewed."""

from django.contrib import admin

from foundation.record_admin import KeepsOthersChanges, RecordAdmin
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


class NodeInline(admin.TabularInline):
    model = Node
    form = NodeForm
    extra = 0
    can_delete = False


@admin.register(Task)
class TaskAdmin(RecordAdmin):
    list_display = ["number", "wording", "area", "lead", "rhythm", "provenance"]
    list_filter = ["area", "lead", "rhythm", "cities", "is_demonstration"]
    list_select_related = ["area", "lead"]
    search_fields = ["number", "wording"]
    readonly_fields = ["is_demonstration"]
    filter_horizontal = ["assisting", "cities", "targets", "clusters", "parks"]
    inlines = [NodeInline]
