"""Tests of the one function that says how an indicator stands."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.quarters import Quarter
from indicators.formulas.certain_range import NOTHING_CERTAIN, WITHDRAWN, CertainRange
from indicators.formulas.likely_range import LikelyRange
from indicators.verdict.goal import Bands, Goal, Standing
from indicators.verdict.standing import (
    SHARE_LIMITS,
    CoverageCount,
    Reason,
    judge,
    line_that_judges,
)
from tests.indicators.verdict.judged import (
    ALL,
    ANNUAL,
    DEADLINE,
    FIRMS,
    START,
    TWO_SILENT,
    TWO_THIRDS,
    likely,
    ruled,
    span,
)

SHARE = Goal(Decimal("0.5"), ">=", DEADLINE)


counts = st.integers(0, 500).map(Decimal)
quarters = st.builds(Quarter, st.integers(2022, 2027), st.integers(1, 4))


def silent(low, high, goal=FIRMS, quarter=TWO_THIRDS, **more):
    """The verdict while two cities are silent and so much is certain."""
    limits = {"limits": SHARE_LIMITS} if goal.target < 1 else {}
    more = {"coverage": TWO_SILENT, **limits, **more}
    return judge(None, goal, quarter, certain=span(low, high), **more)


def test_the_worked_example():
    verdict = judge(Decimal("251"), FIRMS, Quarter(2024, 4), coverage=ALL)
    assert verdict.standing is Standing.BEHIND
    assert verdict.attainment == Decimal("0.3875")
    assert round(verdict.due, 3) == Decimal("0.667")
    assert round(verdict.points_behind, 1) == Decimal("27.9")
    assert round(verdict.pace, 1) == Decimal("273.3")
    assert (verdict.value, verdict.judged) == (251, 251)


@pytest.mark.parametrize(
    ("value", "standing"),
    [
        pytest.param("300", Standing.ACHIEVED, id="exactly 300"),
        pytest.param("340", Standing.ACHIEVED, id="overshot"),
        pytest.param("280", Standing.ON_PACE, id="ahead of the pace"),
        pytest.param("260", Standing.ON_PACE, id="on it exactly"),
        pytest.param("259", Standing.SLIGHTLY_BEHIND, id="a little behind"),
        pytest.param("252.01", Standing.SLIGHTLY_BEHIND, id="a hair under ten points"),
        pytest.param("252", Standing.BEHIND, id="exactly ten points"),
        pytest.param("236", Standing.BEHIND, id="exactly thirty points"),
        pytest.param("235.99", Standing.SERIOUSLY_BEHIND, id="a hair over thirty points"),
        pytest.param("200", Standing.SERIOUSLY_BEHIND, id="behind the baseline"),
    ],
)
def test_standing_half_way(value, standing):
    assert ruled(value, quarter=Quarter(2024, 2))[0] is standing


@pytest.mark.parametrize(
    ("value", "standing"), [("150", Standing.BEHIND), ("150.01", Standing.SLIGHTLY_BEHIND)]
)
def test_thirds_do_not_blur_the_bands(value, standing):
    thirds = Goal(Decimal("280"), ">=", DEADLINE, Decimal("-20"), START)
    assert ruled(value, thirds)[0] is standing


@pytest.mark.parametrize(
    ("comparator", "value", "met"),
    [
        (">=", "0.5", True), (">=", "0.49996", False),
        (">", "0.5", False), (">", "0.50001", True),
        ("<=", "0.5", True), ("<=", "0.50001", False),
        ("<", "0.5", False), ("<", "0.49996", True),
    ],
)  # fmt: skip
def test_comparators_are_exact(comparator, value, met):
    goal = replace(SHARE, comparator=comparator)
    assert (ruled(value, goal)[0] is Standing.ACHIEVED) is met


def test_bands_can_be_chosen():
    strict = replace(FIRMS, bands=Bands(Decimal("5"), Decimal("20")))
    assert ruled("251", strict)[0] is Standing.SERIOUSLY_BEHIND


def test_a_falling_target():
    falling = Goal(Decimal("10"), "<=", DEADLINE, Decimal("20"), START)
    assert ruled("15", falling, Quarter(2024, 2))[0] is Standing.ON_PACE
    assert ruled("18", falling, Quarter(2024, 2))[0] is Standing.BEHIND
    assert ruled("10", falling)[0] is Standing.ACHIEVED
    assert ruled("9", falling, DEADLINE)[0] is Standing.ACHIEVED


def test_the_pace_goes_through_interim_values():
    late_start = replace(FIRMS, interim={Quarter(2024, 4): Decimal("250")})
    assert ruled("251", late_start)[0] is Standing.ON_PACE


def test_what_was_not_reported_cannot_be_judged():
    assert ruled(None) == (Standing.CANNOT_JUDGE, Reason.NOT_REPORTED)
    nobody = CoverageCount(0, 16, ("370100",))
    found = ruled(None, SHARE, certain=NOTHING_CERTAIN, limits=SHARE_LIMITS, coverage=nobody)
    assert found == (Standing.CANNOT_JUDGE, Reason.NOT_REPORTED)


def test_without_a_baseline_there_is_no_pace():
    verdict = judge(Decimal("0.45"), SHARE, Quarter(2024, 4))
    assert (verdict.standing, verdict.reason) == (Standing.CANNOT_JUDGE, Reason.NO_BASELINE)
    assert (verdict.attainment, verdict.due, verdict.points_behind) == (None, None, None)


def test_without_a_baseline_a_target_can_still_be_met_or_missed():
    assert ruled("0.5", SHARE) == (Standing.ACHIEVED, Reason.TARGET_MET)
    assert ruled("0.45", SHARE, DEADLINE) == (Standing.BEHIND, Reason.DEADLINE_MISSED)


@pytest.mark.parametrize(
    ("value", "standing"),
    [
        pytest.param("299", Standing.BEHIND, id="by one firm"),
        pytest.param("276", Standing.BEHIND, id="by thirty points"),
        pytest.param("275", Standing.SERIOUSLY_BEHIND, id="by more"),
    ],
)
@pytest.mark.parametrize("quarter", [DEADLINE, Quarter(2026, 1)])
def test_a_missed_deadline_is_never_better_than_behind(value, standing, quarter):
    assert ruled(value, quarter=quarter) == (standing, Reason.DEADLINE_MISSED)


def test_a_strict_target_reached_exactly_at_the_deadline_is_missed():
    assert ruled("300", replace(FIRMS, comparator=">"), DEADLINE)[0] is Standing.BEHIND


@pytest.mark.parametrize("baseline", ["300", "310"])
def test_a_baseline_at_or_beyond_the_target_leaves_no_way(baseline):
    goal = replace(FIRMS, baseline=Decimal(baseline))
    assert ruled("299", goal) == (Standing.CANNOT_JUDGE, Reason.NO_DISTANCE)
    assert ruled("299", goal, DEADLINE) == (Standing.BEHIND, Reason.DEADLINE_MISSED)
    assert ruled("305", goal)[0] is Standing.ACHIEVED


def test_a_line_that_cannot_be_drawn_cannot_be_judged_against():
    goal = replace(FIRMS, baseline_at=DEADLINE)
    assert ruled("251", goal) == (Standing.CANNOT_JUDGE, Reason.NO_LINE)


def test_a_target_met_at_one_end_only_cannot_be_judged():
    verdict = silent("0.489", "0.518", SHARE, DEADLINE)
    assert (verdict.standing, verdict.reason) == (Standing.CANNOT_JUDGE, Reason.SILENT_CITIES)
    assert (verdict.at_low, verdict.at_high) == (Standing.BEHIND, Standing.ACHIEVED)
    assert (verdict.value, verdict.judged, verdict.attainment) == (None, None, None)


def test_a_target_met_at_both_ends_is_achieved():
    verdict = silent("0.5", "0.52", SHARE)
    assert (verdict.standing, verdict.reason) == (Standing.ACHIEVED, Reason.TARGET_MET)


@pytest.mark.parametrize(
    ("low", "high", "standing"),
    [
        ("0.5", None, Standing.ACHIEVED),
        ("0.49", None, Standing.CANNOT_JUDGE),
        (None, "0.51", Standing.CANNOT_JUDGE),
        (None, "0.4999", Standing.BEHIND),
        (None, None, Standing.CANNOT_JUDGE),
    ],
)
def test_an_open_end_of_a_share_is_nothing_or_all(low, high, standing):
    assert silent(low, high, SHARE, DEADLINE).standing is standing


@pytest.mark.parametrize(
    ("low", "comparator", "standing"),
    [
        ("300", ">=", Standing.ACHIEVED),
        ("299", ">=", Standing.CANNOT_JUDGE),
        ("300", "<=", Standing.CANNOT_JUDGE),
        ("301", "<=", Standing.BEHIND),
    ],
)
def test_an_open_end_of_a_count_has_no_limit(low, comparator, standing):
    goal = replace(FIRMS, comparator=comparator, baseline=None, baseline_at=None)
    assert silent(low, None, goal, DEADLINE).standing is standing


def test_a_count_without_limit_is_endlessly_ahead_of_its_pace():
    verdict = silent("0", None)
    assert (verdict.at_low, verdict.at_high) == (Standing.SERIOUSLY_BEHIND, Standing.ACHIEVED)


def test_a_withdrawn_range_proves_nothing():
    verdict = judge(
        None, SHARE, DEADLINE, certain=WITHDRAWN, limits=SHARE_LIMITS, coverage=TWO_SILENT
    )
    assert verdict.standing is Standing.CANNOT_JUDGE


def test_ends_within_one_band_give_its_standing():
    verdict = silent("251", "260")
    assert (verdict.standing, verdict.reason) == (Standing.BEHIND, Reason.AGAINST_PACE)


def test_ends_in_two_bands_cannot_be_judged():
    verdict = silent("251", "270")
    assert verdict.reason is Reason.SILENT_CITIES
    assert (verdict.at_low, verdict.at_high) == (Standing.BEHIND, Standing.SLIGHTLY_BEHIND)


def test_a_range_does_not_replace_a_baseline():
    verdict = silent("0.44", "0.46", SHARE)
    assert (verdict.standing, verdict.reason) == (Standing.CANNOT_JUDGE, Reason.NO_BASELINE)


# ---- what is expected -------------------------------------------------------------------


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


# ---- where it turns ---------------------------------------------------------------------


def test_it_turns_at_the_target_in_its_deadline_quarter_and_at_the_pace_before():
    assert line_that_judges(FIRMS, DEADLINE) == 300
    assert line_that_judges(FIRMS, Quarter(2026, 2)) == 300
    assert line_that_judges(FIRMS, Quarter(2024, 2)) == 260
    assert line_that_judges(ANNUAL, Quarter(2024, 2)) == line_that_judges(FIRMS, TWO_THIRDS)


def test_without_a_pace_it_turns_at_the_target():
    assert line_that_judges(SHARE, TWO_THIRDS) == Decimal("0.5")


def test_a_band_has_two_such_lines_and_so_none():
    assert line_that_judges(ABOUT_100, DEADLINE) is None


@given(counts, counts, quarters)
def test_more_firms_never_stand_worse(one, other, quarter):
    fewer, more = sorted((one, other))
    order = list(Standing)
    at_more = judge(more, FIRMS, quarter).standing
    assert order.index(at_more) <= order.index(judge(fewer, FIRMS, quarter).standing)


@given(st.lists(counts, min_size=3, max_size=3), quarters, st.booleans(), st.booleans())
def test_a_standing_holds_for_every_value_within_the_range(figures, quarter, open_low, open_high):
    low, truth, high = sorted(figures)
    certain = CertainRange(None if open_low else low, None if open_high else high)
    standing = judge(None, FIRMS, quarter, certain=certain, coverage=TWO_SILENT).standing
    if standing is not Standing.CANNOT_JUDGE:
        assert judge(truth, FIRMS, quarter).standing is standing


@given(st.lists(counts, min_size=4, max_size=4), quarters, st.sampled_from([FIRMS, ANNUAL]))
def test_a_wider_range_never_turns_cannot_judge_into_a_standing(figures, quarter, goal):
    lowest, low, high, highest = sorted(figures)
    narrow, wide = (
        judge(None, goal, quarter, certain=CertainRange(*ends), coverage=TWO_SILENT).standing
        for ends in ((low, high), (lowest, highest))
    )
    assert wide in (narrow, Standing.CANNOT_JUDGE)


@given(counts, quarters)
def test_once_the_deadline_has_come_a_target_is_met_or_missed(value, quarter):
    standing = judge(value, SHARE, max(quarter, DEADLINE)).standing
    assert standing is (Standing.ACHIEVED if value >= Decimal("0.5") else Standing.BEHIND)


ABOUT_100 = Goal(
    target=Decimal(100),
    comparator="about",
    band=(Decimal(90), Decimal(110)),
    deadline=Quarter(2025, 4),
    baseline=Decimal(50),
    baseline_at=Quarter(2022, 4),
)


def test_ends_that_hold_the_whole_band_between_them_settle_nothing():
    found = silent("85", "115", ABOUT_100, DEADLINE)
    assert (found.at_low, found.at_high) == (Standing.BEHIND, Standing.BEHIND)
    assert (found.standing, found.reason) == (Standing.CANNOT_JUDGE, Reason.SILENT_CITIES)


def test_an_estimate_that_holds_the_whole_band_expects_nothing():
    more = {"likely": likely("85", "115"), "record_allows": True}
    assert silent("80", "120", ABOUT_100, DEADLINE, **more).expected is None


def test_a_verdict_carries_every_number_that_went_into_it():
    estimate = likely("0.3", "0.4")
    verdict = silent("0.3", "0.45", SHARE, DEADLINE, likely=estimate)
    assert (verdict.certain, verdict.likely) == (span("0.3", "0.45"), estimate)
    assert verdict.coverage is TWO_SILENT
    complete = judge(Decimal("0.4"), SHARE, DEADLINE)
    assert complete.certain == span("0.4", "0.4")


def test_a_yearly_band_without_a_projection_cannot_be_judged():
    verdict = judge(Decimal(10), replace(ABOUT_100, annual=True), Quarter(2024, 2))
    assert (verdict.standing, verdict.reason) == (Standing.CANNOT_JUDGE, Reason.NO_PROJECTION)
    assert (verdict.attainment, verdict.points_behind) == (None, None)


def test_yuan_given_for_100_million_yuan_are_judged_all_the_same():
    falling = Goal(Decimal("1"), "<=", DEADLINE, Decimal("2"), START)
    verdict = judge(Decimal("1000000000000"), falling, DEADLINE)
    assert verdict.standing is Standing.SERIOUSLY_BEHIND
    assert verdict.points_behind == Decimal("99999999999900")
