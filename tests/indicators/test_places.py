from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from clusters.quarters import Quarter
from clusters.viewpoint import Viewpoint
from enterprises.models import Tier, TierAward
from indicators.aggregates import snapshot
from indicators.places import city_figures, city_history, enterprise_summary, park_rows
from tests.factories import make_city, make_city_return, make_enterprise, make_park, make_period
from tests.province import make_province

pytestmark = pytest.mark.django_db
Q3 = Quarter(2025, 3)


def read():
    return snapshot(Viewpoint(Q3, None, datetime(2026, 6, 1, tzinfo=UTC)))


def test_a_city_with_its_share_and_its_growth():
    make_province()
    make_city_return(make_city(), make_period("2024Q3"), output_value="80000000.00")
    figures = city_figures(read(), make_city(), Q3)
    assert figures.share == Decimal(1) / 16
    assert figures.growth == Decimal("0.25")
    assert figures.in_cluster
    assert (figures.lines.enterprises, figures.over, figures.registered) == (1, 0, 1)


def test_a_silent_city_has_nothing_rather_than_zero():
    make_province(silent=["370600"])
    figures = city_figures(read(), make_city("370600"), Q3)
    assert figures.totals.output_value is None
    assert (figures.lines, figures.over, figures.share, figures.growth) == (None,) * 4
    assert not figures.output_reported
    assert not figures.firms_reported


def test_history_tells_the_quarter_from_the_cumulative_figure():
    make_province()
    make_city_return(make_city(), make_period("2025Q2"), output_value="70000000.00")
    points = city_history(read(), make_city(), Q3).points
    assert [(p.cumulative, p.single) for p in points] == [
        (Decimal("70000000.00"), None),
        (Decimal("100000000.00"), Decimal("30000000.00")),
    ]


def test_a_park_nobody_reported_says_so():
    make_province()
    make_park(make_city("370400"), slug="silent-park")
    rows = {row.park.slug: row for row in park_rows(read(), Q3)}
    assert rows["qingdao-park"].totals.output_value == 5_000_000
    assert not rows["silent-park"].reported
    assert rows["silent-park"].totals.output_value is None


def test_titles_are_counted_as_held_at_the_quarters_end_each_enterprise_once():
    make_province()
    tier = Tier.objects.create(code="leader", name="链主", name_en="Chain leader")
    for firm, days in [
        (make_enterprise(), [(date(2023, 1, 1), None), (date(2024, 1, 1), None)]),
        (make_enterprise(), [(date(2023, 1, 1), date(2025, 9, 29))]),
        (make_enterprise(), [(date(2025, 10, 1), None)]),
        (make_enterprise(), [(date(2023, 1, 1), date(2025, 9, 30))]),
    ]:
        for awarded, expires in days:
            TierAward.objects.create(
                enterprise=firm, tier=tier, awarded_on=awarded, expires_on=expires
            )
    summary = enterprise_summary(read(), Q3)
    assert [(count.tier.code, count.number) for count in summary.tiers] == [("leader", 2)]
    assert summary.registered == 20
    assert summary.reporting == 16


def test_without_any_lines_the_number_of_reporting_enterprises_is_not_known():
    make_city_return()
    summary = enterprise_summary(read(), Q3)
    assert summary.reporting is None
    assert summary.over is None
