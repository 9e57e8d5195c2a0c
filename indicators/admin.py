"""Targets, edited in the admin; issued papers, only viewed."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from audit.proposals.two_people_admin import TwoPeople
from foundation.record_admin import KeepsOthersChanges, ReadOnlyAdmin, RecordAdmin
from indicators.models import Assessment, Briefing, InterimPoint, Target


class InterimPointInline(admin.TabularInline):
    model = InterimPoint
    form = KeepsOthersChanges
    extra = 0


@admin.register(Target)
class TargetAdmin(TwoPeople, RecordAdmin):
    """A target: what is calculated first, then the goal. Its changes need two people."""

    list_display = ["indicator", "name", "plan", "kind", "comparator", "value", "unit", "period"]
    list_filter = ["plan", "kind"]
    list_select_related = ["plan"]
    search_fields = ["indicator", "name", "name_en", "wording", "source"]
    inlines = [InterimPointInline]

    PARTS = (
        (
            _("What it is"),
            ("plan", "indicator", "position", "name", "name_en", "short_name", "short_name_en"),
        ),
        (
            _("What is calculated"),
            ("kind", "measure", "numerator", "threshold", "strict", "things", "tier"),
        ),
        (
            _("What is wanted"),
            ("comparator", "value", "unit", "period", "band_low", "band_high", "band_source"),
        ),
        (_("From where"), ("baseline_value", "baseline_period", "baseline_source")),
        (_("Bands"), ("behind_from", "seriously_behind_over")),
        (_("Source"), ("wording", "source")),
    )

    def get_fieldsets(self, request, obj=None):
        """Return the fieldsets; the reason comes last, where one is required."""
        parts = [(words, {"fields": fields}) for words, fields in self.PARTS]
        if "reason" in self.get_fields(request, obj):
            parts.append((None, {"fields": ["reason"]}))
        return parts


@admin.register(Briefing, Assessment)
class PaperAdmin(ReadOnlyAdmin):
    list_display = ["number", "plan", "as_of", "issued_at", "issued_by", "sha256"]
    list_select_related = ["plan", "issued_by"]
    search_fields = ["number", "sha256"]
