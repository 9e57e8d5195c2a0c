from decimal import Decimal

import pytest

from submissions.rules.catalogue import CATALOGUE, Severity, register
from tests.submissions.rules.workshop import codes, earlier, firm, only, reading, violations


def quarter(*numbers, **given):
    return {key: value for n in numbers for key, value in earlier(n, **given).items()}


def test_w201_most_lines_stand_still():
    lines = [firm(n) for n in range(1, 6)] + [firm(n, revenue=11_000_000) for n in range(6, 11)]
    found = only(violations(reading(enterprises=lines), previous=quarter(*range(1, 11))), "W201")
    assert (found.params["same"], found.params["lines"]) == ("5", "10")
    assert found.trial


def test_a_few_lines_that_stand_still_are_told_one_by_one():
    lines = [firm(n) for n in range(1, 5)] + [firm(n, revenue=11_000_000) for n in range(5, 11)]
    found = violations(reading(enterprises=lines), previous=quarter(*range(1, 11)))
    assert [(each.code, each.cell) for each in found] == [("W221", f"D{n}") for n in range(5, 9)]


@pytest.mark.parametrize("before", [900_000, 150_000_000])
def test_w202_an_amount_jumped_within_a_year(before):
    found = only(
        violations(reading(enterprises=[firm(1)]), year_earlier=earlier(1, revenue=before)), "W202"
    )
    assert found.cell == "E5"
    assert found.severity == Severity.ADVISORY


def test_a_slip_of_the_unit_is_no_jump():
    before = earlier(1, revenue=Decimal(1_000))
    assert codes(violations(reading(enterprises=[firm(1)]), year_earlier=before)) == ["W157"]


def test_w203_revenue_per_head_is_odd():
    lines = [firm(n) for n in range(1, 9)] + [firm(9, employees=40_000)]
    assert only(violations(reading(enterprises=lines)), "W203").cell == "H13"


def test_a_rule_on_trial_is_never_mandatory():
    with pytest.raises(ValueError, match="on trial"):
        register("E999", Severity.MANDATORY, "a", "b", trial=True)
    assert "E999" not in CATALOGUE
