"""Tests of goals: comparators, bands of about, limits of standings."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.quarters import Quarter
from indicators.verdict.goal import Bands, Goal, Standing
from indicators.verdict.standing import (
    judge,
)

START, DEADLINE = Quarter(2022, 4), Quarter(2025, 4)
FIRMS = Goal(Decimal("300"), ">=", DEADLINE, Decimal("220"), START)


def about(baseline):
    """A target of about 100: met from 90 to 110."""
    return Goal(
        Decimal(100),
        "about",
        DEADLINE,
        Decimal(baseline),
        START,
        band=(Decimal(90), Decimal(110)),
    )


ABOUT_100 = about("50")


@pytest.mark.parametrize(("yellow", "red"), [("0", "30"), ("30", "10")])
def test_bands_out_of_order_are_refused(yellow, red):
    with pytest.raises(ValueError, match="Bands"):
        Bands(Decimal(yellow), Decimal(red))


@pytest.mark.parametrize("wrong", [{"comparator": "="}, {"baseline": None}, {"baseline_at": None}])
def test_a_goal_that_is_incomplete_is_refused(wrong):
    with pytest.raises(ValueError, match="comparator|baseline"):
        replace(FIRMS, **wrong)


@pytest.mark.parametrize(
    ("value", "standing"),
    [
        ("89", Standing.BEHIND),
        ("90", Standing.ACHIEVED),
        ("110", Standing.ACHIEVED),
        ("111", Standing.BEHIND),
        ("170", Standing.SERIOUSLY_BEHIND),
    ],
)
def test_about_is_missed_by_too_much_as_by_too_little(value, standing):
    assert judge(Decimal(value), ABOUT_100, Quarter(2025, 4)).standing is standing


def test_the_way_to_a_band_ends_at_the_edge_that_is_met_first():
    found = judge(Decimal(70), ABOUT_100, Quarter(2024, 2))
    assert (found.attainment, found.due, found.pace) == (Decimal("0.5"), Decimal("0.5"), 70)
    from_above = replace(ABOUT_100, baseline=Decimal(150))
    assert judge(Decimal(130), from_above, Quarter(2024, 2)).attainment == Decimal("0.5")


@given(st.integers(0, 60))
def test_as_far_beyond_a_band_is_as_far_off_as_short_of_it(distance):
    short, beyond = (
        judge(Decimal(value), ABOUT_100, Quarter(2024, 2)).points_behind
        for value in (90 - distance, 110 + distance)
    )
    # Within the band itself the way is covered, more or less.
    assert distance == 0 or short == beyond


@pytest.mark.parametrize(
    "given",
    [
        pytest.param({"band": None}, id="about without a band"),
        pytest.param({"comparator": ">="}, id="a band beside at least"),
        pytest.param({"target": Decimal(120)}, id="a band that does not hold the target"),
    ],
)
def test_a_band_that_does_not_go_with_its_target_is_refused(given):
    with pytest.raises(ValueError, match="."):
        replace(ABOUT_100, **given)


def test_bands_may_meet_and_begin_within_the_first_point():
    meeting = Bands(Decimal("10"), Decimal("10"))
    assert meeting.standing(Decimal("10")) is Standing.BEHIND
    assert Bands(Decimal("0.5"), Decimal("1")).standing(Decimal("0.4")) is Standing.SLIGHTLY_BEHIND


def test_any_point_behind_is_behind_the_pace():
    assert Bands().standing(Decimal("0.01")) is Standing.SLIGHTLY_BEHIND


def test_a_band_may_begin_or_end_at_its_target():
    for band in ((Decimal(100), Decimal(110)), (Decimal(90), Decimal(100))):
        assert Goal(Decimal(100), "about", DEADLINE, band=band).met_by(Decimal(100))


@pytest.mark.parametrize(
    ("baseline", "value", "counted"),
    [
        ("50", "110", "110"),
        ("50", "111", "89"),
        ("150", "90", "90"),
        ("150", "85", "115"),
    ],
)
def test_beyond_the_far_edge_of_a_band_it_counts_against_it(baseline, value, counted):
    assert about(baseline).counted(Decimal(value)) == Decimal(counted)


@pytest.mark.parametrize(
    ("low", "high", "straddled"),
    [
        ("89", "111", True),
        ("90", "111", False),
        ("89", "110", False),
        ("89", "100", False),
        ("100", "111", False),
        ("95", "111", False),
        (None, "111", False),
        ("89", None, False),
    ],
)
def test_a_band_is_straddled_only_by_what_lies_on_both_its_sides(low, high, straddled):
    ends = [None if end is None else Decimal(end) for end in (low, high)]
    assert about("50").straddled(*ends) is straddled
