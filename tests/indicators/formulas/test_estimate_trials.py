"""Tests of past quarters with cities hidden, and the score of the likely range in each world."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from foundation.quarters import Quarter
from indicators.formulas.estimate_trials import (
    DatedAmount,
    projection_trials,
    trials,
    up_to_newest_complete,
)
from indicators.formulas.likely_output import EstimateMethod
from indicators.formulas.likely_range import record_of
from tests.indicators.formulas.invented_worlds import CITIES, CLUSTERS, world

WORLDS = {
    "steady": {},
    "a common shock of -15 points": {"common_shock": "-0.15"},
    "a city at +40 %": {"city_shock": "0.4"},
    "a city at -40 %": {"city_shock": "-0.4"},
    "a closed firm": {"closed": True},
}


@pytest.mark.parametrize("shocks", WORLDS.values(), ids=WORLDS)
def test_the_share_lies_in_its_range_in_nine_of_ten_trials_of_each_world(shocks):
    every = [
        one
        for seed in (1, 2, 3)
        for one in trials(world(seed, **shocks), CITIES, CLUSTERS, share=True)
    ]
    record = record_of(every)
    assert record.rate >= Decimal("0.90")
    assert record.quarters >= 10
    assert record.width < Decimal("0.02")


@pytest.mark.parametrize("shocks", WORLDS.values(), ids=WORLDS)
def test_so_does_the_total(shocks):
    record = record_of(trials(world(4, **shocks), CITIES, CLUSTERS, share=False))
    assert record.rate >= Decimal("0.90")


def test_trials_come_out_alike_each_time():
    rows = world(5)
    assert trials(rows, CITIES, CLUSTERS, share=True) == trials(
        list(reversed(rows)), CITIES, CLUSTERS, share=True
    )


def test_a_quarter_that_somebody_never_reported_is_not_tried():
    rows = [one for one in world(6) if (one.city, one.quarter) != (CITIES[4], Quarter(2024, 2))]
    tried = {one.quarter for one in trials(rows, CITIES, CLUSTERS, share=True)}
    assert "2024Q2" not in tried
    assert {"2024Q1", "2024Q3"} <= tried


def test_only_what_was_accepted_by_then_is_used():
    rows = world(7)
    future = [
        DatedAmount(
            one.city, one.quarter, one.amount * 3, None, one.since + timedelta(days=900), None
        )
        for one in rows
        if one.quarter < Quarter(2023, 3)
    ]
    early = [one for one in trials(rows, CITIES, CLUSTERS, share=True) if one.quarter < "2024"]
    with_future = trials([*rows, *future], CITIES, CLUSTERS, share=True)
    assert [one for one in with_future if one.quarter < "2024"] == early


def test_what_was_superseded_by_then_is_not_used_and_the_truth_is_the_first_complete_figure():
    rows = world(8)
    first = [one for one in rows if one.quarter == Quarter(2024, 1)]
    moment = max(one.since for one in first) + timedelta(days=1)
    corrected = [
        DatedAmount(one.city, one.quarter, one.amount, None, one.since, moment)
        if one in first and one.city == CITIES[0]
        else one
        for one in rows
    ]
    corrected.append(DatedAmount(CITIES[0], Quarter(2024, 1), Decimal("1"), None, moment, None))
    of_quarter = [
        [one for one in trials(some, CITIES, CLUSTERS, share=True) if one.quarter == "2024Q1"]
        for some in (rows, corrected)
    ]
    assert {one.truth for one in of_quarter[0]} == {one.truth for one in of_quarter[1]}


def test_the_method_to_compare_with_starts_from_last_year():
    rows = world(9, common_shock="-0.15")
    common = trials(rows, CITIES, CLUSTERS, share=True, method=EstimateMethod.COMMON_GROWTH)
    # Its errors of a first year need the year before that: so none before 2023Q4.
    assert min(one.quarter for one in common) == "2023Q4"
    ours = [one for one in trials(rows, CITIES, CLUSTERS, share=True) if one.quarter >= "2023Q4"]
    assert [one.likely for one in ours] != [one.likely for one in common]


def test_a_projection_is_tried_where_its_year_is_complete_and_earlier_errors_give_it_ends():
    tried = {one.quarter for one in projection_trials(world(10), CITIES)}
    # The errors of 2024 would need the first quarters of 2022.
    assert tried == {"2025Q1", "2025Q2", "2025Q3"}


def test_a_year_of_which_a_city_took_its_figure_back_before_the_others_came_is_not_tried():
    rows = world(10)
    first = min((one for one in rows if one.quarter == Quarter(2025, 4)), key=lambda one: one.since)
    taken_back = replace(first, until=first.since + timedelta(seconds=1))
    assert projection_trials([taken_back if one is first else one for one in rows], CITIES) == []


def test_the_year_lies_in_its_projections_range_where_years_are_alike():
    record = record_of(projection_trials(world(11), CITIES))
    assert record.rate == 1


def test_nothing_accepted_is_nothing_tried():
    assert trials([], CITIES, CLUSTERS, share=True) == []
    row = DatedAmount(CITIES[0], Quarter(2024, 1), None, None, datetime(2024, 4, 1), None)  # noqa: DTZ001
    assert trials([row], [CITIES[0]], CLUSTERS, share=True) == []


def test_what_comes_in_after_the_newest_complete_quarter_is_no_part_of_them():
    rows = world(12)
    newest = [one for one in rows if one.quarter == Quarter(2025, 4) and one.city == CITIES[0]]
    fewer = [one for one in rows if one.quarter < Quarter(2025, 4)]
    kept = up_to_newest_complete([*fewer, *newest], CITIES)
    assert kept == tuple(fewer)
    assert trials([*fewer, *newest], CITIES, CLUSTERS, share=True) == trials(
        kept, CITIES, CLUSTERS, share=True
    )


def test_an_earlier_quarter_that_somebody_lacks_stays_a_part_of_them():
    rows = [one for one in world(13) if (one.city, one.quarter) != (CITIES[4], Quarter(2024, 2))]
    assert up_to_newest_complete(rows, CITIES) == tuple(rows)
    assert up_to_newest_complete(rows[:3], CITIES) == ()
