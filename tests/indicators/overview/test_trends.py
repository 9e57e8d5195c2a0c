from decimal import Decimal

import pytest

from foundation.quarters import Quarter
from indicators.data.snapshot_reader import snapshot
from indicators.overview.trends import trend_of
from indicators.results.four_quarters import rolling_series
from indicators.results.scorecard import results_in
from tests.factories import make_target
from tests.indicators.results.shown import seen
from tests.product.test_verify_proof import COUNT, SHARE, written  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("written")]


def trend(code, quarter):
    of = snapshot(seen(quarter))
    results = results_in(of, Quarter.parse(quarter))
    return trend_of(of, next(one for one in results if one.code == code))


def test_a_share_is_of_four_quarters_together_solid_to_the_newest_complete_quarter():
    found = trend(SHARE, "2025Q4")

    # The first and the newest complete quarter, as recomputed by hand from the accepted rows.
    assert found.words == (
        "Cluster share; Q4 2022 46.4; Q3 2025 50.3; Q4 2025 estimated at 50.5%–50.8%"
    )
    assert len(found.drawing.points.split()) == 12
    assert found.drawing.whisker is not None
    texts = [label.text for label in found.drawing.labels]
    assert "Q3 2025 50.3" in texts
    assert {"2022", "2025", "50%"} <= set(texts)


def test_a_complete_quarter_has_no_dashes():
    found = trend(SHARE, "2025Q3")
    assert found.drawing.dashed is None
    assert [label.text for label in found.drawing.labels].count("50.3") == 1


def test_a_count_has_years_ends_only_and_dashes_to_this_years():
    found = trend(COUNT, "2025Q4")

    assert found.words == (
        "Firms over 100 million; Q4 2022 242; Q4 2023 258; Q4 2024 276; "
        "Q4 2025 estimated at 298–300 firms"
    )
    assert len(found.drawing.points.split()) == 3


def test_before_the_years_end_a_count_leads_to_the_projection_of_the_year():
    assert trend(COUNT, "2025Q3").words.endswith("Q4 2025 estimated at 296–300 firms")


def test_a_baseline_stands_for_a_year_before_the_figures():
    found = trend(COUNT, "2023Q1")
    assert found.drawing.points == ""
    assert found.drawing.whisker is None
    assert [is_open for _x, _y, is_open in found.drawing.dots] == [False, True]


def test_things_that_are_counted_have_no_trend():
    make_target("parks", kind="established", things="parks", unit="count", value=Decimal(9))
    assert trend("parks", "2025Q4") is None


def test_what_nobody_accepted_is_taken_from_the_citys_own_year_before():
    of = snapshot(seen("2025Q4"))
    [share] = [one for one in results_in(of, Quarter(2025, 4)) if one.code == SHARE]
    series = rolling_series(of, share.indicator)["370100"]
    assert series[Quarter(2022, 1)] is not None
    assert (Quarter(2022, 1)) not in of.quarters
