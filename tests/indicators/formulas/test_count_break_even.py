from decimal import Decimal

import pytest

from foundation.quarters import Quarter
from indicators.formulas.count_break_even import count_break_even, crossed_last_year
from tests.indicators.formulas.made_firms import LINE, firm

Q3, Q4 = Quarter(2025, 3), Quarter(2025, 4)


@pytest.mark.parametrize(
    ("target", "comparator", "at_least", "firms"),
    [
        ("300", ">=", 286, 14),
        ("300", ">", 286, 15),
        ("299.5", ">", 286, 14),
        ("299.5", ">=", 286, 14),
        ("300", ">=", 300, 0),
        ("300", ">=", 310, 0),
        ("300", ">", 300, 1),
    ],
)
def test_how_many_more_must_come(target, comparator, at_least, firms):
    found = count_break_even(
        target=Decimal(target), comparator=comparator, at_least=at_least, crossed=10
    )
    assert (found.firms, found.crossed) == (firms, 10)


@pytest.mark.parametrize("comparator", ["<=", "<", "about"])
def test_more_do_not_turn_any_other_target(comparator):
    assert not count_break_even(
        target=Decimal(300), comparator=comparator, at_least=1, crossed=None
    )


FIRMS = {
    "crossed": firm(**{"2024Q3": 90, "2024Q4": 110}),
    "over before": firm(**{"2024Q3": 101, "2024Q4": 140}),
    "never": firm(**{"2024Q3": 20, "2024Q4": 30}),
    "elsewhere": firm("there", **{"2024Q3": 90, "2024Q4": 110}),
}


PROGRESS_PREFIX = {(city, Quarter(2024, n)) for city in ("here", "there") for n in (3, 4)}


def test_who_crossed_in_the_same_part_of_last_year():
    assert crossed_last_year(FIRMS, Q4, LINE, {"here": Q3}, PROGRESS_PREFIX) == 1
    assert crossed_last_year(FIRMS, Q4, LINE, {"here": Q3, "there": Q3}, PROGRESS_PREFIX) == 2
    assert crossed_last_year(FIRMS, Q4, LINE, {}, PROGRESS_PREFIX) == 0


def test_a_new_year_begins_with_nobody():
    firms = {"over": firm(**{"2023Q4": 300, "2024Q1": 101, "2024Q4": 400})}
    told = {("here", Quarter(2024, 1))}
    assert crossed_last_year(firms, Quarter(2025, 1), LINE, {"here": Quarter(2024, 4)}, told) == 1


@pytest.mark.parametrize("last_of", [{"here": None}, {"unknown": Q3}, {"here": Quarter(2025, 2)}])
def test_not_known_without_both_quarters_of_last_year(last_of):
    assert crossed_last_year(FIRMS, Q4, LINE, last_of, PROGRESS_PREFIX) is None
