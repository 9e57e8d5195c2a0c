from decimal import Decimal

import pytest

from foundation.quarters import Quarter
from indicators.data.snapshot_reader import snapshot
from indicators.overview.city_map import city_map
from tests.factories import CITIES, make_city, make_city_return, make_period, make_publication
from tests.indicators.results.shown import seen
from tests.province import make_province

pytestmark = pytest.mark.django_db
Q3 = Quarter(2025, 3)
YANTAI = "370600"


def drawn(silent=(), with_year=True, known=16):
    make_province(silent=silent)
    for n, code in enumerate(CITIES) if with_year else ():
        for quarter in ("2024Q2", "2024Q3", "2025Q2")[: 3 if n < known else 0]:
            amount = Decimal(100 - n) * 1_000_000
            make_city_return(make_city(code), make_period(quarter), output_value=f"{amount:.2f}")
    make_publication()
    return city_map(snapshot(seen()), Q3)


def by_key(found):
    return {one.key: one for one in found.measures}


def test_growth_and_share_are_the_measures_of_a_complete_quarter():
    found = by_key(drawn())

    assert list(found) == ["growth", "share"]
    assert found["share"].title == "Province share"
    assert len(found["growth"].shades) == 16
    # The later cities grew faster: from a smaller year before.
    assert found["growth"].shades["371700"] > found["growth"].shades["370100"]


def test_a_silent_city_is_hatched_has_no_shade_and_the_share_is_called_an_estimate():
    found = drawn(silent=[YANTAI])
    measures = by_key(found)

    [silent] = [one for one in found.cities if one.is_silent]
    assert (silent.city.code, set(silent.shades)) == (YANTAI, {0})
    assert measures["share"].title == "Province share (estimate)"
    assert YANTAI not in measures["share"].shades
    assert found.has_silent
    assert "hatched" in found.words


def test_no_share_is_shaded_where_too_little_is_reported_to_estimate_the_rest():
    found = drawn(silent=list(CITIES)[:14])
    assert list(by_key(found)) == ["growth"]


def test_without_a_year_before_there_is_no_growth():
    assert list(by_key(drawn(with_year=False))) == ["share"]


def test_equal_shares_are_one_class():
    [share] = drawn(with_year=False).measures
    assert [one.words for one in share.classes] == ["all alike"]
    assert set(share.shades.values()) == {2}


def test_with_nobody_nothing_is_shaded_and_the_map_says_so():
    found = drawn(silent=list(CITIES), with_year=False)
    assert found.measures == ()
    assert all(one.is_silent for one in found.cities)
    assert "without a figure" in found.words


def test_the_key_says_the_limits_of_every_class():
    growth = by_key(drawn())["growth"]
    words = [one.words for one in growth.classes]
    assert words[0].startswith("under ")
    assert words[-1].endswith("% and over")
    assert [one.number for one in growth.classes] == list(range(1, len(words) + 1))


def test_the_clusters_are_drawn_last_with_their_number():
    cities = drawn().cities
    assert [one.cluster for one in cities][-3:] == [1, 2, 3]
    assert {one.cluster for one in cities[:-3]} == {None}
