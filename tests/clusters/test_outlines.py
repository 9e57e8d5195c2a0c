import json
import re

from clusters import outlines
from clusters.outlines import FIXTURES, WIDTH


def codes():
    return {city["code"] for city in json.loads((FIXTURES / "cities.json").read_text())["cities"]}


def test_every_city_has_an_outline():
    assert outlines.outlines().keys() == codes()


def test_outlines_are_closed_and_lie_on_the_map():
    for one in outlines.outlines().values():
        assert re.fullmatch(r"(M[0-9]+,[0-9]+l(-?[0-9]+,-?[0-9]+ ?)+z)+", one.path)
        assert 0 < one.x < WIDTH
        assert 0 < one.y < outlines.height()


def test_east_is_right_and_north_is_up():
    found = outlines.outlines()
    heze, weihai, dezhou, zaozhuang = (found[f"37{n}"] for n in ("1700", "1000", "1400", "0400"))

    assert heze.x < weihai.x
    assert dezhou.y < zaozhuang.y


def test_a_name_stands_inside_its_city():
    """The middle of Jinan is nearer to Jinan's own border than to Weihai's."""
    jinan, tai = outlines.outlines()["370100"], outlines.outlines()["370900"]
    assert jinan.y < tai.y
    assert abs(jinan.x - tai.x) < 100
