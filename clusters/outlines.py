"""Where the cities lie: outlines for the map."""

import json
import math
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
WIDTH = 1000


@dataclass(frozen=True)
class Outline:
    """
    A city on the map.

    path  the outline as an SVG path; units are a thousandth of the map's width
    x, y  the middle of its largest piece, for a name
    """

    path: str
    x: int
    y: int


@cache
def outlines() -> dict[str, Outline]:
    """Return the outline of every city by its GB/T 2260 code."""
    return {
        code: Outline(_path(rings), *_middle(max(rings, key=_area)))
        for code, rings in _projected().items()
    }


@cache
def height() -> int:
    """Return the map's height, where its width is WIDTH."""
    return max(y for rings in _projected().values() for ring in rings for _, y in ring) + 1


@cache
def _projected() -> dict[str, list[list[tuple[int, int]]]]:
    """Return each city's rings in the map's units, by code."""
    rings = {}
    for feature in json.loads((FIXTURES / "city_outlines.geojson").read_text())["features"]:
        shape = feature["geometry"]
        pieces = shape["coordinates"]
        pieces = pieces if shape["type"] == "MultiPolygon" else [pieces]
        rings[str(feature["properties"]["adcode"])] = [ring for piece in pieces for ring in piece]
    points = [point for city in rings.values() for ring in city for point in ring]
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    # At this size a province may be drawn flat; only degrees of longitude are shorter here.
    shorter = math.cos(math.radians((south + north) / 2))
    scale = WIDTH / ((east - west) * shorter)
    return {
        code: [
            [(round((x - west) * shorter * scale), round((north - y) * scale)) for x, y in ring]
            for ring in city
        ]
        for code, city in rings.items()
    }


def _path(rings: list[list[tuple[int, int]]]) -> str:
    """Return rings as one SVG path: where each begins, then steps, which are short to write."""
    return "".join(_steps(list(dict.fromkeys(ring))) for ring in rings)


def _steps(ring: list[tuple[int, int]]) -> str:
    """Return a ring as a piece of an SVG path."""
    (x, y), *_rest = ring
    steps = " ".join(f"{b[0] - a[0]},{b[1] - a[1]}" for a, b in pairwise(ring))
    return f"M{x},{y}l{steps}z"


def _area(ring: list[tuple[int, int]]) -> float:
    """Return what a ring encloses."""
    return abs(sum(_crosses(ring))) / 2


def _crosses(ring: list[tuple[int, int]]) -> list[int]:
    """Return the cross product of each side of a ring."""
    sides = zip(ring, ring[1:] + ring[:1], strict=True)
    return [x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in sides]


def _middle(ring: list[tuple[int, int]]) -> tuple[int, int]:
    """Return the centre of mass of what a ring encloses."""
    crosses = _crosses(ring)
    sides = list(zip(ring, ring[1:] + ring[:1], strict=True))
    six_areas = 3 * sum(crosses)
    x = sum((a[0] + b[0]) * c for (a, b), c in zip(sides, crosses, strict=True)) / six_areas
    y = sum((a[1] + b[1]) * c for (a, b), c in zip(sides, crosses, strict=True)) / six_areas
    return round(x), round(y)
