"""Tests of standings of what grows within the year: judged by its projection."""

from decimal import Decimal

import pytest

from foundation.quarters import Quarter
from indicators.formulas.likely_range import LikelyRange
from indicators.verdict.goal import Goal, Standing
from indicators.verdict.standing import (
    Reason,
    judge,
)
from tests.indicators.verdict.judged import ALL, ANNUAL, TWO_SILENT, likely, ruled, span


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


def test_a_yearly_amount_that_should_stay_low_is_not_kept_in_the_spring():
    goal = Goal(
        target=Decimal(100),
        comparator="<=",
        deadline=Quarter(2025, 4),
        annual=True,
        baseline=Decimal(150),
        baseline_at=Quarter(2022, 4),
    )
    spring = judge(Decimal(30), goal, Quarter(2025, 1), **projected("120"))
    assert spring.standing is Standing.SERIOUSLY_BEHIND
    assert judge(Decimal(99), goal, Quarter(2025, 4)).standing is Standing.ACHIEVED
