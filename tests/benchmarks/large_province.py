"""
A made-up province of any size for the benchmarks: thirteen quarters of every enterprise.

    python -m tests.benchmarks.large_province 100000

fills the database of DATABASE_URL (PostgreSQL) and prints, as one line of JSON, what its pages
are asked with. In the newest quarter Heze is silent; its workbook waits to be accepted.
"""

import json
import sys
import uuid
from datetime import UTC, datetime

import django

QUARTERS = 13
NEWEST = "2025Q4"
SILENT = "371700"
PASSWORD = "only for the benchmark"

# One enterprise in ten is in reach of 100 million; the others are far below. Yuan, cumulative.
# In the order in which acceptance writes them: quarter by quarter, city by city.
RETURNS = """
INSERT INTO enterprises_enterprisereturn
    (enterprise_id, city_id, period_id, output_value, revenue, nil, remark, published_at)
SELECT e.id, e.city_id, p.id,
       round((n.share * (1.2 * e.scale + e.id %% 1000))::numeric, 2),
       round((n.share * (e.scale + e.id %% 1000))::numeric, 2), '', '', p.due_on
FROM (SELECT id, city_id, CASE WHEN id %% 10 = 0 THEN 60000000 + id %% 997 * 100000
                               ELSE 4000000 END AS scale
      FROM enterprises_enterprise) e
CROSS JOIN clusters_reportingperiod p
CROSS JOIN LATERAL (SELECT substr(p.code, 6, 1)::numeric / 4 AS share) n
JOIN clusters_city c ON c.id = e.city_id
WHERE p.code = ANY(%s) AND NOT (p.code = %s AND c.code = %s)
ORDER BY p.code, c.code, e.id
"""


def fill(enterprises: int) -> dict[str, str]:
    """Fill an empty, migrated database; return a firm's code and the submission that waits."""
    reference_data.load()
    quarters = periods()
    cities = list(City.objects.order_by("code"))
    register(cities, enterprises)
    with connection.cursor() as cursor:
        cursor.execute(RETURNS, [[str(one) for one in quarters], NEWEST, SILENT])
        cursor.execute("ANALYZE")
    for period in quarters:
        report(cities, period)
    for name in ("official", "reviewer"):
        make_user(name, username=name, password=PASSWORD)
    firm = Enterprise.objects.filter(city__code="370100").first()
    return {"firm": firm.credit_code, "waiting": str(waiting(cities[-1]).pk)}


def periods() -> list["ReportingPeriod"]:
    """Return the thirteen quarters up to the newest, oldest first."""
    return list(ReportingPeriod.objects.filter(code__lte=NEWEST).order_by("-code"))[:QUARTERS][::-1]


def register(cities: list["City"], enterprises: int) -> None:
    """Copy the enterprises in, the same number to every city or nearly."""
    copy = "COPY enterprises_enterprise (credit_code, name, city_id, status, is_demonstration)"
    with connection.cursor() as cursor, cursor.copy(copy + " FROM STDIN") as rows:
        for n in range(1, enterprises + 1):
            city = cities[n % len(cities)]
            code = credit_code(n, city.code)
            rows.write_row((code, f"示例企业{n}", city.pk, "confirmed", False))


def report(cities: list["City"], period: "ReportingPeriod") -> None:
    """Put the cities' own totals of a quarter in force, all on the day they were due."""
    at = datetime.combine(period.due_on, datetime.min.time(), tzinfo=UTC)
    spoke = [c for c in cities if (c.code, period.code) != (SILENT, NEWEST)]
    CityReturn.objects.bulk_create(
        CityReturn(
            city=city,
            period=period,
            output_value=(90_000_000 + n * 7_000_000) * period.quarter.quarter * 100,
            revenue=(80_000_000 + n * 6_000_000) * period.quarter.quarter * 100,
            published_at=at,
        )
        for n, city in enumerate(spoke)
    )
    for city in spoke:
        Publication.objects.append(city=city, period=period, published_at=at)
    ParkReturn.objects.bulk_create(
        ParkReturn(park=park, period=period, output_value=50_000_000, firms=9, published_at=at)
        for park in Park.objects.all()
    )


def waiting(city: "City") -> "Submission":
    """Return the silent city's workbook of the newest quarter, submitted and not yet decided."""
    officer = make_user("bureau", city, username="heze")
    now = datetime.now(UTC)
    firms = list(Enterprise.objects.filter(city=city))
    submission = Submission.objects.create(
        city=city,
        period=ReportingPeriod.objects.get(code=NEWEST),
        version=1,
        filename="报表.xlsx",
        size=3,
        sha256=uuid.uuid4().hex * 2,
        uploaded_by=officer,
        uploaded_at=now,
        checked_at=now,
        submitted_by=officer,
        submitted_at=now,
        status=Submission.Status.SUBMITTED,
        lines=len(firms),
    )
    total = {"measure": "环保业务产值", "this_year": "80000000000.00", "last_year": None}
    city_row = StagedRow(
        kind="city", sheet="城市汇总", row=6, key="output_value", values=total, cells={}
    )
    lines = (
        StagedRow(
            kind="enterprises",
            sheet="企业明细",
            row=5 + n,
            key=firm.credit_code,
            values={"name": firm.name, "output_value": "5000000.00", "revenue": "4000000.00"},
            cells={},
        )
        for n, firm in enumerate(firms)
    )
    rows = [city_row, *lines]
    for row in rows:
        row.submission = submission
    StagedRow.objects.bulk_create(rows, batch_size=2_000)
    return submission


if __name__ == "__main__":
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from clusters.models import City, CityReturn, Publication, ReportingPeriod
    from config.deploy import reference_data
    from enterprises.models import Enterprise
    from parks.models import Park, ParkReturn
    from submissions.models import StagedRow, Submission
    from tests.factories import credit_code, make_user

    call_command("migrate", verbosity=0)
    print(json.dumps(fill(int(sys.argv[1]))))
