"""The targets, kept by hand; what has been issued, only looked at."""

from django.contrib import admin

from clusters.record_admin import ReadOnlyAdmin, RecordAdmin
from indicators.models import Assessment, Briefing, Target


@admin.register(Target)
class TargetAdmin(RecordAdmin):
    list_display = ["indicator", "plan", "comparator", "value", "period", "baseline_value"]
    list_filter = ["plan"]
    list_select_related = ["plan"]
    search_fields = ["indicator", "wording", "source"]
    autocomplete_fields = ["plan"]


@admin.register(Briefing, Assessment)
class PaperAdmin(ReadOnlyAdmin):
    list_display = ["number", "plan", "as_of", "issued_at", "issued_by", "sha256"]
    list_select_related = ["plan", "issued_by"]
    search_fields = ["number", "sha256"]
