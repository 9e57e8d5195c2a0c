"""Parks in the admin."""

from django.contrib import admin

from audit.proposals.records import differing_names
from audit.proposals.two_people_admin import TwoPeople
from foundation.record_admin import RecordAdmin
from parks.models import Park

COUNTED = {"plan", "city", "established_on", "not_established_on"}


@admin.register(Park)
class ParkAdmin(TwoPeople, RecordAdmin):
    """A park; what the plan counts of it, and for whom it counts, needs two people."""

    list_display = ["name", "city", "theme", "provenance"]
    list_filter = ["provenance", "city", "plan"]
    list_select_related = ["city"]
    search_fields = ["name", "name_en", "theme", "city__name"]

    def get_queryset(self, request):
        return super().get_queryset(request).filter(city__in=request.cities)

    def needs_two_people(self, before, after):
        """Return whether it would be counted otherwise."""
        return not before or bool(COUNTED & differing_names(before, after))
