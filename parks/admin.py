"""Parks in the admin."""

from django.contrib import admin

from foundation.record_admin import RecordAdmin
from parks.models import Park


@admin.register(Park)
class ParkAdmin(RecordAdmin):
    list_display = ["name", "city", "theme", "provenance"]
    list_filter = ["provenance", "city", "plan"]
    list_select_related = ["city"]
    search_fields = ["name", "name_en", "theme", "city__name"]

    def get_queryset(self, request):
        return super().get_queryset(request).filter(city__in=request.cities)
