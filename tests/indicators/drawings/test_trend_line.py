from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from indicators.drawings.trend_line import (
    AXIS_LINE,
    HEIGHT,
    LEAST_WHISKER,
    NARROWEST,
    Likely,
    TrendValue,
    trend_line,
)
from tests.indicators.drawings.apart import cut_off, touching

D = Decimal
FOOT = ("2022", "四个季度合计", "2025年三季度")


def some(values, labels=True):
    return [TrendValue(n, D(v), f"{v}" if labels else "") for n, v in enumerate(values)]


FIGURES = st.lists(st.decimals("0", "1000", places=1), min_size=2, max_size=6)


@given(FIGURES, st.decimals("0", "1000", places=1), st.decimals("0", "1000", places=1))
def test_no_two_texts_touch_whatever_the_values(values, target, centre):
    likely = Likely(len(values), centre - 1, centre, centre + 1)
    drawn = trend_line(some(values), likely, target=(target, "300家"), foot=FOOT)

    assert touching(drawn.labels, NARROWEST) == []
    assert cut_off(drawn.labels, NARROWEST) == []
    assert all(0 <= label.spot.y <= HEIGHT for label in drawn.labels)


def test_the_line_is_solid_to_the_newest_value_then_dashed_to_what_is_likely():
    likely = Likely(3, D("49"), D("50"), D("51"))
    drawn = trend_line(some(["46", "47", "48"]), likely)

    assert len(drawn.points.split()) == 3
    x1, y1, x2, y2 = drawn.dashed
    assert drawn.points.split()[-1] == f"{x1},{y1}"
    assert x1 < x2
    assert y2 < y1
    assert drawn.whisker[0] == x2


def test_a_whisker_is_never_too_short_to_be_seen():
    drawn = trend_line(some(["46", "90"]), Likely(3, D("50.001"), D("50.002"), D("50.003")))
    _x, upper, lower = drawn.whisker
    assert lower - upper == LEAST_WHISKER


def test_an_expectation_without_ends_is_an_open_dot():
    drawn = trend_line(some(["242"]), Likely(1, None, D("257"), None))
    assert drawn.whisker is None
    assert [is_open for _x, _y, is_open in drawn.dots] == [False, True]
    assert drawn.points == ""


def test_one_value_alone_is_no_trend():
    assert trend_line(some(["242"])) is None
    assert trend_line([], Likely(1, None, D("257"), None)) is None


def test_time_is_drawn_to_scale():
    values = [TrendValue(at, D("1")) for at in (0, 1, 4)]
    x = [D(point.split(",")[0]) for point in trend_line(values).points.split()]
    assert x[2] - x[1] == 3 * (x[1] - x[0])


def test_what_stands_beneath_names_the_ends_of_the_time():
    drawn = trend_line(some(["1", "2"], labels=False), foot=("2022", "", "2025"))
    assert [(one.text, one.spot.y) for one in drawn.labels] == [
        ("2022", AXIS_LINE),
        ("2025", AXIS_LINE),
    ]
