from django.db.models import OuterRef, Subquery
from django.shortcuts import render
from django_tables2 import RequestConfig

from enterprises.choices import register_choices
from enterprises.filters import RegisterFilter
from enterprises.models import Enterprise, EnterpriseReturn
from enterprises.tables import RegisterTable


def register(request):
    """Show the register of the reader's cities, filtered and sorted by the address."""
    viewpoint = request.viewpoint
    found = RegisterFilter(
        request.GET,
        queryset=Enterprise.objects.in_cities(request.cities).select_related(
            "city", "park", "field"
        ),
        viewpoint=viewpoint,
        choices=register_choices(request.cities),
    )
    returns = EnterpriseReturn.objects.as_of(viewpoint.moment).filter(
        enterprise=OuterRef("pk"), period__code=str(viewpoint.quarter)
    )
    rows = found.qs.annotate(
        output_value=Subquery(returns.values("output_value")[:1]),
        revenue=Subquery(returns.values("revenue")[:1]),
    )
    table = RequestConfig(request, paginate=False).configure(RegisterTable(rows))
    table.turn_to(request.GET.get("page"))
    context = {"filter": found, "table": table, "total": table.paginator.count}
    status = 200 if found.is_valid() else 422
    return render(request, "enterprises/register.html", context, status=status)
