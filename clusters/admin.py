"""The plan and its frame, kept by hand."""

from datetime import date

from django.contrib import admin
from django.utils import timezone

from audit.proposals.two_people_admin import TwoPeople
from clusters.models import (
    BlockCategory,
    BuildingBlock,
    City,
    Cluster,
    Plan,
    PlanMeasure,
    ReportingPeriod,
)
from foundation.record_admin import ReadOnlyAdmin, RecordAdmin


@admin.register(Plan)
class PlanAdmin(TwoPeople, RecordAdmin):
    list_display = ["title", "code", "first_year", "last_year"]
    search_fields = ["title", "code"]


@admin.register(PlanMeasure)
class PlanMeasureAdmin(RecordAdmin):
    list_display = ["title", "kind", "position", "plan"]
    list_filter = ["plan", "kind"]
    list_select_related = ["plan"]
    search_fields = ["title"]


@admin.register(City)
class CityAdmin(ReadOnlyAdmin):
    """Cities come with `manage.py setup`: their codes are the state's, not ours."""

    list_display = ["name", "name_en", "code"]
    search_fields = ["name", "name_en", "code"]


@admin.register(Cluster)
class ClusterAdmin(TwoPeople, RecordAdmin):
    list_display = ["name", "city", "plan", "slogan"]
    list_filter = ["plan"]
    list_select_related = ["city", "plan"]
    search_fields = ["name", "name_en", "slogan", "city__name"]


@admin.register(BlockCategory)
class BlockCategoryAdmin(RecordAdmin):
    list_display = ["name", "cluster", "planned_count", "position"]
    list_filter = ["cluster"]
    list_select_related = ["cluster"]
    search_fields = ["name", "name_en", "cluster__name"]


@admin.register(BuildingBlock)
class BuildingBlockAdmin(RecordAdmin):
    list_display = ["content", "name", "category", "owner", "provenance"]
    list_filter = ["provenance", "category__cluster"]
    list_select_related = ["category"]
    search_fields = ["name", "content", "owner", "category__name"]


@admin.register(ReportingPeriod)
class ReportingPeriodAdmin(TwoPeople, RecordAdmin):
    """A quarter with its deadline; one that is over, or would be, needs two people."""

    list_display = ["code", "due_on"]
    search_fields = ["code"]
    date_hierarchy = "due_on"

    def needs_two_people(self, before, after):
        """Return whether a deadline that is over would be another one, or a new one is over."""
        days = [date.fromisoformat(one["fields"]["due_on"]) for one in (*before, *after)]
        return min(days) < timezone.localdate()
