"""Tests of how targets, quarters, standings and names are written."""

import pytest

from foundation.quarters import Quarter
from indicators.verdict.goal import Standing
from indicators.verdict.sentences import as_sentence, at_end_of, expected_word, names, standing_word


def test_clauses_become_one_sentence():
    assert as_sentence(["one", "two"]) == "One; two."


def test_every_standing_but_one_can_be_expected():
    for standing in Standing:
        if standing is not Standing.CANNOT_JUDGE:
            assert expected_word(standing).startswith("Expected to be")


@pytest.mark.parametrize(
    ("cities", "said"),
    [
        ([], ""),
        (["Yantai"], "Yantai"),
        (["Yantai", "Linyi"], "Yantai and Linyi"),
        (["Yantai", "Linyi", "Heze"], "Yantai, Linyi and Heze"),
    ],
)
def test_cities_are_enumerated(cities, said):
    assert names(cities) == said


@pytest.mark.parametrize("quarter", [1, 2, 3])
def test_quarters_within_a_year_are_named(quarter):
    assert at_end_of(Quarter(2025, quarter)) == f"end of Q{quarter} 2025"


def test_every_standing_has_a_word():
    assert [standing_word(standing) for standing in Standing] == [
        "Achieved", "On pace", "Slightly behind", "Behind", "Seriously behind", "Cannot judge",
    ]  # fmt: skip
