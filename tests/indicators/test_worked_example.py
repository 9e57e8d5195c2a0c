"""The feature bar's worked example and the edges of a target, from stored rows to sentence."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from clusters.viewpoint import Viewpoint
from enterprises.models import Enterprise, EnterpriseReturn
from foundation.quarters import Quarter
from indicators.models import InterimPoint
from indicators.results.scorecard import result
from indicators.verdict.standing import Reason, Standing
from tests.factories import (
    CITIES,
    PUBLISHED_AT,
    credit_code,
    make_cities,
    make_city,
    make_city_return,
    make_clusters,
    make_period,
    make_publication,
    make_target,
)

pytestmark = pytest.mark.django_db
SHARE, FIRMS = "cluster-output-share", "firms-over-100m"


@pytest.fixture(autouse=True)
def _province():
    make_cities()
    make_clusters()


def found(code, quarter="2024Q4"):
    moment = datetime(2026, 6, 1, tzinfo=UTC)
    return result(code, Viewpoint(Quarter.parse(quarter), None, moment))


def report_firms(over, *, quarter="2024Q4", just_at=0):
    """So many enterprises a cent over 100 million, and some at it, all over the province."""
    period, cities = make_period(quarter), [make_city(code) for code in CITIES]
    revenues = ["100000000.01"] * over + ["100000000.00"] * just_at + ["1.00"] * len(cities)
    firms = Enterprise.objects.bulk_create(
        Enterprise(credit_code=credit_code(), name=f"示例{n}", city=cities[n % 16])
        for n in range(len(revenues))
    )
    EnterpriseReturn.objects.bulk_create(
        EnterpriseReturn(
            # The last sixteen give every city a line.
            enterprise=firm,
            city=cities[n - len(revenues)] if n >= len(revenues) - 16 else firm.city,
            period=period,
            revenue=revenue,
            published_at=PUBLISHED_AT,
        )
        for n, (firm, revenue) in enumerate(zip(firms, revenues, strict=True))
    )
    make_publication(period=period)


def report_output(jinan, other, quarter="2025Q4"):
    """Jinan's output value, and Weifang's: every other city made nothing."""
    made = {"370100": jinan, "370700": other}
    for code in CITIES:
        make_city_return(make_city(code), make_period(quarter), output_value=made.get(code, "0"))
    make_publication(period=make_period(quarter))


def test_251_firms_on_the_way_from_220_to_300_are_behind():
    make_target(FIRMS, baseline_value="220", baseline_period="2022Q4", baseline_source="示例")
    report_firms(251)

    one = found(FIRMS)
    assert one.standing is Standing.BEHIND
    assert (one.value, round(one.pace_value, 1)) == (251, Decimal("273.3"))
    with translation.override("en"):
        assert one.explanation == (
            "End of 2024: 251 firms; from 220 to 300, 39% of the way, 67% due; "
            "28 points behind (yellow from 10, red over 30); 16/16 cities accepted."
        )
    with translation.override("zh-hans"):
        assert one.explanation == (
            "截至2024年末为251家；由基期值220到目标值300，完成进度39%，序时进度67%；"
            "落后序时进度28个百分点（落后10个百分点起为黄色，超过30个百分点为红色）；"
            "16个市中16个已审核通过。"
        )


def test_exactly_half_meets_at_least_half():
    make_target(SHARE)
    report_output("100.00", "100.00")
    assert found(SHARE, "2025Q4").standing is Standing.ACHIEVED


def test_a_cent_short_of_half_does_not_and_does_not_look_like_it():
    make_target(SHARE)
    report_output("1000000000000.00", "1000000000000.01")
    one = found(SHARE, "2025Q4")
    assert one.standing is Standing.BEHIND
    with translation.override("en"):
        assert "50.0%" not in one.explanation


def test_exactly_half_is_not_over_half():
    make_target(SHARE, comparator=">")
    report_output("100.00", "100.00")
    assert found(SHARE, "2025Q4").standing is Standing.BEHIND


def test_exactly_300_firms_meet_the_target_and_exactly_100_million_is_no_firm_of_them():
    make_target(FIRMS)
    report_firms(300, quarter="2025Q4", just_at=5)
    one = found(FIRMS, "2025Q4")
    assert (one.value, one.standing) == (300, Standing.ACHIEVED)


def test_299_firms_do_not_though_five_more_are_at_100_million():
    make_target(FIRMS)
    report_firms(299, quarter="2025Q4", just_at=5)
    assert found(FIRMS, "2025Q4").standing is Standing.BEHIND


def test_a_threshold_that_counts_itself_in_counts_exactly_100_million():
    make_target(
        "firms-from-100m",
        kind="count",
        measure="revenue",
        threshold="100000000",
        strict=False,
        value="4",
        unit="count",
    )
    report_firms(2, quarter="2025Q4", just_at=3)
    one = found("firms-from-100m", "2025Q4")
    assert (one.value, one.standing) == (5, Standing.ACHIEVED)


@pytest.mark.parametrize(
    ("given", "standing", "reason"),
    [
        pytest.param({}, Standing.CANNOT_JUDGE, Reason.NO_BASELINE, id="no baseline"),
        pytest.param(
            {"baseline_value": "300", "baseline_period": "2022Q4"},
            Standing.CANNOT_JUDGE,
            Reason.NO_DISTANCE,
            id="the baseline is the target",
        ),
        pytest.param(
            {
                "baseline_value": "230",
                "baseline_period": "2022Q4",
                "comparator": "<=",
                "value": "200",
            },
            Standing.SERIOUSLY_BEHIND,
            Reason.AGAINST_PACE,
            id="a falling target that rises",
        ),
        pytest.param(
            {
                "baseline_value": "360",
                "baseline_period": "2022Q4",
                "comparator": "<",
                "value": "200",
            },
            Standing.ON_PACE,
            Reason.AGAINST_PACE,
            id="a falling target that falls in time",
        ),
        pytest.param(
            {"baseline_value": "220", "baseline_period": "2022Q4", "value": "240"},
            Standing.ACHIEVED,
            Reason.TARGET_MET,
            id="overshoot",
        ),
        pytest.param(
            {
                "baseline_value": "220",
                "baseline_period": "2022Q4",
                "value": "235",
                "comparator": "about",
                "band_low": "230",
                "band_high": "240",
            },
            Standing.SERIOUSLY_BEHIND,
            Reason.AGAINST_PACE,
            id="too many of what should be about 235",
        ),
        pytest.param(
            {
                "baseline_value": "220",
                "baseline_period": "2022Q4",
                "value": "245",
                "comparator": "about",
                "band_low": "240",
                "band_high": "251",
            },
            Standing.ACHIEVED,
            Reason.TARGET_MET,
            id="the edge of a band is in it",
        ),
    ],
)
def test_the_edges_of_a_target(given, standing, reason):
    make_target(FIRMS, **given)
    report_firms(251)
    verdict = found(FIRMS).verdict
    assert (verdict.standing, verdict.reason) == (standing, reason)


def test_interim_points_bend_the_pace():
    target = make_target(FIRMS, baseline_value="220", baseline_period="2022Q4")
    report_firms(251)
    InterimPoint.objects.create(target=target, period="2024Q4", value="250")
    one = found(FIRMS)
    assert one.pace_value == 250
    assert one.standing is Standing.ON_PACE
    assert one.target.interim == {Quarter(2024, 4): Decimal(250)}
