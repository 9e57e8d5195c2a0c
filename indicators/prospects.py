"""The names behind the prospects, of the reader's own cities only."""

from collections.abc import Sequence

from django.db.models import QuerySet

from clusters.models import City
from enterprises.models import Enterprise
from indicators.outlooks import FirmProspect


def named(
    prospects: Sequence[FirmProspect], cities: QuerySet[City]
) -> list[tuple[Enterprise, FirmProspect]]:
    """
    Return the enterprises with their prospects that lie in these cities, in the same order.

    One query, or none. Which city is the enterprise's own, not that of the report: what a
    bureau may see of a firm is said in one place only.
    """
    if not prospects:
        return []
    within = Enterprise.objects.in_cities(cities).select_related("city")
    by_id = within.in_bulk([one.enterprise_id for one in prospects])
    return [(by_id[p.enterprise_id], p) for p in prospects if p.enterprise_id in by_id]
