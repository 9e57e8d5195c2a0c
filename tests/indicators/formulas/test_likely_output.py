"""Tests of the estimate of silent cities and of the ranges made from it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.quarters import Quarter
from indicators.formulas.city_output import CityOutput
from indicators.formulas.likely_output import (
    EstimateBasis,
    EstimateMethod,
    earlier_errors,
    likely_level,
    likely_outputs,
    likely_share,
)
from indicators.formulas.likely_range import LikelyRange, NoEstimate
from tests.indicators.formulas.some_provinces import city, without

NOW, BEFORE = Quarter(2025, 3), Quarter(2025, 2)
CODES = [f"37{n:02d}00" for n in range(1, 11)]


def steady(growth="1.10", codes=CODES):
    """Ten cities that all grow alike, year by year, and whose third quarter adds a half."""
    found = []
    for at, code in enumerate(codes, start=1):
        figures = {}
        for year in (2023, 2024, 2025):
            base = Decimal(100 * at) * Decimal(growth) ** (year - 2023)
            figures |= {f"{year}Q2": base, f"{year}Q3": base * Decimal("1.5")}
        found.append(city(code, figures))
    return found


def test_an_estimate_is_last_year_times_its_own_growth_times_what_changed_since():
    cities = [
        # x(p) 30 on L(p) 20: half as much again; L(q) 30.
        city("370600", {"2025Q2": "30", "2024Q2": "20", "2024Q3": "30"}),
        *(
            city(code, {"2025Q2": "11", "2024Q2": "10", "2025Q3": "24.2", "2024Q3": "20"})
            for code in CODES
            if code != "370600"
        ),
    ]
    (found,) = likely_outputs(cities, NOW)
    # The others had grown by 1.10 and then by 1.21: k is 1.1. So 30 × 1.5 × 1.1.
    assert found.centre == Decimal("49.5")
    assert (found.city, found.in_cluster) == ("370600", False)
    assert (found.since, found.basis) == (BEFORE, EstimateBasis.YEAR_BEFORE)


def test_its_ends_are_at_least_one_percent_away():
    (found,) = likely_outputs(without(steady(), "370600", NOW), NOW)
    assert found.centre == Decimal("600") * Decimal("1.21") * Decimal("1.5")
    assert found.low == found.centre * Decimal("0.99")
    assert found.high == found.centre * Decimal("1.01")


def test_its_ends_are_the_widest_errors_that_the_method_made():
    cities = steady()
    odd = cities[0]
    cities[0] = CityOutput(
        odd.city, odd.in_cluster, {**odd.amounts, NOW: odd.made(NOW) * Decimal("1.3")}
    )
    errors = earlier_errors(cities, NOW, BEFORE)
    (found,) = likely_outputs(without(cities, "370600", NOW), NOW)
    assert max(errors) == pytest.approx(Decimal("1.3"))
    assert found.high == found.centre * max(
        earlier_errors(without(cities, "370600", NOW), NOW, BEFORE)
    )


def test_a_city_is_never_estimated_from_itself():
    cities = steady()
    assert all(abs(error - 1) < Decimal("1e-20") for error in earlier_errors(cities, NOW, BEFORE))
    alone = [city("370100", {"2025Q2": "1", "2024Q2": "1", "2025Q3": "9", "2024Q3": "1"})]
    assert earlier_errors(alone, NOW, BEFORE) == []


def test_errors_of_the_same_quarter_of_earlier_years_count():
    # Of 2025 and 2024 by their growth, of 2023 by the others' from one quarter to the next.
    assert len(earlier_errors(steady(), NOW, BEFORE)) == 30


def test_without_a_year_before_the_others_growth_since_is_carried_on():
    cities = [
        city("370600", {"2025Q2": "30"}),
        *(city(code, {"2025Q2": "10", "2025Q3": "16"}) for code in CODES if code != "370600"),
    ]
    (found,) = likely_outputs(cities, NOW)
    assert found.centre == Decimal("48")
    assert found.basis is EstimateBasis.LAST_ACCEPTED


def test_a_year_before_may_be_what_the_city_wrote_itself():
    told = CityOutput(
        "370600",
        False,
        {BEFORE: Decimal("30"), NOW.year_earlier(): Decimal("30")},
        {BEFORE: Decimal("20")},
    )
    others = [one for one in steady() if one.city != "370600"]
    (found,) = likely_outputs([told, *others], NOW)
    assert found.centre == pytest.approx(Decimal("45"))


def test_no_estimate_is_under_the_floor_or_over_the_ceiling():
    cities = [
        city("370600", {"2025Q2": "100", "2024Q2": "100", "2024Q3": "100"}),
        *(
            city(code, {"2025Q2": "10", "2024Q2": "10", "2025Q3": "10", "2024Q3": "20"})
            for code in CODES
            if code != "370600"
        ),
    ]
    (found,) = likely_outputs(cities, NOW)
    assert (found.low, found.centre, found.high) == (100, 100, 100)
    (free,) = likely_outputs(cities, NOW, cumulative=False)
    assert free.centre == Decimal("50")


def test_an_accepted_later_quarter_caps_the_estimate():
    later = [
        CityOutput(one.city, one.in_cluster, {**one.amounts, Quarter(2025, 4): Decimal("1080")})
        if one.city == "370600"
        else one
        for one in steady()
    ]
    (found,) = likely_outputs(without(later, "370600", NOW), NOW)
    # 1,089 by itself.
    assert (found.low, found.centre, found.high) == (Decimal("1078.11"), 1080, 1080)


@pytest.mark.parametrize(
    ("cities", "reason"),
    [
        ([city("370100", {"2025Q2": "1"})], NoEstimate.NOBODY_REPORTED),
        (
            [
                city("370100", {"2025Q3": "59", "2024Q3": "59"}),
                city("370600", {"2025Q2": "41", "2024Q3": "41"}),
            ],
            NoEstimate.LOW_COVERAGE,
        ),
        (
            [*[one for one in steady() if one.city != "370600"], city("370600", {})],
            NoEstimate.NO_EARLIER_FIGURE,
        ),
        (
            [
                *(city(code, {"2025Q2": "1", "2025Q3": "2"}) for code in CODES[:7]),
                city("370900", {"2025Q2": "1"}),
            ],
            NoEstimate.TOO_FEW_ERRORS,
        ),
    ],
)
def test_why_nothing_is_estimated(cities, reason):
    assert likely_outputs(cities, NOW) is reason


def test_the_least_weight_can_be_chosen_and_suffices_itself():
    cities = steady()
    weight = Decimal("49") / Decimal("55")
    fewer = without(cities, "370600", NOW)
    assert not isinstance(likely_outputs(fewer, NOW, least_weight=weight), NoEstimate)
    more = weight + Decimal("0.001")
    assert likely_outputs(fewer, NOW, least_weight=more) is NoEstimate.LOW_COVERAGE


def test_eight_errors_are_enough():
    cities = [
        *(city(code, {"2025Q2": "1", "2025Q3": "2"}) for code in CODES[:8]),
        city("370900", {"2025Q2": "1"}),
    ]
    assert not isinstance(likely_outputs(cities, NOW), NoEstimate)


def test_nobody_silent_needs_no_estimate():
    assert likely_outputs(steady(), NOW) == ()


def test_common_growth_is_the_method_to_compare_with():
    cities = [
        # Its own growth would say something else.
        city("370600", {"2025Q2": "30", "2024Q2": "20", "2024Q3": "30", "2023Q3": "15"}),
        *(
            city(code, {"2025Q3": "24.2", "2024Q3": "20", "2023Q3": "18"})
            for code in CODES
            if code != "370600"
        ),
    ]
    (found,) = likely_outputs(cities, NOW, method=EstimateMethod.COMMON_GROWTH)
    assert found.centre == Decimal("36.3")
    assert found.since == NOW.year_earlier()


def test_its_ends_are_its_own_errors():
    amounts = {code: (10 + at, 21 - at, 30 + at) for at, code in enumerate(CODES)}
    cities = [
        city(code, {"2023Q3": str(a), "2024Q3": str(b), "2025Q3": str(c)})
        for code, (a, b, c) in amounts.items()
    ]
    fewer = without(cities, "370600", NOW)

    def errors(now, then, codes):
        for code in codes:
            others = [amounts[one] for one in codes if one != code]
            k = Decimal(sum(one[now] for one in others)) / sum(one[then] for one in others)
            yield amounts[code][now] / (amounts[code][then] * k)

    known = [code for code in CODES if code != "370600"]
    every = [*errors(2, 1, known), *errors(1, 0, CODES)]
    (found,) = likely_outputs(fewer, NOW, cumulative=False, method=EstimateMethod.COMMON_GROWTH)
    assert abs(found.low / found.centre - min(every)) < Decimal("1e-20")
    assert abs(found.high / found.centre - max(every)) < Decimal("1e-20")


def test_without_last_year_it_gives_no_estimate():
    others = [one for one in steady() if one.city != "370600"]
    cities = [*others, city("370600", {"2025Q2": "1"})]
    found = likely_outputs(
        cities, NOW, least_weight=Decimal("0"), method=EstimateMethod.COMMON_GROWTH
    )
    assert found is NoEstimate.NO_EARLIER_FIGURE


def test_a_city_that_once_was_silent_leaves_the_others_errors():
    cities = steady()
    once = cities[0]
    cities[0] = CityOutput(
        once.city,
        once.in_cluster,
        {q: amount for q, amount in once.amounts.items() if q != BEFORE.year_earlier()},
    )
    assert len(earlier_errors(cities, NOW, BEFORE)) == 29


def test_without_any_figure_there_are_no_errors():
    assert earlier_errors([city("370100", {})], NOW, BEFORE) == []
    assert earlier_errors([], NOW, BEFORE) == []


def test_the_smallest_amounts_are_estimated_too():
    cities = [
        CityOutput(one.city, one.in_cluster, {q: a / 10**6 for q, a in one.amounts.items()})
        for one in steady()
    ]
    (found,) = likely_outputs(without(cities, "370600", NOW), NOW)
    assert found.centre == Decimal("0.001089")
    assert len(earlier_errors(cities, NOW, BEFORE)) == 30


def test_from_nothing_nothing_is_estimated_and_no_error_told():
    cities = [*steady(), city("371700", {"2025Q2": "0", "2025Q3": "0"})]
    assert len(earlier_errors(cities, NOW, BEFORE)) == 30


def test_figures_that_may_fall_have_no_ceiling_either():
    later = [
        CityOutput(one.city, one.in_cluster, {**one.amounts, Quarter(2025, 4): Decimal("5")})
        if one.city == "370600"
        else one
        for one in steady()
    ]
    (found,) = likely_outputs(without(later, "370600", NOW), NOW, cumulative=False)
    assert found.centre == Decimal("1089")


def test_exactly_half_is_a_share():
    cities = [city("370100", {"2025Q3": "5"}), city("370400", {"2025Q3": "5"})]
    half = Decimal("0.5")
    assert likely_share(cities, NOW, ()) == LikelyRange(half, half, half)


def test_the_share_is_lowest_with_the_clusters_low_and_the_others_high():
    cities = without(without(steady(), "370100", NOW), "370600", NOW)
    inside, outside = likely_outputs(cities, NOW)
    made = {one.city: one.made(NOW) for one in cities if one.has(NOW)}
    clusters = sum(made[code] for code in ("370200", "370300"))
    rest = sum(made.values()) - clusters
    found = likely_share(cities, NOW, (inside, outside))

    def share(one, other):
        return (clusters + one) / (clusters + one + rest + other)

    assert found == LikelyRange(
        share(inside.low, outside.high),
        share(inside.centre, outside.centre),
        share(inside.high, outside.low),
    )


def test_a_share_of_nothing_is_none():
    assert likely_share([city("370100", {"2025Q3": "0"})], NOW, ()) is None


def test_a_total_has_all_at_their_low_and_all_at_their_high():
    cities = without(without(steady(), "370100", NOW), "370600", NOW)
    estimates = likely_outputs(cities, NOW)
    known = sum(one.made(NOW) for one in cities if one.has(NOW))
    found = likely_level(cities, NOW, estimates)
    assert found.low == known + sum(one.low for one in estimates)
    assert found.centre == known + sum(one.centre for one in estimates)
    assert found.high == known + sum(one.high for one in estimates)


@given(
    st.lists(st.decimals("0.7", "1.4", places=3), min_size=10, max_size=10),
    st.decimals("0.7", "1.4", places=3),
    st.sampled_from(CODES),
)
def test_where_cities_keep_their_own_growth_the_truth_is_estimated_exactly(own, common, silent):
    cities = []
    for growth, code in zip(own, CODES, strict=True):
        figures = {"2024Q2": Decimal("100"), "2024Q3": Decimal("170")}
        figures |= {"2025Q2": 100 * growth, "2025Q3": 170 * growth * common}
        cities.append(city(code, figures))
    truth = {one.city: one.made(NOW) for one in cities}
    (found,) = likely_outputs(without(cities, silent, NOW), NOW, cumulative=False)
    assert abs(found.centre / truth[silent] - 1) < Decimal("1e-15")
    assert found.low <= truth[silent] <= found.high
