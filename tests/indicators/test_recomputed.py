"""Every verdict and its sentence, reckoned anew from the stored rows, quarter by quarter."""

import random
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from clusters.models import City, CityReturn, Cluster
from clusters.quarters import Quarter
from clusters.viewpoint import Viewpoint
from enterprises.models import Enterprise, EnterpriseReturn, Tier, TierAward
from indicators.aggregates import snapshot
from indicators.models import InterimPoint
from indicators.scorecard import results_in
from tests.factories import (
    CITIES,
    PUBLISHED_AT,
    credit_code,
    make_cities,
    make_clusters,
    make_park,
    make_period,
    make_plan,
    make_target,
)
from tests.recomputation import Stored, recomputed

pytestmark = pytest.mark.django_db
QUARTERS = Quarter.range(Quarter(2022, 4), Quarter(2026, 3))
NOW = Viewpoint(Quarter(2025, 4), None, datetime(2027, 1, 1, tzinfo=UTC))
# Who says nothing, and when: a city that never did, one that stopped, one with a gap.
SILENT = {"371700": QUARTERS, "370600": QUARTERS[9:], "370100": QUARTERS[6:7]}
FROM_2022 = {"baseline_period": "2022Q4"}


def speaks(city, quarter):
    # In one quarter everybody does, in one nobody.
    if quarter == Quarter(2024, 4):
        return True
    return quarter != Quarter(2023, 2) and quarter not in SILENT.get(city, ())


@pytest.fixture
def province():
    """Sixteen cities, fifteen quarters, six firms a city: random, and always the same."""
    make_cities()
    make_clusters()
    rng = random.Random(311)
    periods = {quarter: make_period(str(quarter)) for quarter in QUARTERS}
    cities = City.objects.in_bulk(field_name="code")
    returns, lines = [], []
    for code in CITIES:
        size, growth = rng.uniform(50, 200), rng.uniform(0.98, 1.15)
        firms = Enterprise.objects.bulk_create(
            Enterprise(credit_code=credit_code(), name=f"示例{code}{n}", city=cities[code])
            for n in range(6)
        )
        weights = [rng.uniform(0.2, 2.4) for _ in firms]
        for quarter in (q for q in QUARTERS if speaks(code, q)):
            part = quarter.quarter / 4 * growth ** (quarter.year - 2022) * rng.uniform(0.97, 1.03)
            returns.append(
                CityReturn(
                    city=cities[code],
                    period=periods[quarter],
                    output_value=round(Decimal(size * part * 1e8), 2),
                    employees=int(size * 40 * growth),
                    published_at=PUBLISHED_AT,
                )
            )
            lines += [
                EnterpriseReturn(
                    enterprise=firm,
                    city=cities[code],
                    period=periods[quarter],
                    revenue=round(Decimal(weight * part * 1e8), 2),
                    published_at=PUBLISHED_AT,
                )
                for firm, weight in zip(firms, weights, strict=True)
            ]
    CityReturn.objects.bulk_create(returns)
    EnterpriseReturn.objects.bulk_create(lines)


@pytest.fixture
def titles(province):
    tier = Tier.objects.create(code="leading", name="龙头", name_en="Leading", position=1)
    for n, firm in enumerate(Enterprise.objects.order_by("pk")[:30]):
        expires = date(2025, 6, 30) if n % 5 == 0 else None
        awarded = date(2023, 12, 28) if n < 15 else date(2025, 3, 31)
        TierAward.objects.create(enterprise=firm, tier=tier, awarded_on=awarded, expires_on=expires)
    return tier


@pytest.fixture
def plan(titles):
    """A plan of every kind of target, with every comparator."""
    make_target("cluster-output-share", value="0.24", baseline_value="0.20", **FROM_2022)
    firms = make_target("firms-over-100m", value="80", baseline_value="40", **FROM_2022)
    InterimPoint.objects.create(target=firms, period="2023Q4", value="50")
    InterimPoint.objects.create(target=firms, period="2024Q4", value="52")
    Cluster.objects.filter(slug="jinan").update(
        established_on="2024-05-01", established_evidence="验收意见"
    )
    Cluster.objects.filter(slug="zibo").update(not_established_on="2025-03-31")
    make_park(established_on="2025-01-01", established_evidence="验收意见")
    established = {"kind": "established", "unit": "count", "baseline_value": "0", **FROM_2022}
    make_target("clusters", things="clusters", value="3", **established)
    make_target("parks", things="parks", value="1", comparator=">", **established)
    make_target(
        "leading",
        things="title",
        tier=titles,
        value="20",
        comparator="about",
        band_low="18",
        band_high="22",
        **established,
    )
    level = {"kind": "level", "measure": "output_value", "unit": "yi"}
    make_target("output", value="2500", baseline_value="1900", **level, **FROM_2022)
    make_target("output-unknown", value="2500", **level)
    make_target(
        "output-fall", value="1700", comparator="<=", baseline_value="1950", **level, **FROM_2022
    )
    people = {"kind": "level", "measure": "employees", "unit": "count"}
    make_target(
        "fewer-people", value="70000", comparator="<", baseline_value="90000", **people, **FROM_2022
    )
    make_target("met-from-the-start", value="10", baseline_value="11", **people, **FROM_2022)
    make_target(
        "park-share",
        kind="share",
        measure="output_value",
        numerator="park_cities",
        value="6",
        unit="percent",
        baseline_value="2",
        **FROM_2022,
    )
    make_target(
        "firms-200m",
        kind="count",
        measure="revenue",
        threshold="200000000",
        strict=False,
        value="20",
        unit="count",
        comparator="about",
        band_low="18",
        band_high="25",
        baseline_value="2",
        **FROM_2022,
    )
    return make_plan()


@pytest.mark.usefixtures("plan")
def test_every_verdict_and_sentence_follows_from_the_stored_rows():
    stored, of = Stored(), snapshot(NOW)
    with translation.override("en"):
        shown = {
            (str(quarter), one.code): (str(one.standing), one.explanation)
            for quarter in QUARTERS
            for one in results_in(of, quarter)
        }
    anew = {
        (str(quarter), code): said
        for quarter in QUARTERS
        for code, *said in recomputed(stored, quarter.ordinal)
    }
    assert {key: tuple(said) for key, said in anew.items()} == shown
    # The province is varied enough for the comparison to be worth something.
    assert len({standing for standing, _ in shown.values()}) == 6
    assert len(shown) == len(QUARTERS) * 12
