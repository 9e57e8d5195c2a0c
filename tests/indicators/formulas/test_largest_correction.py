"""How far complete quarters were corrected: the first complete figure beside the one in force."""

from datetime import UTC, datetime
from decimal import Decimal

from foundation.quarters import Quarter
from indicators.formulas.estimate_trials import DatedAmount
from indicators.formulas.largest_correction import Correction, largest_correction

Q3, Q4 = Quarter(2024, 3), Quarter(2024, 4)


def day(number):
    return datetime(2025, 1, number, tzinfo=UTC)


def row(city, quarter, amount, since, until=None):
    return DatedAmount(
        city,
        quarter,
        None if amount is None else Decimal(amount),
        None,
        day(since),
        day(until) if until else None,
    )


def largest(*rows, share=True):
    return largest_correction(rows, ["jinan", "yantai"], {"jinan"}, share=share)


def test_the_first_complete_share_is_held_against_the_one_in_force():
    found = largest(
        row("jinan", Q4, "50", 1),
        row("yantai", Q4, "50", 3, until=9),
        row("yantai", Q4, "30", 9),
    )
    assert found == Correction(Q4, Decimal("0.5"), Decimal("0.625"))
    assert found.size == Decimal("0.125")


def test_what_was_corrected_before_the_last_city_came_is_no_correction():
    found = largest(
        row("jinan", Q4, "90", 1, until=2),
        row("jinan", Q4, "50", 2),
        row("yantai", Q4, "50", 3),
    )
    assert found == Correction(Q4, Decimal("0.5"), Decimal("0.5"))


def test_the_largest_of_all_quarters_is_given_and_of_equal_ones_the_newest():
    small = [
        row("jinan", Q3, "50", 1), row("yantai", Q3, "50", 1, until=2), row("yantai", Q3, "49", 2)
    ]  # fmt: skip
    large = [
        row("jinan", Q4, "50", 1), row("yantai", Q4, "50", 1, until=2), row("yantai", Q4, "10", 2)
    ]  # fmt: skip
    assert largest(*small, *large, share=False) == Correction(Q4, Decimal("100"), Decimal("60"))
    unchanged = [row(city, q, "50", 1) for q in (Q3, Q4) for city in ("jinan", "yantai")]
    assert largest(*unchanged).quarter == Q4


def test_an_incomplete_quarter_has_none_and_an_empty_cell_is_silence():
    assert largest(row("jinan", Q4, "50", 1)) is None
    assert largest(row("jinan", Q4, "50", 1), row("yantai", Q4, None, 1)) is None


def test_where_nothing_was_made_there_is_no_share_to_correct():
    nothing = [row("jinan", Q4, "0", 1), row("yantai", Q4, "0", 1)]
    assert largest(*nothing) is None
    assert largest(*nothing, share=False) == Correction(Q4, Decimal("0"), Decimal("0"))
