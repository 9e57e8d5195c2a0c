"""The demonstration's last quarter once more, in plain SQL: what is certain, and what turns it."""

from decimal import Decimal

import pytest
from django.db import connection

from clusters.viewpoint import Viewpoint
from foundation.quarters import Quarter
from indicators.data.snapshot_reader import snapshot
from indicators.outlook.settling import settled_by
from indicators.results.scorecard import results_in
from tests.factories import make_user
from tests.product.test_verify_proof import COUNT, Q4, SHARE, written  # noqa: F401

# Of what every city told of the quarter and the one before, with a year earlier beside: in cents,
# the clusters' and all cities' amounts; of the silent cities the floors and what they made a year
# earlier since; of the reporting ones and of all what they made a year earlier.
SUMS = """
    SELECT SUM(inside * now), SUM(now), SUM(CASE WHEN now IS NULL THEN so_far END),
           SUM(CASE WHEN now IS NULL THEN year_before - year_before_so_far END),
           SUM(CASE WHEN now IS NOT NULL THEN year_before END), SUM(year_before),
           SUM(CASE WHEN now IS NOT NULL THEN inside * year_before END)
    FROM (
        SELECT CASE WHEN MAX(k.id) IS NULL THEN 0 ELSE 1 END AS inside,
               MAX(CASE WHEN p.code = '2025Q4' THEN cents END) AS now,
               MAX(CASE WHEN p.code = '2025Q3' THEN cents END) AS so_far,
               MAX(CASE WHEN p.code = '2024Q4' THEN cents END) AS year_before,
               MAX(CASE WHEN p.code = '2024Q3' THEN cents END) AS year_before_so_far
        FROM (
            SELECT city_id, period_id, CAST(output_value * 100 AS BIGINT) AS cents
            FROM clusters_cityreturn WHERE superseded_at IS NULL
        ) AS r
        JOIN clusters_reportingperiod p ON p.id = r.period_id
        LEFT JOIN clusters_cluster k ON k.city_id = r.city_id
        GROUP BY r.city_id
    ) AS told
"""
# Enterprises over 100 million by the newest figure of the year; and those of the same cities.
AT_LEAST = """
    SELECT COUNT(*) FROM (
        SELECT r.enterprise_id, MAX(p.code) AS newest FROM enterprises_enterprisereturn r
        JOIN clusters_reportingperiod p ON p.id = r.period_id
        WHERE p.code LIKE '2025Q_' AND r.superseded_at IS NULL AND r.revenue IS NOT NULL
        GROUP BY r.enterprise_id
    ) AS told
    JOIN enterprises_enterprisereturn r ON r.enterprise_id = told.enterprise_id
    JOIN clusters_reportingperiod p ON p.id = r.period_id AND p.code = told.newest
    WHERE r.superseded_at IS NULL AND r.revenue > 100000000
"""
OVER_IN_SAME_CITIES = """
    SELECT COUNT(DISTINCT r.enterprise_id) FROM enterprises_enterprisereturn r
    JOIN clusters_reportingperiod p ON p.id = r.period_id
    WHERE p.code = %s AND r.superseded_at IS NULL AND r.revenue > 100000000 AND r.city_id IN (
        SELECT n.city_id FROM enterprises_enterprisereturn n
        JOIN clusters_reportingperiod q ON q.id = n.period_id
        WHERE q.code = '2025Q4' AND n.superseded_at IS NULL)
"""


def asked(sql, *given):
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return [Decimal(one) for one in cursor.fetchone()]


@pytest.fixture
def told(written, db, client):  # noqa: F811
    """What the API says of the two targets, to an official."""
    client.force_login(make_user("official"))
    address = "/api/v1/indicators/{}/proof/"
    return {
        code: client.get(address.format(code), {"period": Q4}).json()["concluded"]
        for code in (SHARE, COUNT)
    }


def close(one, other):
    return abs(Decimal(one) - other) < Decimal("1e-20")


def test_the_share_at_its_most_and_what_turns_it(told):
    part, known, floors, last_year, before, all_before, _part_before = asked(SUMS)
    share = told[SHARE]

    most = part / (known + floors)
    amount = part / Decimal("0.5") - known
    remaining = amount - floors
    assert close(share["certain_high"], most)
    assert Decimal(share["break_even_amount"]) == amount / 100
    assert Decimal(share["break_even_remaining"]) == remaining / 100
    assert close(share["break_even_growth"], remaining / last_year - 1)
    assert close(share["weight"], before / all_before)
    assert round(most, 7) == Decimal("0.5325076")
    assert round(amount / 10**10, 2) == Decimal("264.05")
    assert round(remaining / 10**10, 2) == Decimal("95.76")
    assert round(remaining / last_year - 1, 3) == Decimal("0.387")
    assert round(before / all_before, 5) == Decimal("0.83986")


def test_the_share_of_the_same_cities_rose_by_one_point_four(told):
    part, known, _floors, _last_year, before, _all_before, part_before = asked(SUMS)

    assert close(told[SHARE]["reported_only"], part / known)
    change = (part / known - part_before / before) * 100
    assert round(part_before / before * 100, 2) == Decimal("58.72")
    assert round(part / known * 100, 2) == Decimal("60.12")
    assert round(change, 2) == Decimal("1.40")


def test_at_least_286_enterprises_are_over_and_twenty_more_in_the_same_cities(told):
    [at_least] = asked(AT_LEAST)
    [now], [before] = (asked(OVER_IN_SAME_CITIES, period) for period in (Q4, "2024Q4"))

    assert Decimal(told[COUNT]["certain_low"]) == at_least == 286
    assert Decimal(told[COUNT]["reported_only"]) == now
    assert (now, before) == (253, 233)


def test_what_each_silent_citys_report_would_settle(written, db):  # noqa: F811
    seen = snapshot(Viewpoint(Quarter.parse(Q4), None, None))
    found = settled_by(seen, results_in(seen, Quarter.parse(Q4)))

    assert [(one.city.slug, one.part, one.crossed) for one in found] == [
        ("yantai", Decimal("0.46"), 5),
        ("linyi", Decimal("0.36"), 3),
        ("liaocheng", Decimal("0.18"), 2),
    ]


def test_the_cities_crossings_add_up_to_the_number_of_the_break_even_sentence(written, db):  # noqa: F811
    seen, quarter = snapshot(Viewpoint(Quarter.parse(Q4), None, None)), Quarter.parse(Q4)
    found = settled_by(seen, results_in(seen, quarter))
    result = next(one for one in results_in(seen, quarter) if one.indicator.code == COUNT)

    assert result.break_even is not None
    assert sum(one.crossed for one in found) == result.break_even.crossed == 10
