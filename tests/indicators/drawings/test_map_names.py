from itertools import combinations

import pytest

from clusters import outlines
from indicators.drawings.map_names import NARROW, WIDE, Wanted, apart, name_spots
from tests.factories import CITIES


def wanted(part):
    there = outlines.outlines()
    return [Wanted(city[part], there[code].x, there[code].y) for code, city in CITIES.items()]


@pytest.mark.parametrize("part", [2, 3], ids=["Chinese", "English"])
def test_every_city_has_its_name_and_no_two_touch(part):
    height = outlines.height()
    found = name_spots(wanted(part), outlines.WIDTH, height)

    assert {one.name for one in found} == {city[part] for city in CITIES.values()}
    for pixels in (NARROW, WIDE, WIDE * 2):
        shown = [one for one in found if pixels >= WIDE or not one.is_wide]
        tall = pixels * height / outlines.WIDTH
        assert [pair for pair in combinations(shown, 2) if not apart(*pair, pixels, tall)] == []


def test_chinese_names_stand_in_the_middle_of_their_cities():
    found = name_spots(wanted(2), outlines.WIDTH, outlines.height())
    assert {(one.dx, one.dy, one.is_wide) for one in found} == {(0, 0, False)}


def test_a_name_that_finds_no_place_is_left_out():
    crowd = [Wanted(f"City {n}", 500, 300) for n in range(60)]
    assert 1 < len(name_spots(crowd, 1000, 633)) < 60
