from django.shortcuts import render
from django_tables2 import RequestConfig

from enterprises.choices import register_choices
from enterprises.filters import RegisterFilter
from enterprises.models import Enterprise
from enterprises.tables import RegisterTable


def register(request):
    """Show the register of the reader's cities, filtered and sorted by the address."""
    viewpoint = request.viewpoint
    found = RegisterFilter(
        request.GET,
        queryset=Enterprise.objects.in_cities(request.cities),
        viewpoint=viewpoint,
        choices=register_choices(request.cities),
    )
    shown = (
        found.qs.with_figures(viewpoint)
        .with_revenue_before(viewpoint)
        .with_city_then(viewpoint.quarter.last_day)
        .select_related("city", "park", "field")
    )
    table = RequestConfig(request, paginate=False).configure(RegisterTable(shown))
    # Counted without the figures, whose joins add no row.
    table.turn_to(request.GET.get("page"), count=found.qs.count())
    chips = found.chips
    request.filtered_by = "；".join(f"{chip.label}：{chip.words}" for chip in chips)
    context = {"filter": found, "table": table, "total": table.paginator.count, "chips": chips}
    status = 200 if found.is_valid() else 422
    return render(request, "enterprises/register.html", context, status=status)
