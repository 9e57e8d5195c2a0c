from decimal import Decimal

import pytest

from indicators.drawings.axis import Axis, fitted

D = Decimal


def test_its_ends_lie_at_0_and_100_percent():
    axis = Axis(D("46"), D("54"))
    assert [axis.at(D(value)) for value in ("46", "50", "54")] == [0, 50, 100]


def test_it_fits_the_values_with_room_on_both_sides():
    axis = fitted([D("10"), D("30"), D("20")], before=D("0.1"), after=D("0.5"))
    assert (axis.low, axis.high) == (D("8"), D("40"))


@pytest.mark.parametrize("value", ["0", "7", "-7"])
def test_one_value_alone_has_an_axis_too(value):
    axis = fitted([D(value)], before=D("0.1"), after=D("0.1"))
    assert axis.low < D(value) < axis.high
