from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from clusters.viewpoint import Viewpoint
from enterprises.models import Tier, TierAward
from foundation.quarters import Quarter
from indicators.data.snapshot_reader import snapshot
from indicators.regions.regional_figures import (
    city_figures,
    city_history,
    enterprise_summary,
    park_rows,
)
from tests.factories import (
    CITIES,
    make_city,
    make_city_return,
    make_enterprise,
    make_park,
    make_period,
)
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
    assert figures.reported_only_share is None
    assert figures.share_words == "6.3%"
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
    assert figures.last is None


def test_while_a_city_is_silent_another_has_no_share_of_the_province():
    make_province(silent=["370600"])
    figures = city_figures(read(), make_city(), Q3)
    assert (figures.share, figures.share_words) == (None, "—")
    assert figures.reported_only_share == Decimal(1) / 15
    assert figures.reported_only_words == "6.7% of the 15 cities that reported"
    assert figures.base.missing_words == "Yantai has not reported"
    assert figures.base.status == "M"
    with translation.override("zh-hans"):
        assert figures.reported_only_words == "占已报15市6.7%"
        assert "占全省" not in figures.base.words


def test_a_share_changes_between_the_cities_that_reported_both_quarters():
    make_province(silent=["370600"])
    for code, amount in (("370100", "100.00"), ("370700", "300.00"), ("370600", "600.00")):
        make_city_return(make_city(code), make_period("2024Q3"), output_value=amount)
    change = city_figures(read(), make_city(), Q3).share_change
    # Jinan and Weifang; not Yantai, which is silent now.
    assert (change.before, change.now, change.cities) == (Decimal("0.25"), Decimal("0.5"), 2)
    words = city_figures(read(), make_city(), Q3).share_change_words
    assert words == "same 2 cities on the year: +25.0 percentage points"
    assert city_figures(read(), make_city("370200"), Q3).share_change is None


def test_a_silent_city_has_what_was_last_accepted_of_it_with_its_quarter():
    make_province(silent=["370600"])
    for quarter, amount in (("2024Q4", "7.00"), ("2025Q1", "8.00"), ("2025Q2", None)):
        make_city_return(make_city("370600"), make_period(quarter), output_value=amount)
    last = city_figures(read(), make_city("370600"), Q3).last
    assert (last.quarter, last.totals.output_value) == (Quarter(2025, 1), Decimal("8.00"))
    assert city_figures(read(), make_city(), Q3).last is None


def test_a_share_over_time_is_of_four_quarters_and_a_gap_where_a_city_is_silent():
    make_province(silent=["370600"])
    for code in CITIES:
        for quarter, amount in (("2024Q2", "40.00"), ("2024Q4", "100.00"), ("2025Q2", "50.00")):
            more = 2 if code == "370100" and quarter == "2025Q2" else 1
            output = Decimal(amount) * more
            make_city_return(make_city(code), make_period(quarter), output_value=output)
    share = {p.quarter: p.share for p in city_history(read(), make_city(), Q3).points}
    assert share[Quarter(2024, 4)] == Decimal(1) / 16
    # 100 + 100 - 40 of Jinan, 50 + 100 - 40 of each of the others.
    assert share[Quarter(2025, 2)] == Decimal(160) / (160 + 15 * 110)
    assert share[Quarter(2024, 2)] is None
    assert share[Q3] is None


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
    assert summary.whose == ""


def test_enterprises_of_reporting_cities_say_of_how_many_cities_they_are():
    make_province(silent=["370600"])
    summary = enterprise_summary(read(), Q3)
    assert (summary.reporting, summary.over) == (15, 0)
    assert summary.whose == "of the 15 cities that reported"


def test_without_any_lines_the_number_of_reporting_enterprises_is_not_known():
    make_city_return()
    summary = enterprise_summary(read(), Q3)
    assert summary.reporting is None
    assert summary.over is None
