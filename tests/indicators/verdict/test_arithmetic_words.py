"""The sums of attainment and pace: a reader who does them again gets what is printed."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.quarters import Quarter
from indicators.verdict.arithmetic_words import attainment_words, pace_words
from indicators.verdict.goal import ABOUT, Goal
from indicators.verdict.sentences import ValueKind
from indicators.verdict.standing import judge

START, DEADLINE = Quarter(2022, 4), Quarter(2025, 4)
FIRMS = Goal(Decimal("300"), ">=", DEADLINE, Decimal("220"), START, annual=True)
SHARE = Goal(Decimal("0.5"), ">=", DEADLINE, Decimal("0.4644"), START)
TITLED = Goal(
    Decimal("100"), ABOUT, DEADLINE, Decimal("0"), START, band=(Decimal("90"), Decimal("110"))
)
END_OF_2024 = Quarter(2024, 4)
NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


def test_the_worked_example():
    verdict = judge(Decimal("251"), FIRMS, END_OF_2024)

    assert attainment_words(verdict, ValueKind.FIRMS) == (
        "(251 firms − 220 firms) ÷ (300 firms − 220 firms) = 38.75%"
    )
    assert pace_words(verdict, ValueKind.FIRMS) == (
        "220 firms + 66.67% × (300 firms − 220 firms) = 273.33 firms"
    )


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param(
            "0.6012", "60.12% − 50% = 10.12 percentage points past the target", id="past it"
        ),
        pytest.param("0.4999999", "(49.99999% − 46.44%) ÷ (50% − 46.44%) = 99.9997%", id="short"),
    ],
)
def test_a_share_never_reads_as_the_target_it_falls_short_of(value, expected):
    verdict = judge(Decimal(value), SHARE, DEADLINE)

    assert attainment_words(verdict, ValueKind.SHARE) == expected


def test_of_a_band_the_way_ends_at_its_near_edge_and_too_much_counts_against_it():
    verdict = judge(Decimal("115"), TITLED, DEADLINE)

    assert attainment_words(verdict, ValueKind.TITLED) == (
        "(85 enterprises − 0 enterprises) ÷ (90 enterprises − 0 enterprises) = 94.44%"
    )


def test_without_a_baseline_there_is_no_sum():
    verdict = judge(Decimal("251"), replace(FIRMS, baseline=None, baseline_at=None), END_OF_2024)

    assert attainment_words(verdict, ValueKind.FIRMS) == ""
    assert pace_words(verdict, ValueKind.FIRMS) == ""


@given(st.integers(0, 300))
def test_the_sum_comes_out(count):
    verdict = judge(Decimal(count), FIRMS, END_OF_2024)

    made, baseline, aim, _baseline, percent = map(
        Decimal, NUMBER.findall(attainment_words(verdict, ValueKind.FIRMS))
    )
    assert abs((made - baseline) / (aim - baseline) * 100 - percent) <= Decimal("0.005")


@given(st.decimals("0.5001", "0.9999", places=6))
def test_past_the_target_the_sum_comes_out_as_it_is_printed(value):
    verdict = judge(value, SHARE, DEADLINE)

    made, aim, over = map(Decimal, NUMBER.findall(attainment_words(verdict, ValueKind.SHARE)))
    assert made - aim == over
