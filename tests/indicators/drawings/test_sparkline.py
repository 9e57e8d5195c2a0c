from decimal import Decimal

from indicators.drawings.sparkline import HEIGHT, MARGIN, WIDTH, shared_axis, sparkline

D = Decimal
RISING, FLAT = [D("100"), D("120"), D("140")], [D("100"), D("100"), None]


def test_lines_on_a_shared_axis_have_comparable_slopes():
    axis = shared_axis([RISING, FLAT])
    rising, flat = sparkline(RISING, axis), sparkline(FLAT, axis)

    assert rising.end == (WIDTH - MARGIN, MARGIN)
    assert flat.end[1] == HEIGHT - MARGIN
    assert rising.points.split()[0] == f"{MARGIN}.0,{HEIGHT - MARGIN}.0"


def test_a_line_that_ends_before_the_newest_value_has_an_open_end():
    axis = shared_axis([RISING, FLAT])
    assert sparkline(FLAT, axis).is_open
    assert not sparkline(RISING, axis).is_open
    assert sparkline(FLAT, axis).end[0] < sparkline(RISING, axis).end[0]


def test_one_value_makes_no_line():
    assert sparkline([D("100"), None], shared_axis([RISING])) is None


def test_without_values_there_is_no_axis():
    assert shared_axis([[None], []]) is None
