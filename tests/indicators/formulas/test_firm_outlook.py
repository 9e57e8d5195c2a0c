"""Tests of where an enterprise's year is heading."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.formulas.firm_outlook import Basis, Prospect, firm_outlook, share_of_year

THRESHOLD = Decimal("100000000")

shares = st.none() | st.decimals("-0.5", "1.5", places=4)


def outlook(cumulative, quarter=2, **shares):
    """The outlook of a firm with this revenue, in yuan."""
    return firm_outlook(
        cumulative=Decimal(cumulative), quarter=quarter, threshold=THRESHOLD, **shares
    )


@pytest.mark.parametrize(
    ("cumulative", "prospect"),
    [
        pytest.param("100000000.01", Prospect.SECURED, id="over already"),
        pytest.param("100000000", Prospect.ON_PACE, id="exactly 100,000,000 yuan: not over yet"),
        pytest.param("50000000.01", Prospect.ON_PACE, id="projected a little over"),
        pytest.param("50000000", Prospect.NEAR_MISS, id="projected at the threshold exactly"),
        pytest.param("40000000", Prospect.NEAR_MISS, id="projected at 80 % of it"),
        pytest.param("39999999.99", Prospect.OUT_OF_REACH, id="projected below 80 %"),
        pytest.param("0", Prospect.OUT_OF_REACH, id="nothing"),
        pytest.param("-1", Prospect.OUT_OF_REACH, id="a correction below zero"),
    ],
)
def test_prospect_at_half_year(cumulative, prospect):
    assert outlook(cumulative).prospect is prospect


@pytest.mark.parametrize(
    ("given_shares", "low", "high"),
    [
        pytest.param({"own": "0.4", "city": "0.5", "province": "0.8"}, 50, 100, id="all three"),
        pytest.param({"own": "0.8", "province": "0.5"}, 50, 80, id="two of them"),
        pytest.param({"own": "0.4"}, 80, 100, id="one, and the calendar"),
        pytest.param({}, 80, 80, id="only the calendar"),
        pytest.param({"own": "0.04", "city": "1.1", "province": "0.8"}, 50, 80, id="two no use"),
    ],
)
def test_the_range_is_that_of_every_known_part_of_a_year(given_shares, low, high):
    shares = {name: Decimal(text) for name, text in given_shares.items()}
    seen = outlook("40", quarter=2, **shares)
    assert (seen.low, seen.high) == (low, high)


def test_at_the_years_end_there_is_no_range():
    seen = outlook("40", quarter=4, own=Decimal("0.5"), city=Decimal("0.25"))
    assert (seen.low, seen.projection, seen.high) == (40, 40, 40)


@given(st.decimals("-1e9", "1e9", places=2), st.integers(1, 4), shares, shares, shares)
def test_the_projection_lies_in_its_range(cumulative, quarter, own, city, province):
    seen = firm_outlook(
        cumulative=cumulative,
        quarter=quarter,
        threshold=THRESHOLD,
        own=own,
        city=city,
        province=province,
    )
    assert seen.low <= seen.projection <= seen.high


def test_who_has_not_reported_has_no_outlook():
    assert firm_outlook(cumulative=None, quarter=2, threshold=THRESHOLD) is None


def test_the_projection_follows_the_enterprises_own_last_year():
    own = share_of_year(Decimal("30000000"), Decimal("120000000"))
    seen = outlook("24000000", own=own)
    assert (seen.projection, seen.basis, seen.share) == (96000000, Basis.OWN, Decimal("0.25"))
    assert (seen.gap, seen.to_earn) == (4000000, 76000000)


@pytest.mark.parametrize(
    ("given_shares", "basis"),
    [
        ({"own": "0.4", "city": "0.5", "province": "0.6"}, Basis.OWN),
        ({"own": None, "city": "0.5", "province": "0.6"}, Basis.CITY),
        ({"own": "0", "city": "-0.1", "province": "0.6"}, Basis.PROVINCE),
        ({"own": "1.01", "city": "0.049", "province": None}, Basis.CALENDAR),
        ({"own": "1", "city": "0.5"}, Basis.OWN),
        ({"own": "0.05", "city": "0.5"}, Basis.OWN),
    ],
)
def test_the_first_usable_share_of_the_year_is_taken(given_shares, basis):
    decimals = {name: text and Decimal(text) for name, text in given_shares.items()}
    assert outlook("1000", **decimals).basis is basis


@pytest.mark.parametrize(("quarter", "share"), [(1, "0.25"), (2, "0.5"), (3, "0.75")])
def test_without_any_last_year_the_calendar_says_how_much_is_over(quarter, share):
    assert outlook("1000", quarter).share == Decimal(share)


def test_at_the_years_end_the_projection_is_the_figure_itself():
    seen = outlook("98000000", 4, own=Decimal("0.5"))
    assert (seen.projection, seen.basis) == (98000000, Basis.ACTUAL)
    assert (seen.prospect, seen.gap) == (Prospect.NEAR_MISS, 2000000)


@pytest.mark.parametrize(
    ("by_then", "whole_year"),
    [(None, "100"), ("50", None), ("50", "0"), ("-50", "100"), ("150", "100"), ("4.9", "100")],
)
def test_a_last_year_that_is_no_use_gives_no_share(by_then, whole_year):
    decimals = [text and Decimal(text) for text in (by_then, whole_year)]
    assert share_of_year(*decimals) is None


def test_a_year_of_one_yuan_has_its_share_too():
    assert share_of_year(Decimal("0.30"), Decimal("1")) == Decimal("0.3")


def test_two_negative_figures_are_taken_for_no_year():
    assert share_of_year(Decimal("-50"), Decimal("-100")) is None


@pytest.mark.parametrize("quarter", [0, 5])
def test_there_is_no_such_quarter(quarter):
    with pytest.raises(ValueError, match="no quarter"):
        outlook("1", quarter)


@given(st.decimals("0", "1e12", places=2), st.integers(1, 4), shares, shares, shares)
def test_a_projection_never_lies_below_what_was_earned(cumulative, quarter, own, city, province):
    seen = outlook(cumulative, quarter, own=own, city=city, province=province)
    assert seen.projection >= cumulative
    assert seen.gap <= seen.to_earn


@given(st.decimals("0", "1e9", places=2), st.decimals("0", "1e9", places=2), shares)
def test_who_earns_more_is_no_further_away(less, more, own):
    less, more = sorted((less, more))
    order = list(Prospect)
    assert order.index(outlook(more, own=own).prospect) <= order.index(
        outlook(less, own=own).prospect
    )


def test_the_calendar_widens_no_range_that_two_known_years_give():
    known = {"own": Decimal("0.5"), "city": Decimal("0.4"), "province": Decimal("0.5")}
    for left_out in ({}, {"province": None}):
        seen = outlook("20", quarter=1, **known | left_out)
        assert (seen.low, seen.high) == (40, 50)


def test_half_a_cent_is_rounded_up():
    assert outlook("0.01", quarter=2, own=Decimal("0.8")).projection == Decimal("0.01")
    assert outlook("0.05", quarter=2, own=Decimal("0.4")).projection == Decimal("0.13")
