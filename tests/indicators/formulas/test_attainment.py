"""Tests of the share of the way from baseline to target."""

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from indicators.formulas.attainment import attainment
from indicators.formulas.incomparable import Incomparable

numbers = st.decimals("-1e6", "1e6", places=2)


def way(actual, baseline, target):
    """Attainment of figures written as text; None stays None."""
    return attainment(
        actual=actual and Decimal(actual),
        baseline=baseline and Decimal(baseline),
        target=Decimal(target),
    )


@pytest.mark.parametrize(
    ("actual", "baseline", "target", "share"),
    [
        pytest.param("251", "220", "300", "0.3875", id="the worked example"),
        pytest.param("220", "220", "300", "0", id="at the baseline"),
        pytest.param("300", "220", "300", "1", id="at the target"),
        pytest.param("320", "220", "300", "1.25", id="beyond the target"),
        pytest.param("200", "220", "300", "-0.25", id="behind the baseline"),
        pytest.param("15", "20", "10", "0.5", id="a falling target, half-way"),
        pytest.param("8", "20", "10", "1.2", id="a falling target, undercut"),
    ],
)
def test_attainment(actual, baseline, target, share):
    assert way(actual, baseline, target) == Decimal(share)


def test_without_a_baseline_the_way_is_not_measured_from_zero():
    assert way("251", None, "300") is None


def test_what_was_not_reported_has_attained_nothing_we_know():
    assert way(None, "220", "300") is None


def test_a_baseline_that_is_the_target_leaves_no_way():
    with pytest.raises(Incomparable, match="both 300"):
        way("251", "300", "300")


@given(numbers, numbers, numbers, numbers)
def test_attainment_grows_towards_the_target(one, other, baseline, target):
    assume(baseline != target)
    nearer, farther = sorted((one, other), reverse=target > baseline)
    assert attainment(actual=nearer, baseline=baseline, target=target) >= attainment(
        actual=farther, baseline=baseline, target=target
    )
