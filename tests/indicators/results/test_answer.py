"""Tests of the answer as it is made of the results of a quarter."""

from datetime import date

import pytest
from django.utils.translation import override

from indicators.results.answer import answer, answer_clauses
from indicators.results.scorecard import scorecard
from tests.factories import (
    make_cities,
    make_city_return,
    make_clusters,
    make_park,
    make_period,
    make_plan,
    make_target,
)
from tests.indicators.results.shown import FIRMS, SHARE, seen

pytestmark = pytest.mark.django_db


def said(quarter="2025Q4", as_of=None, language="en"):
    results = scorecard(seen(quarter, as_of))
    with override(language):
        assert "".join(answer_clauses(results)) == answer(results)
        return answer(results)


def counted(code, things, value="2"):
    """A target that counts things of the plan, from none at the end of 2022."""
    return make_target(
        code,
        kind="established",
        things=things,
        unit="count",
        value=value,
        baseline_value="0",
        baseline_period="2022Q4",
        short_name_en=f"{things.title()}",
        short_name=things,
    )


def test_without_a_plan_no_targets_have_been_set():
    make_period("2025Q4")
    assert said() == "No targets have been set"
    assert said(language="zh-hans") == "尚未设定目标"


def test_of_a_plan_without_targets_likewise():
    make_plan()
    make_period("2025Q4")
    assert said() == "No targets have been set"


def test_targets_that_nobody_has_reported_have_no_data():
    make_cities()
    make_period("2025Q4")
    make_target(SHARE)
    make_target(FIRMS)
    assert said() == "Cluster share and firms over 100 million without data so far"
    assert said(language="zh-hans") == "集群产值占比、过1亿元企业数尚无数据"


def test_a_complete_quarter_that_meets_its_target():
    make_clusters()
    make_target(SHARE, value="0.1")
    for city in make_cities():
        make_city_return(city, period=make_period("2025Q4"), output_value="100.00")
    assert said() == "Cluster share met the target"


def test_too_few_cities_for_an_estimate():
    make_clusters()
    make_target(SHARE)
    for city in make_cities()[:2]:
        make_city_return(city, period=make_period("2025Q4"), output_value="100.00")
    assert said() == "Cluster share cannot be estimated yet"


def test_things_of_the_plan_before_and_after_their_deadline():
    make_period("2025Q4")
    make_period("2025Q2")
    counted("parks-established", "parks")
    park = make_park(established_on=date(2024, 3, 1), established_evidence="鲁环函〔2024〕1号")
    make_park(not_established_on=date(2026, 3, 1))
    assert park.established_by(date(2025, 12, 31))
    assert said() == "Parks not established in time"
    assert said(language="zh-hans") == "parks未按期建成"
    assert said(as_of=date(2025, 12, 20)).startswith("Parks not yet established")
    assert said("2025Q2") == "Parks not yet established and seriously behind pace"
