"""What an estimate or a projection lets expect of a standing."""

from decimal import Decimal

import pytest

from clusters.quarters import Quarter
from indicators.formulas.likely_range import LikelyRange
from indicators.verdict.goal import Standing
from indicators.verdict.standing import Reason, judge
from tests.indicators.verdict.test_standing import (
    ALL,
    ANNUAL,
    DEADLINE,
    SHARE,
    TWO_SILENT,
    likely,
    ruled,
    silent,
    span,
)


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        ("0.505", "0.508", Standing.ACHIEVED),
        ("0.5", "0.508", Standing.ACHIEVED),
        ("0.499", "0.508", None),
        ("0.48", "0.49", Standing.BEHIND),
    ],
)
def test_an_estimate_on_one_side_of_the_target_is_expected_and_no_standing(low, high, expected):
    more = {"likely": likely(low, high), "record_allows": True}
    verdict = silent(None, "0.53", SHARE, DEADLINE, **more)
    assert (verdict.standing, verdict.expected) == (Standing.CANNOT_JUDGE, expected)


def test_without_a_good_record_nothing_is_expected():
    verdict = silent(None, "0.53", SHARE, DEADLINE, likely=likely("0.505", "0.508"))
    assert verdict.expected is None


def test_an_estimate_without_ends_expects_nothing():
    bare = LikelyRange(None, Decimal("0.506"), None)
    verdict = silent(None, "0.53", SHARE, DEADLINE, likely=bare, record_allows=True)
    assert verdict.expected is None


def test_what_is_certain_is_no_longer_expected():
    more = {"likely": likely("0.505", "0.508"), "record_allows": True}
    assert silent("0.5", "0.53", SHARE, DEADLINE, **more).expected is None


def test_an_estimate_that_could_not_be_judged_either_expects_nothing():
    more = {"likely": likely("0.44", "0.45"), "record_allows": True}
    assert silent("0.4", "0.6", SHARE, **more).expected is None


# ---- what grows within the year ---------------------------------------------------------


def projected(low, high=None, *, allows=True):
    """What a projection between two ends gives to judge."""
    if low is None:
        return {"likely": None, "record_allows": allows}
    return {"likely": likely(low, high or low), "record_allows": allows}


@pytest.mark.parametrize(
    ("quarter", "secured", "projection", "found"),
    [
        pytest.param("2024Q2", "90", "274", (Standing.ON_PACE, Reason.AGAINST_PACE), id="mid-year"),
        pytest.param("2024Q2", "90", "251", (Standing.BEHIND, Reason.AGAINST_PACE), id="behind"),
        pytest.param(
            "2025Q2", "90", "310", (Standing.ON_PACE, Reason.AGAINST_PACE), id="not achieved yet"
        ),
        pytest.param(
            "2025Q3", "300", "340", (Standing.ACHIEVED, Reason.TARGET_MET), id="secured early"
        ),
        pytest.param(
            "2025Q4", "299", "310", (Standing.BEHIND, Reason.DEADLINE_MISSED), id="the year's end"
        ),
        pytest.param(
            "2024Q2", "90", None, (Standing.CANNOT_JUDGE, Reason.NO_PROJECTION), id="no projection"
        ),
        pytest.param(
            "2026Q2", "90", "310", (Standing.CANNOT_JUDGE, Reason.YEAR_NOT_OVER), id="a later year"
        ),
        pytest.param(
            "2026Q2", "90", "290", (Standing.BEHIND, Reason.DEADLINE_MISSED), id="falling back"
        ),
    ],
)
def test_an_annual_count_is_judged_on_its_projection_until_the_years_end(
    quarter, secured, projection, found
):
    assert ruled(secured, ANNUAL, Quarter.parse(quarter), **projected(projection)) == found


def test_a_projection_on_both_sides_of_what_is_due_gives_no_standing():
    found = ruled("90", ANNUAL, Quarter(2024, 2), **projected("272", "275"))
    assert found == (Standing.CANNOT_JUDGE, Reason.PROJECTION_UNDECIDED)


def test_a_projection_without_ends_never_gives_a_colour():
    bare = LikelyRange(None, Decimal("258"), None)
    verdict = judge(
        Decimal("90"), ANNUAL, Quarter(2023, 2), likely=bare, record_allows=True, coverage=ALL
    )
    assert (verdict.standing, verdict.expected) == (Standing.CANNOT_JUDGE, None)
    assert verdict.reason is Reason.PROJECTION_WITHOUT_ENDS
    assert verdict.judged == 258


def test_a_projection_whose_record_is_poor_gives_no_standing():
    found = ruled("90", ANNUAL, Quarter(2024, 2), **projected("274", allows=False))
    assert found == (Standing.CANNOT_JUDGE, Reason.PROJECTION_UNPROVEN)


def test_a_projection_while_cities_are_silent_is_only_expected():
    verdict = judge(
        None, ANNUAL, Quarter(2024, 2), certain=span("90", None), coverage=TWO_SILENT,
        **projected("274"),
    )  # fmt: skip
    assert (verdict.standing, verdict.expected) == (Standing.CANNOT_JUDGE, Standing.ON_PACE)
    assert verdict.judged is None


def test_an_annual_count_is_held_against_the_pace_of_the_years_end():
    verdict = judge(Decimal("90"), ANNUAL, Quarter(2024, 1), **projected("251"))
    assert (verdict.pace_at, verdict.is_projected) == (Quarter(2024, 4), True)
    assert round(verdict.points_behind, 1) == Decimal("27.9")
