from datetime import UTC, datetime
from decimal import Decimal

import pytest

from clusters.viewpoint import Viewpoint
from foundation.quarters import Quarter
from indicators.data.snapshot_reader import snapshot
from indicators.formulas.city_output import CityOutput
from indicators.formulas.cumulative import rolling_year
from indicators.results.four_quarters import with_years_before
from indicators.results.scorecard import result
from submissions.papers.series import series
from tests.factories import (
    make_cities,
    make_city,
    make_city_return,
    make_clusters,
    make_park,
    make_period,
    make_target,
)

SEEN = Viewpoint(Quarter(2025, 4), None, datetime(2026, 6, 1, tzinfo=UTC))


def found(code):
    return series(snapshot(SEEN), result(code, SEEN))


def city(amounts, year_earlier=None):
    """A city whose amounts and 上年同期 are given by the codes of quarters."""
    given = [
        {Quarter.parse(code): Decimal(amount) for code, amount in one.items()}
        for one in (amounts, year_earlier or {})
    ]
    return CityOutput("370100", True, *given)


def test_four_quarters_are_this_years_and_what_last_year_still_made():
    one = city({"2024Q2": 40, "2024Q4": 100, "2025Q2": 50, "2025Q4": 130})
    assert rolling_year(with_years_before(one), Quarter(2025, 2)) == 50 + 100 - 40
    assert rolling_year(with_years_before(one), Quarter(2025, 4)) == 130


def test_of_a_year_without_returns_the_citys_own_last_year_stands_in():
    one = city({"2024Q4": 100, "2025Q1": 30}, {"2025Q1": 20})
    assert rolling_year(with_years_before(one), Quarter(2025, 1)) == 30 + 100 - 20


@pytest.mark.parametrize("missing", ["2024Q2", "2024Q4", "2025Q2"])
def test_without_one_of_its_figures_there_are_no_four_quarters(missing):
    amounts = {"2024Q2": 40, "2024Q4": 100, "2025Q2": 50}
    del amounts[missing]
    assert rolling_year(with_years_before(city(amounts)), Quarter(2025, 2)) is None


@pytest.fixture
def two_cities(db):
    """Jinan, a cluster, and Weifang, in two years; all others have reported nothing of them."""
    make_cities()
    make_clusters()
    make_target("cluster-output-share")
    for code, jinan, weifang in [
        ("2024Q3", "30", "70"), ("2024Q4", "50", "100"), ("2025Q3", "60", "90"),
    ]:  # fmt: skip
        for one in make_cities():
            amount = {"370100": jinan, "370700": weifang}.get(one.code, "0")
            make_city_return(one, make_period(code), output_value=amount)
    make_city_return(make_city(), make_period("2025Q4"), output_value="80")


def test_a_share_is_of_the_last_four_quarters_together(two_cities):
    data = found("cluster-output-share")

    assert data["basis"] == "four_quarters"
    at = {one["period"]: one["value"] for one in data["points"]}
    assert Decimal(at["2024Q4"]).quantize(Decimal("0.0001")) == Decimal("0.3333")
    assert Decimal(at["2025Q3"]) == Decimal(80) / Decimal(200)


def test_where_a_city_is_silent_there_is_no_value(two_cities):
    newest = found("cluster-output-share")["points"][-1]
    assert newest["period"] == "2025Q4"
    assert newest["value"] is None


def test_a_count_over_a_line_begins_anew_each_year(two_cities):
    make_target("firms-over-100m")
    assert found("firms-over-100m")["basis"] == "year"


def test_of_parks_on_record_the_certain_range_is_kept_while_one_is_unknown(two_cities):
    make_park(make_city(), slug="one", established_on="2025-12-01", established_evidence="x")
    make_park(make_city("370200"), slug="two")
    make_target("parks-established", kind="established", things="parks", name="园区", value="2")

    data = found("parks-established")
    assert data["basis"] == "state"
    assert data["points"][-1] == {
        "period": "2025Q4", "value": None, "low": "1", "high": "2"
    }  # fmt: skip
