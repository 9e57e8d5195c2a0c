"""Figures of the demonstration, calculated once more in SQL written by hand, equal the page."""

import random
from decimal import Decimal

import pytest
from django.db import connection

from clusters.models import City
from foundation.quarters import Quarter
from tests.factories import make_user
from tests.product.test_trace_to_originals import CITIES, demonstration, loaded  # noqa: F401

SEED = 311
WAYS = ["cumulative", "quarter", "rolling"]
QUARTERS = [str(quarter) for quarter in Quarter.range(Quarter(2023, 1), Quarter(2025, 4))]
TOTAL = """
    SELECT r.{column} FROM clusters_cityreturn r
    JOIN clusters_city c ON c.id = r.city_id
    JOIN clusters_reportingperiod p ON p.id = r.period_id
    WHERE c.code = %s AND p.code = %s AND r.superseded_at IS NULL
"""
SHARE = """
    SELECT SUM(CASE WHEN k.id IS NULL THEN 0 ELSE CAST(r.output_value * 100 AS BIGINT) END),
           SUM(CAST(r.output_value * 100 AS BIGINT))
    FROM clusters_cityreturn r
    JOIN clusters_reportingperiod p ON p.id = r.period_id
    LEFT JOIN clusters_cluster k ON k.city_id = r.city_id
    WHERE p.code = %s AND r.superseded_at IS NULL
"""
OVER = """
    SELECT COUNT(DISTINCT r.enterprise_id) FROM enterprises_enterprisereturn r
    JOIN clusters_reportingperiod p ON p.id = r.period_id
    WHERE p.code = %s AND r.superseded_at IS NULL AND r.revenue > 100000000
"""
# What each enterprise made, and what it is compared with: its line of last year, or else what
# its line of this year says of last year.
GROWTH = """
    SELECT SUM(now), SUM(CASE WHEN now IS NOT NULL THEN base END),
           SUM(CASE WHEN base IS NOT NULL THEN now END)
    FROM (
        SELECT CAST(n.revenue * 100 AS BIGINT) AS now,
               CAST(COALESCE(b.revenue, n.revenue_last_year) * 100 AS BIGINT) AS base
        FROM enterprises_enterprisereturn n
        JOIN clusters_city c ON c.id = n.city_id
        JOIN clusters_reportingperiod p ON p.id = n.period_id
        LEFT JOIN enterprises_enterprisereturn b ON b.enterprise_id = n.enterprise_id
            AND b.superseded_at IS NULL AND b.city_id = n.city_id
            AND b.period_id = (SELECT id FROM clusters_reportingperiod WHERE code = %s)
        WHERE c.code = %s AND p.code = %s AND n.superseded_at IS NULL
    ) AS compared
"""


def ask(sql, *given):
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return cursor.fetchone()


def total(code, quarter, column):
    """A city's own total in yuan, as the database has it."""
    found = ask(TOTAL.format(column=column), code, quarter)
    return None if found is None or found[0] is None else Decimal(str(found[0]))


@pytest.fixture
def page(client, demonstration):  # noqa: F811
    """Ask for a page's tables as an official does."""
    client.force_login(make_user("official"))

    def rows(address, key):
        separator = "&" if "?" in address else "?"
        return client.get(f"{address}{separator}download={key}.json").json()["rows"]

    return rows


def wan(yuan):
    """What a table in 万元 with two places shows."""
    return (yuan / 10_000).quantize(Decimal("0.01"), "ROUND_HALF_UP")


def expected(code, quarter, measure, way):
    """A city's amount in yuan in one of the ways, from cumulative figures."""
    amount = total(code, str(quarter), measure)
    if way == "quarter" and quarter.quarter > 1:
        return amount - total(code, str(quarter.previous()), measure)
    if way == "rolling" and quarter.quarter < 4:
        then = quarter.year_earlier()
        return amount + total(code, str(then.year_end), measure) - total(code, str(then), measure)
    return amount


def test_ten_figures_of_the_demonstration_are_what_sql_says(page):
    chance = random.Random(SEED)
    slug_of = dict(City.objects.filter(code__in=CITIES).values_list("code", "slug"))
    columns = {"output_value": 1, "revenue": 2}
    compared = 0
    while compared < 10:
        code, quarter = chance.choice(CITIES), Quarter.parse(chance.choice(QUARTERS))
        measure, way = chance.choice(list(columns)), chance.choice(WAYS)
        if way == "rolling" and quarter.year == 2023:
            continue  # Nothing is on record of the year before.
        address = f"/cities/{slug_of[code]}/?period={quarter}&amounts={way}"
        row = page(address, f"output-{slug_of[code]}")[-1]
        shown = Decimal(str(row[columns[measure]]))
        assert shown == wan(expected(code, quarter, measure, way)), address
        compared += 1


def of_reporting(told):
    """What the API says of the cities that reported: the province's, if they are all."""
    return told["value"] if told["reported_only"] is None else told["reported_only"]["value"]


@pytest.mark.usefixtures("page")
@pytest.mark.parametrize("period", ["2023Q4", "2024Q3"])
def test_both_targets_are_what_sql_says(client, period):
    clusters, province = ask(SHARE, period)
    share = Decimal(clusters) / Decimal(province)
    told = client.get(f"/api/v1/indicators/cluster-output-share/?period={period}").json()
    assert abs(Decimal(of_reporting(told)) - share) < Decimal("1e-9")
    [over] = ask(OVER, period)
    told = client.get(f"/api/v1/indicators/firms-over-100m/?period={period}").json()
    assert Decimal(of_reporting(told)) == over


def test_a_movement_over_a_year_is_what_sql_says(page):
    address = "/indicators/firms-over-100m/movement/?period=2024Q3&from=2023Q3"
    movement = page(address, "movement-firms-over-100m")
    [before], [over] = ask(OVER, "2023Q3"), ask(OVER, "2024Q3")
    assert (Decimal(str(movement[0][2])), Decimal(str(movement[-1][2]))) == (before, over)
    assert sum(Decimal(str(row[1])) for row in movement[1:-1]) == over - before


@pytest.mark.parametrize(("code", "period"), [("370700", "2024Q4"), ("370100", "2025Q2")])
def test_growth_of_the_same_enterprises_is_what_sql_says(page, client, code, period):
    city = City.objects.get(code=code)
    before = str(Quarter.parse(period).year_earlier())
    now, base, compared = ask(GROWTH, before, code, period)

    rows = page(f"/growth/?period={period}&of={city.slug}", "places")

    [row] = [row for row in rows if row[0] == city.name_en]
    assert Decimal(str(row[3])) == wan(Decimal(now) / 100)
    growth = (Decimal(compared) / base - 1) * 100
    assert Decimal(str(row[5])) == growth.quantize(Decimal("0.01"), "ROUND_HALF_UP")
