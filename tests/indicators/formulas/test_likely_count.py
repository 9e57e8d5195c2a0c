from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foundation.quarters import Quarter
from indicators.formulas.certain_count import certain_count
from indicators.formulas.error_samples import ErrorSamples
from indicators.formulas.likely_count import (
    Estimates,
    LikelyCount,
    NoCount,
    estimates,
    likely_count,
)
from tests.depth import examples
from tests.indicators.formulas.made_firms import LINE, firm, reported

Q4 = Quarter(2025, 4)


def likely(*silent_firms, others=None, silent=("here",), weight="0.9", **given):
    firms = dict(reported(8) if others is None else others) | dict(enumerate(silent_firms))
    weight = None if weight is None else Decimal(weight)
    return likely_count(firms, Q4, LINE, silent=silent, weight=weight, **given)


def awaited(by_september, last_year="0.75"):
    """A firm of the silent city: its figure, and the part of last year that was over by then."""
    then = Decimal(last_year) * 80
    return firm(**{"2024Q3": then, "2024Q4": 80, "2025Q3": by_september})


def test_a_silent_enterprise_counts_if_its_estimate_is_over_the_line():
    found = likely(awaited(75), awaited("75.000001"), awaited(40))
    # 75 × 80 / 60 = 100 is not over
    assert found.centre == 1
    assert found.over == {1: "here"}


def test_one_that_was_over_by_september_counts_whatever_is_estimated():
    found = likely(awaited(101, last_year="0.99"), firm(**{"2025Q2": 101}))
    assert (found.centre, found.by_city) == (2, {"here": 2})
    assert found.low >= 2


def test_a_declared_fall_to_under_the_line_is_not_counted():
    assert likely(firm(**{"2025Q2": 101, "2025Q3": 20})).centre == 0


def test_a_reported_city_that_left_a_line_out_has_had_its_say():
    gone = firm("there", **{"2024Q3": 60, "2024Q4": 80, "2025Q3": 99})
    assert likely(gone).centre == 0


def test_an_enterprise_that_closed_earns_no_more():
    closed = awaited(90)
    nothing_more = firm(**{"2025Q4": None})[Q4]
    closed[Q4] = type(nothing_more)("here", None, None, closed=True)
    assert likely(awaited(90)).centre == 1
    assert likely(closed).centre == 0


def test_one_whose_city_reported_this_year_without_it_has_left():
    gone = firm(**{"2023Q4": 90, "2024Q4": 150})
    assert likely(gone).centre == 1
    assert likely(gone, awaited(10)).centre == 0


def test_the_errors_of_the_reported_shift_the_ends():
    """All reported came to a tenth less than expected: 105 will hardly be over."""
    found = likely(*[awaited(79)] * 20, others=reported(30, truth=0.9))
    assert found.centre == 20
    assert found.low == 0
    assert found.errors == {0: 30}


def test_so_do_those_of_last_year():
    others = reported(30, truth=1.0) | {
        ("then", n): one for n, one in reported(30, truth=0.9, year=2024).items()
    }
    found = likely(*[awaited(79)] * 20, others=others)
    assert found.errors == {0: 30, 1: 30}
    assert (found.low, found.high) == (0, 20)


def test_a_hidden_citys_own_errors_are_not_used():
    """Else the record would be of estimates that knew what they were to say."""
    samples = ErrorSamples(reported(9) | reported(9, "other", truth=0.5), LINE, first=0)
    base = Quarter(2025, 3)

    def cities(samples):
        return [set(sample.by_base[base]) for sample in samples.of({base}, Q4)]

    assert cities(samples) == [{"there", "other"}]
    assert cities(samples.hiding({"other"})) == [{"there"}]
    assert cities(samples.hiding({"other", "there"})) == []


@pytest.mark.parametrize("weight", [None, "0.5999"])
def test_without_enough_reported_there_is_none(weight):
    assert likely(awaited(80), weight=weight) is NoCount.LOW_COVERAGE


def test_just_enough_is_enough():
    assert likely(awaited(80), weight="0.6").centre == 1


def test_the_plan_may_ask_for_more():
    assert likely(awaited(80), least_weight=Decimal("0.95")) is NoCount.LOW_COVERAGE


def test_nor_with_fewer_than_eight_errors():
    assert likely(awaited(80), others=reported(7)) is NoCount.FEW_ERRORS
    assert isinstance(likely(awaited(80), others=reported(8)), LikelyCount)


