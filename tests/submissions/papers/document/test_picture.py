"""Where the quarters of a target lie in its picture."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from submissions.papers.document.picture import HEIGHT, WIDTH, picture

CODES = ["2024Q3", "2024Q4", "2025Q1", "2025Q2"]
amounts = st.decimals(min_value="0", max_value="1e12", places=2)
quarters = st.one_of(st.none(), amounts, st.tuples(amounts, amounts))


def drawn(values, *, basis="state", target=None):
    """The picture of values of the quarters from 2024Q3 on; a pair is the ends of a range."""
    points = [
        {
            "period": code,
            "value": None if isinstance(value, tuple) or value is None else Decimal(value),
            "low": Decimal(min(value)) if isinstance(value, tuple) else None,
            "high": Decimal(max(value)) if isinstance(value, tuple) else None,
        }
        for code, value in zip(CODES, values, strict=False)
    ]
    goal = None if target is None else Decimal(target)
    return picture({"basis": basis, "points": points}, goal, "words")


def test_complete_quarters_are_joined_and_the_newest_has_a_dot():
    found = drawn([1, 2, 3, 4], target=4)

    [line] = found.lines
    assert [x for x, _y in line] == sorted(x for x, _y in line)
    assert [y for _x, y in line] == sorted((y for _x, y in line), reverse=True)
    assert found.dots == (line[-1],)
    assert {y for _x, y in found.target} == {line[-1][1]}


def test_a_silent_quarter_breaks_the_line():
    found = drawn([1, 2, None, 4])
    assert [len(line) for line in found.lines] == [2]
    assert len(found.dots) == 1


def test_a_range_follows_by_dashes_and_is_high_enough_to_be_seen():
    found = drawn([1, 2, 3, ("3.999", "4.001")])

    [((x, upper), (_x, lower))] = found.ranges
    assert lower - upper >= 4.9
    [(start, end)] = found.dashes
    assert start == found.lines[0][-1]
    assert end[0] == x


def test_nothing_joins_quarters_across_a_range():
    found = drawn([1, 2, (2, 3), 4])
    assert [len(line) for line in found.lines] == [2]
    assert len(found.dots) == 1


def test_a_years_figures_are_a_line_of_their_own():
    found = drawn([1, 2, 1, 2], basis="year")
    assert [len(line) for line in found.lines] == [2, 2]


def test_of_one_quarter_there_is_no_picture():
    assert drawn([None, 2, None, None]) is None


@given(st.lists(quarters, min_size=4, max_size=4), st.one_of(st.none(), amounts))
def test_everything_lies_in_the_field(values, target):
    found = drawn(values, target=target)
    if found is None:
        assert sum(one is not None for one in values) < 2
        return
    everything = [*found.lines, *found.dashes, *found.ranges, found.dots, found.target]
    for x, y in (place for places in everything for place in places):
        assert 0 <= x <= WIDTH
        assert 0 <= y <= HEIGHT
