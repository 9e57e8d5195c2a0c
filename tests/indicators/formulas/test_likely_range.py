"""Tests of the ends of an estimate, and of how past ones fared."""

from decimal import Decimal

import pytest

from indicators.formulas.likely_range import (
    EstimateRecord,
    LikelyRange,
    Trial,
    ends_of,
    record_of,
    weight_allows,
)


def ratios(*texts, fill=8):
    return [Decimal(text) for text in texts] + [Decimal("1")] * (fill - len(texts))


def trial(quarter, low, high, truth):
    likely = LikelyRange(Decimal(low), (Decimal(low) + Decimal(high)) / 2, Decimal(high))
    return Trial(quarter, likely, Decimal(truth))


def test_ends_are_the_lowest_and_the_highest_error():
    ends = ends_of(ratios("0.9", "1.2"))
    assert (ends.low, ends.high) == (Decimal("0.9"), Decimal("1.2"))


def test_ends_are_never_nearer_than_one_percent():
    ends = ends_of(ratios("0.995", "1.001"))
    assert (ends.low, ends.high) == (Decimal("0.99"), Decimal("1.01"))


def test_seven_errors_are_too_few():
    assert ends_of(ratios(fill=7)) is None
    assert ends_of(ratios(fill=8)) is not None


@pytest.mark.parametrize(
    ("weight", "reporting", "allowed"),
    [("0.60", 1, True), ("0.5999", 15, False), (None, 6, True), (None, 5, False)],
)
def test_the_weight_allows_an_estimate_or_the_number_of_cities_where_it_is_unknown(
    weight, reporting, allowed
):
    known = None if weight is None else Decimal(weight)
    assert weight_allows(known, reporting=reporting, expected=10) is allowed


def test_without_cities_nothing_is_allowed():
    assert not weight_allows(None, reporting=0, expected=0)


def test_a_trial_holds_at_its_ends():
    assert trial("2024Q1", "1", "3", "1").held
    assert trial("2024Q1", "1", "3", "3").held
    assert not trial("2024Q1", "1", "3", "3.01").held
    assert not trial("2024Q1", "1", "3", "0.99").held


def test_the_record_counts_trials_and_names_the_worst_quarter():
    found = record_of(
        [
            trial("2024Q1", "1", "2", "2"),
            trial("2024Q1", "1", "5", "2"),
            trial("2024Q2", "1", "3", "2"),
            trial("2024Q2", "1", "3", "9"),
        ]
    )
    assert found == EstimateRecord(
        rate=Decimal("0.75"),
        width=Decimal("2.25"),
        worst="2024Q2",
        worst_rate=Decimal("0.5"),
        quarters=2,
        trials=4,
    )


def test_without_trials_there_is_no_record():
    assert record_of([]) is None


@pytest.mark.parametrize(
    ("rate", "quarters", "allowed"),
    [("0.90", 4, True), ("0.8999", 4, False), ("1", 3, False)],
)
def test_a_lean_takes_nine_of_ten_over_four_quarters(rate, quarters, allowed):
    record = EstimateRecord(Decimal(rate), Decimal("1"), "2024Q1", Decimal("1"), quarters, 50)
    assert record.allows_a_lean is allowed
