"""Tests of how far the clusters' share could move."""

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from clusters.quarters import Quarter
from indicators.formulas.city_output import CityOutput
from indicators.formulas.cluster_share import cluster_share
from indicators.formulas.incomparable import Incomparable
from indicators.formulas.share_bounds import Record, share_bounds

NOW = Quarter(2025, 3)
BEFORE, A_YEAR_AGO = Quarter(2025, 2), Quarter(2024, 3)
CLUSTERS = ("370100", "370200", "370300")

amounts = st.decimals("0", "1e12", places=2)


def city(code, now=None, before=None, a_year_ago=None):
    """One city: what it reported for this quarter, the one before, and a year ago."""
    figures = {NOW: now, BEFORE: before, A_YEAR_AGO: a_year_ago}
    return CityOutput(
        code,
        code in CLUSTERS,
        {q: Decimal(text) for q, text in figures.items() if text is not None},
    )


@st.composite
def provinces(draw):
    """Six cities, three of them clusters, some silent, and what each made in truth."""
    codes = (*CLUSTERS, "370400", "370500", "370600")
    cities, truth = [], {}
    for code in codes:
        now, before, a_year_ago = (draw(st.none() | amounts) for _ in range(3))
        cities.append(city(code, now, before, a_year_ago))
        truth[code] = now
    return cities, truth


def test_with_everybody_heard_nothing_can_move():
    bounds = share_bounds([city("370100", "60"), city("370400", "40")], NOW)
    assert bounds.value == bounds.low == bounds.high == Decimal("0.6")
    assert bounds.assumptions == ()


def test_a_silent_city_outside_the_clusters_only_lowers_the_share():
    cities = [
        city("370100", now="60", a_year_ago="50"),
        city("370400", now="40", a_year_ago="40"),
        city("370600", a_year_ago="20"),
    ]
    bounds = share_bounds(cities, NOW)
    (yantai,) = bounds.assumptions
    assert (bounds.value, bounds.high) == (Decimal("0.6"), Decimal("0.6"))
    assert bounds.low == Decimal("60") / Decimal("124")
    assert (yantai.city, yantai.in_cluster, yantai.floor) == ("370600", False, 0)
    assert yantai.ceiling == Decimal("24.00")
    assert yantai.record == Record(A_YEAR_AGO, Decimal("20"), Decimal("1.2"), "370100")


def test_a_silent_cluster_only_raises_the_share():
    cities = [
        city("370100", now="60", before="30"),
        city("370400", now="40", before="30"),
        city("370300", before="10"),
    ]
    bounds = share_bounds(cities, NOW)
    assert (bounds.low, bounds.high) == (Decimal("0.6"), Decimal("80") / Decimal("120"))


def test_of_two_records_that_give_the_same_this_years_is_named():
    cities = [
        city("370100", now="60", before="60", a_year_ago="60"),
        city("370400", before="20", a_year_ago="20"),
    ]
    (zaozhuang,) = share_bounds(cities, NOW).assumptions
    assert zaozhuang.record == Record(BEFORE, Decimal("20"), Decimal("1"), None)


def test_of_two_records_the_one_that_gives_more_is_taken():
    cities = [
        city("370100", now="90", before="60", a_year_ago="90"),
        city("370400", before="20", a_year_ago="25"),
    ]
    (zaozhuang,) = share_bounds(cities, NOW).assumptions
    assert (zaozhuang.ceiling, zaozhuang.record.quarter) == (Decimal("30.00"), BEFORE)


def test_only_the_last_record_of_the_year_is_brought_forward():
    silent = CityOutput("370400", False, {Quarter(2025, 1): Decimal("10"), BEFORE: Decimal("20")})
    (zaozhuang,) = share_bounds([city("370100", "90", "60"), silent], NOW).assumptions
    assert zaozhuang.record.quarter == BEFORE


def test_nobody_is_assumed_to_have_shrunk():
    cities = [city("370100", now="50", a_year_ago="100"), city("370400", a_year_ago="30")]
    (zaozhuang,) = share_bounds(cities, NOW).assumptions
    assert zaozhuang.ceiling == Decimal("30")
    assert zaozhuang.record == Record(A_YEAR_AGO, Decimal("30"), Decimal("1"), None)


@pytest.mark.parametrize(("code", "low", "high"), [("370400", "0", "0.6"), ("370200", "0.6", "1")])
def test_a_silent_city_without_a_record_could_be_anything(code, low, high):
    bounds = share_bounds([city("370100", "60"), city("370600", "40"), city(code)], NOW)
    assert (bounds.low, bounds.high) == (Decimal(low), Decimal(high))
    assert bounds.assumptions[0].ceiling is None


def test_a_record_is_no_use_if_nobody_shows_how_fast_one_could_grow():
    cities = [city("370100", now="60", a_year_ago="0"), city("370400", a_year_ago="30")]
    (zaozhuang,) = share_bounds(cities, NOW).assumptions
    assert (zaozhuang.ceiling, zaozhuang.record) == (None, None)