def test_nor_of_a_city_that_never_reported():
    assert likely(unknown={"here"}) is NoCount.NO_EARLIER_FIGURE


def test_with_nobody_silent_it_is_counted_and_not_estimated():
    found = likely(others=reported(9, truth=1.1), silent=())
    assert (found.low, found.centre, found.high) == (9, 9, 9)
    assert found.by_city == {"there": 9}
    assert found.errors == {}


def estimated(*firms, silent=("here",), quarter=Q4):
    """The estimates of a year's end: as last year went on from September."""
    samples = ErrorSamples({}, LINE, first=0)
    return estimates(dict(enumerate(firms)), quarter, Q4, LINE, silent=silent, samples=samples)


@pytest.mark.parametrize(
    ("by_september", "sure", "near"),
    [
        ("24.999999", 0, 0),
        ("25", 0, 1),
        (50, 0, 1),
    ],
)
def test_in_question_from_half_the_line_on(by_september, sure, near):
    found = estimated(awaited(by_september, last_year="0.5"))
    assert (found.certain, found.sure, len(found.near)) == (0, sure, near)


@pytest.mark.parametrize(("expected", "sure"), [("200", 0), ("200.000004", 1)])
def test_beyond_question_over_twice_the_line(expected, sure):
    grown = firm(**{"2024Q3": 20, "2024Q4": 80, "2025Q3": Decimal(expected) / 4})
    found = estimated(grown, grown, grown)
    assert (found.certain, len(found.over)) == (0, 3)
    assert (found.sure, len(found.near)) == (3 * sure, 3 * (1 - sure))


def test_what_is_in_question_says_whose_it_is_and_since_when():
    near = estimated(awaited(45, last_year="0.5")).near
    assert [(one.city, str(one.p), one.estimate) for one in near] == [
        ("here", str(Quarter(2025, 3)), Decimal(90_000_000)),
    ]


def test_the_estimates_of_several_cities_are_those_of_all():
    here = {1: awaited(60), 2: awaited(90), 3: firm(**{"2025Q3": 101})}
    there = {
        4: firm("there", **{"2024Q3": 20, "2024Q4": 80, "2025Q3": 60}),
        5: firm("there", **{"2024Q3": 60, "2024Q4": 80, "2025Q3": 70}),
    }

    def seen(firms):
        samples = ErrorSamples({}, LINE, first=0)
        asked = {"silent": {"here", "there"}, "samples": samples}
        return estimates(firms, Q4, Q4, LINE, **asked)

    whole = seen(here | there)
    assert (whole.certain, whole.sure, len(whole.near)) == (1, 2, 3)
    assert Estimates.together([seen(here), seen(there)]) == whole


def test_others_that_are_over_shift_all_three():
    found = LikelyCount(12, 10, 13, {1: "here"}, {0: 9})
    assert found.beside(5) == LikelyCount(17, 15, 18, {1: "here"}, {0: 9})
    without_ends = LikelyCount(12, None, None, {}, {})
    assert without_ends.beside(5) == LikelyCount(17, None, None, {}, {})


amounts = st.integers(1, 250)
histories = st.tuples(amounts, amounts, amounts, st.booleans()).map(
    lambda one: firm(
        "here" if one[3] else "there",
        **{"2024Q3": one[0], "2024Q4": one[1], "2025Q3": one[2]}
        | ({} if one[3] else {"2025Q4": one[2] + one[0] // 2}),
    )
)


@settings(max_examples=examples(60))
@given(st.lists(histories, max_size=15))
def test_its_ends_hold_the_centre_and_the_certain_minimum(firms):
    found = likely(*firms)
    everyone = reported(8) | dict(enumerate(firms))
    certain = certain_count(everyone, Q4, LINE)
    assert certain.at_least <= found.low <= found.centre <= found.high
    assert found.high - found.low >= 2
    assert certain.city_of.items() <= found.over.items()


@settings(max_examples=examples(60))
@given(st.lists(histories, max_size=15), st.integers(1, 40))
def test_more_by_september_never_makes_it_fewer(firms, more):
    grown = [
        one | firm("here", **{"2025Q3": one[Quarter(2025, 3)].revenue / 10**6 + more})
        if Q4 not in one
        else one
        for one in firms
    ]
    assert likely(*grown).centre >= likely(*firms).centre
