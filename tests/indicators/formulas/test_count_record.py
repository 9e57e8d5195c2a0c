from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cache

import pytest

from foundation.quarters import Quarter
from indicators.formulas.certain_count import certain_count
from indicators.formulas.count_record import (
    CountRecord,
    CountTrial,
    FigureVersion,
    SilencePattern,
    count_record,
    figures_at,
)
from indicators.formulas.firm_figures import FirmFigure
from indicators.formulas.likely_count import likely_count
from tests.indicators.formulas.made_firms import (
    CITIES,
    LINE,
    calm,
    city_shock,
    common_shock,
    province,
    shock_in_a_fourth_quarter,
)

Q4 = Quarter(2024, 4)


@cache
def record(world=calm, **given):
    return count_record(*province(world, **given), CITIES, LINE)


@pytest.mark.parametrize(
    ("world", "given"),
    [
        pytest.param(calm, {}, id="nothing happens"),
        pytest.param(calm, {"noise": 0.08}, id="figures are off by much"),
        pytest.param(common_shock, {}, id="a year fifteen points lower"),
        pytest.param(city_shock, {}, id="a city 40 % lower, another higher"),
        pytest.param(shock_in_a_fourth_quarter, {}, id="the same in one quarter only"),
        pytest.param(calm, {"closed": 15}, id="enterprises close"),
    ],
)
@pytest.mark.parametrize("seed", [1, 2])
def test_the_range_holds_nine_times_in_ten_whatever_happens(world, given, seed):
    found = record(world, seed=seed, firms_a_city=20, **given)
    assert found.quarters == 9
    assert found.rate >= Decimal("0.9"), found.by_quarter


def test_what_it_computes_once_is_what_an_estimate_gives():
    """The record estimates hidden cities only, and adds the others: the whole says the same."""
    versions, arrivals = province(city_shock, firms_a_city=12)
    every = count_record(versions, arrivals, CITIES, LINE, draws=6).trials
    assert {one.hidden for one in every} == set(SilencePattern)
    for trial in every:
        firms = figures_at(versions, max(arrivals[trial.quarter].values()), trial.quarter)
        seen = {
            key: {
                q: one
                for q, one in figures.items()
                if (q, one.city in trial.silent) != (trial.quarter, True)
            }
            for key, figures in firms.items()
        }
        whole = likely_count(
            seen, trial.quarter, LINE, silent=set(trial.silent), weight=Decimal("0.9")
        )
        assert (trial.low, trial.centre, trial.high) == (whole.low, whole.centre, whole.high)
        assert trial.truth == certain_count(firms, trial.quarter, LINE).at_least


def test_it_is_the_same_on_every_computation():
    assert count_record(*province(firms_a_city=5), CITIES, LINE) == count_record(
        *province(firms_a_city=5), CITIES, LINE
    )


def test_one_to_four_cities_are_hidden_or_those_that_came_later():
    found = record(firms_a_city=20, seed=1)
    drawn = {len(one.silent) for one in found.of(SilencePattern.DRAWN).trials}
    assert drawn == {1, 2, 3, 4}
    _versions, arrivals = province(firms_a_city=20, seed=1)
    for one in found.of(SilencePattern.ARRIVAL).trials:
        came = arrivals[one.quarter]
        last_before = max(came[city] for city in CITIES if city not in one.silent)
        assert all(came[city] > last_before for city in one.silent)


def test_a_quarter_that_somebody_owes_is_not_tried():
    versions, arrivals = province(firms_a_city=20, seed=1)
    owed = arrivals | {
        Quarter(2025, 4): {c: at for c, at in arrivals[Quarter(2025, 4)].items() if c != CITIES[0]}
    }
    found = count_record(versions, owed, CITIES, LINE)
    assert max(found.by_quarter) == Quarter(2025, 3)


def restated(versions, at, *, by):
    """The same with every figure of a quarter before restated to so many times itself."""
    return {
        key: {
            quarter: _restated(every[0], at, by) if quarter == Quarter(2024, 3) else every
            for quarter, every in by_quarter.items()
        }
        for key, by_quarter in versions.items()
    }


def _restated(first, at, by):
    figure = first.figure
    other = FirmFigure(figure.city, figure.revenue * by, figure.last_year)
    return [
        FigureVersion(figure, first.since, at),
        FigureVersion(other, at, None),
    ]


