"""Which firms without a code one yes of a person answers."""

import pytest

from submissions.layouts.firms_together import of_the_same_name

CODE, OTHER = "91370100DEM000073W", "91370100DEM000081P"


def candidate(**given):
    same = {"code": CODE, "name": "甲公司", "by_name": "", "likeness": 100, "same_city": True}
    return same | given


def same_names(*candidates, chosen=""):
    """The codes that one yes would choose for a firm with these candidates."""
    firm = {"name": "甲公司", "written": "甲公司", "chosen": chosen, "candidates": candidates}
    return [one["code"] for _number, _firm, one in of_the_same_name([(0, firm, "")])]


def test_a_firm_with_the_very_name_of_one_of_the_city_is_among_them():
    assert same_names(candidate(), candidate(code=OTHER, likeness=99)) == [CODE]
    assert same_names(candidate(), chosen=CODE) == [CODE]


@pytest.mark.parametrize(
    "doubtful",
    [
        {"likeness": 99},
        {"same_city": False},
        {"by_name": "甲公司旧名"},
    ],
)
def test_a_likeness_another_city_and_a_former_name_are_chosen_one_by_one(doubtful):
    assert same_names(candidate(**doubtful)) == []


def test_two_firms_of_one_name_and_another_choice_before_are_chosen_one_by_one():
    assert same_names(candidate(), candidate(code=OTHER)) == []
    assert same_names(candidate(), chosen=OTHER) == []
