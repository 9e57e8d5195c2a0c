from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from foundation.quarters import Quarter
from submissions.backfill.continuity import APPEARS, FALLS, GAP, VANISHES, breaks

Q1, Q2, Q3, Q4 = Quarter.range(Quarter(2024, 1), Quarter(2024, 4))
NEXT = Q4.next()


def line(amount, key="a"):
    return {key: {"revenue": None if amount is None else Decimal(amount)}}


def kinds(quarters):
    return [(one.kind, str(one.quarter), one.key) for one in breaks(quarters)]


def test_a_cumulative_figure_that_falls_within_a_year_is_a_break():
    [one] = breaks({Q1: line("5"), Q2: line("4")})

    assert (one.kind, one.quarter, one.field) == (FALLS, Q2, "revenue")
    assert (one.before, one.after) == (Decimal("5"), Decimal("4"))


def test_a_new_year_begins_from_nothing():
    assert breaks({Q4: line("5"), NEXT: line("1")}) == []


def test_what_was_not_reported_falls_nowhere():
    assert breaks({Q1: line("5"), Q2: line(None)}) == []


def test_over_a_gap_it_is_still_compared():
    assert kinds({Q1: line("5"), Q3: line("4")}) == [(GAP, "2024Q2", ""), (FALLS, "2024Q3", "a")]


def test_who_joins_and_who_leaves_is_named():
    assert kinds({Q1: line("1", "a"), Q2: line("1", "b")}) == [
        (APPEARS, "2024Q2", "b"),
        (VANISHES, "2024Q2", "a"),
    ]


def test_nothing_breaks_where_there_is_nothing():
    assert breaks({}) == []
    assert breaks({Q1: line("1")}) == []


@given(st.lists(st.integers(0, 9), min_size=1, max_size=4))
def test_only_what_grows_has_no_break(amounts):
    quarters = dict(zip((Q1, Q2, Q3, Q4), map(line, amounts), strict=False))

    assert (breaks(quarters) == []) == (amounts == sorted(amounts))
