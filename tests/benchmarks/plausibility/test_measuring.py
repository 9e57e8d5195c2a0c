"""The limits on a history with heavy tails and a year of shocks; run.py prints the whole table."""

import pytest

from tests.benchmarks.plausibility.histories import SHOCK_YEAR, with_shocks
from tests.benchmarks.plausibility.measuring import questioned, recalls

# At most this share of true lines is questioned.
AT_MOST = 0.03
# Of a kind of planted errors; of all amounts × 2.6, which true firms reach, fewer are found.
AT_LEAST, OF_A_DOUBLING = 0.8, 0.4


@pytest.fixture(scope="module")
def made():
    return with_shocks(towns=6)


@pytest.mark.parametrize("year", [None, SHOCK_YEAR], ids=["every year", "the year of shocks"])
def test_few_true_lines_are_questioned(made, year):
    assert 0 < questioned(made, year=year).share <= AT_MOST


def test_most_planted_errors_are_found_in_a_year_of_shocks(made):
    found = recalls(made, errors=10, year=SHOCK_YEAR)
    low = {
        kind: one.share
        for kind, one in found.items()
        if one.share < (OF_A_DOUBLING if kind == "all amounts × 2.6" else AT_LEAST)
    }

    assert low == {}
    assert len(found) > 20
