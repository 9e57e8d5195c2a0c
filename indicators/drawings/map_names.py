"""Places of the names on a map whose texts keep their size at every width."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from indicators.drawings.labels import text_width

# In pixels: the map on a telephone of 320, and beside other columns on a desk.
NARROW, WIDE = Decimal("288"), Decimal("400")
HEIGHT = Decimal("15")
# How far a name may move from the middle of its city, in pixels: little first.
MOVES = tuple(
    (dx, dy)
    for dx, dy in sorted(
        ((x, y) for x in range(-40, 41, 8) for y in range(-20, 21, 4)),
        key=lambda move: (abs(move[0]) + 2 * abs(move[1]), move),
    )
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A name and the middle of its city, in the coordinates of the outlines."""

    name: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class NameSpot:
    """
    A name where it stands: percent of the map's width and height, then pixels from there.

    is_wide  whether it only fits a map beside other columns
    """

    name: str
    x: Decimal
    y: Decimal
    dx: int
    dy: int
    is_wide: bool = False


def name_spots(wanted: Sequence[Wanted], width: int, height: int) -> tuple[NameSpot, ...]:
    """
    Return the names that find a place, the important first; none touches another.

    On a wider map places only move apart, so what holds on the narrow one holds on every.
    """
    ratio = Decimal(height) / width
    standing: list[NameSpot] = []
    for at, is_wide in ((NARROW, False), (WIDE, True)):
        placed = {one.name for one in standing}
        for one in wanted:
            if one.name in placed:
                continue
            spot = _free(one, width, height, standing, at, at * ratio, is_wide)
            if spot:
                standing.append(spot)
    return tuple(standing)


def _free(
    one: Wanted,
    width: int,
    height: int,
    standing: Sequence[NameSpot],
    pixels: Decimal,
    tall: Decimal,
    is_wide: bool,
) -> NameSpot | None:
    x, y = (Decimal(one.x) / width * 100, Decimal(one.y) / height * 100)
    for dx, dy in MOVES:
        spot = NameSpot(one.name, _short(x), _short(y), dx, dy, is_wide)
        if _inside(spot, pixels, tall) and all(
            apart(spot, other, pixels, tall) for other in standing
        ):
            return spot
    return None


def _middle(spot: NameSpot, pixels: Decimal, tall: Decimal) -> tuple[Decimal, Decimal]:
    return spot.x * pixels / 100 + spot.dx, spot.y * tall / 100 + spot.dy


def _inside(spot: NameSpot, pixels: Decimal, tall: Decimal) -> bool:
    x, y = _middle(spot, pixels, tall)
    half = text_width(spot.name) / 2
    return half <= x <= pixels - half and HEIGHT / 2 <= y <= tall - HEIGHT / 2


def apart(one: NameSpot, other: NameSpot, pixels: Decimal, tall: Decimal) -> bool:
    """
    Return whether two names do not touch on a map so many pixels wide and tall, nor on a larger.

    They lie apart in the order of their cities, which a larger map only draws out.
    """
    (x1, y1), (x2, y2) = _middle(one, pixels, tall), _middle(other, pixels, tall)
    across = (x2 - x1) * _sign(other.x - one.x)
    down = (y2 - y1) * _sign(other.y - one.y)
    widths = (text_width(one.name) + text_width(other.name)) / 2
    return across >= widths or down >= HEIGHT


def _sign(difference: Decimal) -> int:
    return -1 if difference < 0 else 1


def _short(place: Decimal) -> Decimal:
    return place.quantize(Decimal("0.01"))
