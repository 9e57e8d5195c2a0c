"""The enterprise lines of a quarter, added up by city, park and field."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Max, Sum
from django.db.models.functions import Abs

from enterprises.models import EnterpriseReturn
from foundation.quarters import Quarter
from foundation.yuan import cents
from indicators.data.snapshot import Snapshot
from indicators.data.snapshot_cache import cached_by_snapshot
from indicators.formulas.disclosure import Mass


@dataclass(frozen=True, slots=True)
class LineGroup:
    """
    The enterprise lines of one city, park and field: how many, their sums in yuan, their mass.

    park_id and field_id are None outside any; a sum is None if no line says.
    """

    city: str
    park_id: int | None
    field_id: int | None
    firms: int
    output_value: Decimal | None
    revenue: Decimal | None
    output_mass: Mass
    revenue_mass: Mass


@cached_by_snapshot(maxsize=64)
def line_groups(snapshot: Snapshot, quarter: Quarter) -> tuple[LineGroup, ...]:
    """
    Return the lines of a quarter in their finest groups, by city. Cached as long as the snapshot.

    One query. City and park are those of the report, the field is the register's.
    """
    code_of = {city.pk: city.code for city in snapshot.cities}
    sums = (
        EnterpriseReturn.objects.seen_from(snapshot)
        .filter(period=snapshot.period_ids.get(quarter))
        .order_by("city__code", "park", "enterprise__field__position")
        .values_list("city", "park", "enterprise__field")
        .annotate(
            firms=Count("pk"),
            output=Sum("output_value"),
            revenue_sum=Sum("revenue"),
            output_whole=Sum(Abs("output_value")),
            output_largest=Max(Abs("output_value")),
            revenue_whole=Sum(Abs("revenue")),
            revenue_largest=Max(Abs("revenue")),
        )
    )
    return tuple(
        LineGroup(
            *(code_of[city], park, field, firms, cents(output), cents(revenue)),
            Mass(cents(sums_of[0]) or Decimal(0), cents(sums_of[1]) or Decimal(0)),
            Mass(cents(sums_of[2]) or Decimal(0), cents(sums_of[3]) or Decimal(0)),
        )
        for city, park, field, firms, output, revenue, *sums_of in sums
    )