def test_only_what_stood_by_then_is_used():
    """What is restated after a quarter was complete was not known when it was estimated."""
    versions, arrivals = province(firms_a_city=12)
    quarters = {q: came for q, came in arrivals.items() if q <= Q4}
    complete_at = max(arrivals[Q4].values())
    before = count_record(versions, quarters, CITIES, LINE)
    later = restated(versions, complete_at + timedelta(seconds=1), by=Decimal("0.5"))
    assert count_record(later, quarters, CITIES, LINE) == before
    # In between, it was known to the later ones only.
    ordered = sorted(arrivals[Q4].values())
    between = restated(versions, ordered[-2] - timedelta(seconds=1), by=Decimal("0.5"))
    found = count_record(between, quarters, CITIES, LINE)
    same = [
        (one, other)
        for one, other in zip(
            before.of(SilencePattern.ARRIVAL).by_quarter[Q4].trials,
            found.of(SilencePattern.ARRIVAL).by_quarter[Q4].trials,
            strict=True,
        )
        if (one.low, one.high) == (other.low, other.high)
    ]
    assert len(same) >= len(before.of(SilencePattern.ARRIVAL).by_quarter[Q4].trials) - 1


def trial(low, high, truth, *, quarter=Q4, centre=None, naive=0):
    return CountTrial(
        quarter, SilencePattern.DRAWN, ("a",), low, centre or low, high, truth, Decimal(naive)
    )


def test_rate_width_worst_quarter_and_the_plain_method_beside_it():
    q3 = Quarter(2024, 3)
    found = CountRecord(
        (
            trial(10, 12, 12, naive=11),
            trial(10, 14, 9, naive=14),
            trial(5, 7, 5, quarter=q3, naive="6.5"),
        )
    )
    assert found.rate == Decimal(2) / 3
    assert found.mean_width == Decimal(8) / 3
    assert found.worst == (Q4, Decimal("0.5"))
    assert found.quarters == 2
    assert found.mean_error == 1
    # Within half the width of the truth: 1 of 1, 5 of 2, 1.5 of 1.
    assert found.naive_rate == Decimal(1) / 3
    assert found.naive_error == Decimal("2.5")


@pytest.mark.parametrize(
    ("quarters", "missed", "lean"), [(4, 0, True), (3, 0, False), (10, 1, True), (10, 2, False)]
)
def test_a_lean_needs_nine_of_ten_in_four_quarters(quarters, missed, lean):
    trials = tuple(
        trial(1, 3, 9 if n < missed else 2, quarter=Quarter(2000 + n, 1)) for n in range(quarters)
    )
    assert CountRecord(trials).gives_lean is lean


def test_without_any_trial_nothing_is_said():
    nothing = CountRecord(())
    assert (nothing.rate, nothing.mean_width, nothing.worst) == (None, None, None)
    assert not nothing.gives_lean
    assert count_record({}, {}, CITIES, LINE) == nothing


def test_the_plain_method_is_last_years_count_with_the_growth_of_the_reported():
    """Two cities reported 12 where they had 10; the silent one had 5: 12 + 6."""
    at = datetime(2024, 4, 20, tzinfo=UTC)
    q1, before = Quarter(2024, 1), Quarter(2023, 1)
    versions, arrivals = {}, {q1: {}, before: {}}
    for city, then, now in (("a", 5, 6), ("b", 5, 6), ("c", 5, 5)):
        arrivals[q1][city], arrivals[before][city] = at, at - timedelta(days=366)
        for n in range(30):
            told = {before: 120 if n < then else 60, q1: 120 if n < now else 60}
            told |= {Quarter(2022, 4): 150, Quarter(2023, 4): 150}
            versions[city, n] = {
                q: [
                    FigureVersion(
                        FirmFigure(city, Decimal(m) * 10**6, Decimal(m) * 10**6),
                        at - timedelta(days=366 if q < Quarter(2023, 4) else 0),
                        None,
                    )
                ]
                for q, m in told.items()
            }
    found = count_record(versions, arrivals, ["a", "b", "c"], LINE, least_weight=Decimal("0.5"))
    assert {one.naive for one in found.trials if one.silent == ("c",)} == {Decimal(18)}
