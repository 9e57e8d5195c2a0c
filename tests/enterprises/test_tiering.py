"""Tests of the titles held on a day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enterprises.tiering import Award, joiners_and_leavers, titles_held

GIANT = Award("小巨人", date(2022, 8, 1), date(2025, 7, 31))
CHAMPION = Award("单项冠军", date(2021, 1, 1))


@pytest.mark.parametrize(
    ("day", "held"),
    [
        (date(2022, 7, 31), ["单项冠军"]),
        (date(2022, 8, 1), ["单项冠军", "小巨人"]),
        (date(2025, 7, 31), ["单项冠军", "小巨人"]),
        (date(2025, 8, 1), ["单项冠军"]),
        (date(2020, 12, 31), []),
    ],
)
def test_a_title_is_held_from_its_first_day_to_its_last(day, held):
    assert titles_held([GIANT, CHAMPION], on=day) == held


def test_a_renewed_title_is_held_once():
    renewed = Award("小巨人", date(2025, 7, 1), date(2028, 6, 30))
    assert titles_held([GIANT, renewed], on=date(2025, 7, 15)) == ["小巨人"]


def test_a_title_that_expires_before_it_is_awarded_is_refused():
    with pytest.raises(ValueError, match="expires before"):
        Award("小巨人", date(2022, 8, 1), date(2022, 7, 31))


@given(
    st.permutations(
        [GIANT, CHAMPION, Award("小巨人", date(2024, 7, 1)), Award("甲", date(2021, 1, 1))]
    )
)
def test_the_order_of_awards_does_not_matter(awards):
    assert titles_held(awards, on=date(2025, 1, 1)) == ["单项冠军", "甲", "小巨人"]


HOLDERS = [
    ("stayed", Award("甲", date(2022, 1, 1))),
    ("renewed", Award("甲", date(2021, 1, 1), date(2024, 6, 30))),
    ("renewed", Award("甲", date(2024, 9, 1))),
    ("joined", Award("甲", date(2025, 1, 1))),
    ("left", Award("甲", date(2021, 1, 1), date(2024, 12, 31))),
    ("between", Award("甲", date(2024, 4, 1), date(2024, 12, 1))),
]


def test_joiners_hold_it_now_and_not_then_leavers_the_other_way():
    assert joiners_and_leavers(HOLDERS, then=date(2023, 12, 31), now=date(2025, 12, 31)) == (
        {"joined"},
        {"left"},
    )


@given(st.dates(date(2020, 1, 1), date(2027, 1, 1)), st.dates(date(2020, 1, 1), date(2027, 1, 1)))
def test_looked_at_the_other_way_round_joiners_are_leavers(then, now):
    joined, left = joiners_and_leavers(HOLDERS, then=then, now=now)
    assert joiners_and_leavers(HOLDERS, then=now, now=then) == (left, joined)
    assert not joined & left