def test_when_nobody_has_reported_there_is_no_share_and_no_bound():
    bounds = share_bounds([city("370100"), city("370400")], NOW)
    assert (bounds.value, bounds.low, bounds.high) == (None, 0, 1)


def test_a_reported_zero_is_not_silence():
    bounds = share_bounds([city("370100", "60"), city("370400", "0")], NOW)
    assert (bounds.value, bounds.assumptions) == (Decimal("1"), ())


@pytest.mark.parametrize(
    "cities",
    [
        pytest.param([city("370100", "-1")], id="less than nothing"),
        pytest.param([city("370100", "1"), city("370100", "1")], id="a city given twice"),
    ],
)
def test_what_cannot_be_a_province_is_refused(cities):
    with pytest.raises(Incomparable):
        share_bounds(cities, NOW)


@given(provinces())
def test_bounds_contain_the_share_of_the_accepted(province):
    cities, _ = province
    bounds = share_bounds(cities, NOW)
    assert 0 <= bounds.low <= bounds.high <= 1
    assert bounds.value is None or bounds.low <= bounds.value <= bounds.high


@given(provinces(), st.data())
def test_bounds_contain_every_completion_within_the_assumptions(province, data):
    cities, truth = province
    bounds = share_bounds(cities, NOW)
    for one in bounds.assumptions:
        most = one.ceiling if one.ceiling is not None else Decimal("1e13")
        truth[one.city] = data.draw(st.decimals(one.floor, most, places=2))
    clusters = sum(truth[code] for code in CLUSTERS)
    if whole := sum(truth.values()):
        assert bounds.low <= cluster_share(clusters=clusters, province=whole) <= bounds.high


@given(provinces(), st.randoms())
def test_the_order_of_the_cities_is_of_no_account(province, random):
    cities, _ = province
    shuffled = random.sample(cities, len(cities))
    one, other = share_bounds(cities, NOW), share_bounds(shuffled, NOW)
    assert (one.value, one.low, one.high) == (other.value, other.low, other.high)
    assert set(one.assumptions) == set(other.assumptions)


positive = st.decimals("0.01", "1e12", places=2)
complete = st.lists(st.tuples(positive, positive), min_size=6, max_size=6)


@given(complete, st.sets(st.integers(0, 5), min_size=1, max_size=5))
def test_the_later_full_share_lies_within_unless_a_silent_city_outgrew_all_others(figures, hidden):
    codes = (*CLUSTERS, "370400", "370500", "370600")
    truth = {code: now for code, (now, _) in zip(codes, figures, strict=True)}
    growth = [now / a_year_ago for now, a_year_ago in figures]
    fastest = max([Decimal("1"), *(growth[i] for i in range(6) if i not in hidden)])
    assume(all(growth[i] <= fastest for i in hidden))

    heard = [
        city(code, None if i in hidden else figures[i][0], a_year_ago=figures[i][1])
        for i, code in enumerate(codes)
    ]
    bounds = share_bounds(heard, NOW)
    clusters = sum(truth[code] for code in CLUSTERS)
    later = cluster_share(clusters=clusters, province=sum(truth.values()))
    assert bounds.low <= later <= bounds.high


def test_there_is_no_ceiling_below_what_was_last_reported():
    # Nobody else reported the quarter before, so from its 100 nothing follows but that it was.
    cities = [city("370100", now="60", a_year_ago="50"), city("370400", None, "100", "20")]
    (zaozhuang,) = share_bounds(cities, NOW).assumptions
    assert (zaozhuang.ceiling, zaozhuang.record) == (None, None)


def test_of_two_that_grew_alike_the_lower_code_is_named_and_a_ceiling_is_rounded_up():
    cities = [
        city("370200", now="4", a_year_ago="3"),
        city("370100", now="8", a_year_ago="6"),
        city("370400", a_year_ago="1"),
    ]
    (zaozhuang,) = share_bounds(cities, NOW).assumptions
    assert zaozhuang.ceiling == Decimal("1.34")
    assert zaozhuang.record.fastest == "370100"


def test_who_made_the_same_again_did_not_grow():
    cities = [city("370100", now="50", a_year_ago="50"), city("370400", a_year_ago="30")]
    (zaozhuang,) = share_bounds(cities, NOW).assumptions
    assert zaozhuang.record == Record(A_YEAR_AGO, Decimal("30"), Decimal("1"), None)


@pytest.mark.parametrize(
    ("cities", "why"),
    [([city("370100", "-1")], "370100 made"), ([city("370100"), city("370100")], "given twice")],
)
def test_a_refusal_says_why(cities, why):
    with pytest.raises(Incomparable, match=why):
        share_bounds(cities, NOW)
