"""Tests of the share of the way that is due."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.quarters import Quarter
from indicators.formulas.incomparable import Incomparable
from indicators.formulas.pace import due_share, interim_shares, pace_value

START, END = Quarter(2022, 4), Quarter(2025, 4)

quarters = st.builds(Quarter, st.integers(2020, 2028), st.integers(1, 4))
lines = st.lists(
    st.tuples(st.integers(START.ordinal + 1, END.ordinal - 1), st.decimals("0", "1", places=3)),
    unique_by=lambda point: point[0],
).map(
    lambda points: dict(
        zip(
            (Quarter.from_ordinal(n) for n in sorted(n for n, _ in points)),
            sorted(share for _, share in points),
            strict=True,
        )
    )
)


def due(quarter, interim=None):
    """What is due on the way from the end of 2022 to the end of 2025."""
    return due_share(quarter, baseline_at=START, deadline=END, interim=interim)


def test_two_of_three_years_make_two_thirds():
    assert due(Quarter(2024, 4)) == Decimal("8") / Decimal("12")


@pytest.mark.parametrize(
    ("quarter", "share"),
    [
        pytest.param(Quarter(2021, 1), "0", id="before the baseline"),
        pytest.param(START, "0", id="at the baseline"),
        pytest.param(Quarter(2023, 3), "0.25", id="a quarter of the way"),
        pytest.param(END, "1", id="at the deadline"),
        pytest.param(Quarter(2027, 2), "1", id="after the deadline"),
    ],
)
def test_share_due(quarter, share):
    assert due(quarter) == Decimal(share)


def test_the_line_goes_through_interim_points():
    interim = interim_shares(
        {Quarter(2023, 4): Decimal("230")}, baseline=Decimal("220"), target=Decimal("300")
    )
    assert interim == {Quarter(2023, 4): Decimal("0.125")}
    assert due(Quarter(2023, 2), interim) == Decimal("0.0625")
    assert due(Quarter(2023, 4), interim) == Decimal("0.125")
    assert due(Quarter(2024, 4), interim) == Decimal("0.5625")


def test_the_pace_value_of_the_worked_example():
    value = pace_value(due(Quarter(2024, 4)), baseline=Decimal("220"), target=Decimal("300"))
    assert value.quantize(Decimal("0.1")) == Decimal("273.3")


def test_the_pace_value_of_a_falling_target_falls():
    assert pace_value(Decimal("0.5"), baseline=Decimal("20"), target=Decimal("10")) == 15


@pytest.mark.parametrize(
    ("baseline_at", "deadline", "interim"),
    [
        pytest.param(END, START, {}, id="a deadline before the baseline"),
        pytest.param(START, START, {}, id="no time at all"),
        pytest.param(START, END, {START: "0.1"}, id="an interim point at the baseline"),
        pytest.param(START, END, {Quarter(2026, 1): "0.9"}, id="one after the deadline"),
        pytest.param(START, END, {Quarter(2023, 4): "-0.1"}, id="one that leads backwards"),
        pytest.param(START, END, {Quarter(2023, 4): "1.1"}, id="one beyond the target"),
    ],
)
def test_a_line_that_cannot_be_drawn_is_refused(baseline_at, deadline, interim):
    shares = {quarter: Decimal(text) for quarter, text in interim.items()}
    with pytest.raises(Incomparable):
        due_share(END, baseline_at=baseline_at, deadline=deadline, interim=shares)


def test_interim_values_need_a_way_to_go():
    with pytest.raises(Incomparable):
        interim_shares({END: Decimal("1")}, baseline=Decimal("1"), target=Decimal("1"))


@given(lines, quarters, quarters)
def test_what_is_due_never_shrinks(interim, one, other):
    earlier, later = sorted((one, other))
    assert 0 <= due(earlier, interim) <= due(later, interim) <= 1
