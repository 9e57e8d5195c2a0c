"""The snapshot that every page reads, against the tables in plain SQL."""

from collections.abc import Iterator
from decimal import Decimal

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from clusters.viewpoint import today
from foundation.quarters import Quarter
from indicators.data.snapshot_reader import snapshot
from submissions.verification.discrepancy import Discrepancy

CENT = Decimal("0.01")
IN_FORCE = """
    JOIN clusters_city c ON c.id = r.city_id
    JOIN clusters_reportingperiod p ON p.id = r.period_id
    WHERE r.superseded_at IS NULL AND r.published_at <= %s
"""
TOTALS = f"""
    SELECT c.code, p.code, r.output_value, r.revenue FROM clusters_cityreturn r {IN_FORCE}
"""  # noqa: S608
LINES = f"""
    SELECT c.code, p.code, SUM(r.output_value), SUM(r.revenue)
    FROM enterprises_enterprisereturn r {IN_FORCE} GROUP BY c.code, p.code
"""  # noqa: S608


def snapshot_unlike_the_tables() -> Iterator[Discrepancy]:
    """Yield the cities and periods whose totals or lines on pages are not those in force."""
    shown = snapshot(today(Quarter.of(timezone.localdate())))
    for sql, figures in ((TOTALS, shown.city_totals), (LINES, shown.lines)):
        stored = _stored(sql)
        pages = {at: (_cents(one.output_value), _cents(one.revenue)) for at, one in figures.items()}
        for city, quarter in sorted(stored.keys() | pages.keys()):
            if stored.get((city, quarter)) != pages.get((city, quarter)):
                yield Discrepancy(
                    f"{city} {quarter}", _("Pages show other figures than those in force.")
                )


def _stored(sql: str) -> dict:
    """Return output value and revenue by city's code and quarter."""
    with connection.cursor() as cursor:
        cursor.execute(sql, [connection.ops.adapt_datetimefield_value(timezone.now())])
        rows = cursor.fetchall()
    return {
        (city, Quarter.parse(period)): (_cents(output), _cents(revenue))
        for city, period, output, revenue in rows
    }


def _cents(value) -> Decimal | None:
    """Return an amount to the cent; SQLite adds up as floats."""
    return None if value is None else Decimal(str(value)).quantize(CENT)
