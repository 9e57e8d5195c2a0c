"""The targets, kept by hand."""

from django.contrib import admin

from clusters.record_admin import RecordAdmin
from indicators.models import Target


@admin.register(Target)
class TargetAdmin(RecordAdmin):
    list_display = ["indicator", "plan", "comparator", "value", "period", "baseline_value"]
    list_filter = ["plan"]
    list_select_related = ["plan"]
    search_fields = ["indicator", "wording", "source"]
    autocomplete_fields = ["plan"]
