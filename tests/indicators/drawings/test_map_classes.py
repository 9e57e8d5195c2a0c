from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from indicators.drawings.map_classes import MOST_CLASSES, class_limits, class_of

D = Decimal
VALUES = st.lists(st.decimals("-50", "500", places=2), min_size=1, max_size=20)


@given(VALUES)
def test_no_class_is_empty_and_there_are_at_most_four(values):
    limits = class_limits(values)
    classes = {class_of(value, limits) for value in values}
    assert classes == set(range(1, len(limits) + 2))
    assert len(classes) <= MOST_CLASSES
    assert list(limits) == sorted(set(limits))


@given(VALUES)
def test_a_larger_value_never_has_a_lighter_shade(values):
    limits = class_limits(values)
    shades = [class_of(value, limits) for value in sorted(values)]
    assert shades == sorted(shades)


def test_a_limit_belongs_to_the_class_above_it():
    assert [class_of(D(value), [D("6"), D("8")]) for value in ("5.9", "6", "8")] == [1, 2, 3]


def test_the_limits_are_round_and_the_classes_even():
    growth = [D(n) for n in ("14", "13", "12", "11", "8", "7", "6", "5", "4", "3")]
    limits = class_limits(growth)
    assert all(limit == limit.quantize(D("0.5")) for limit in limits)
    assert len(limits) == 3


def test_values_that_are_all_one_are_not_parted():
    assert class_limits([D("7"), D("7")]) == ()
    assert class_limits([]) == ()
