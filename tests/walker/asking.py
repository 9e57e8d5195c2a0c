"""Questions that a test asks of what was read."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal

from tests.walker.values import ShownValue, Surface, SurfaceReading

Read = Iterable[tuple[Surface, SurfaceReading]]
Shown = Iterator[tuple[Surface, ShownValue]]
MOST_PLACES = 4
HUNDRED = Decimal(100)


def shows(value: ShownValue, number: Decimal, *, least_places: int = 0) -> bool:
    """
    Return whether a value is a number, rounded half up to 0–4 places, as it is or in percent.

    number is a fraction (0.60123) or an amount in the value's own unit; 60.1 with the unit %,
    60.1 in a chart and 0.601 in a file all show 0.60123.

    least_places  leaves out what is rounded so far that it says little: 60 % with 1
    """
    if value.number is None:
        return False
    places = max(-int(value.number.as_tuple().exponent), 0)
    if places > MOST_PLACES:
        return value.number in (number, number * HUNDRED)
    for factor in (Decimal(1), HUNDRED):
        written = places if factor != 1 or value.kind in ("percent", "points") else places - 2
        if (written if abs(number) <= 1 else places) < least_places:
            continue
        if _rounded(number * factor, places) == value.number:
            return True
    return False


def _rounded(number: Decimal, places: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def showing(
    readings: Read, number: Decimal, *, kinds: Iterable[str] = (), least_places: int = 0
) -> Shown:
    """Yield the values that show a number; kinds are those of units, "" for none, empty for any."""
    wanted = frozenset(kinds)
    for surface, reading in readings:
        for value in reading.values:
            if wanted and value.kind not in wanted:
                continue
            if shows(value, number, least_places=least_places):
                yield surface, value


def called(readings: Read, label: str) -> Shown:
    """Yield the values whose label, or anything they stand under, is a message id or matches it."""
    pattern = re.compile(label) if set(label) & set("*^$[") else None
    for surface, reading in readings:
        for value in reading.values:
            names = (value.label, *value.context)
            if label in names or (pattern and any(pattern.search(name) for name in names)):
                yield surface, value


def claims(readings: Read) -> dict[tuple[str, str, str], dict[Decimal, list[Surface]]]:
    """
    Group the numbers by what they claim to be: the label, its placeholder, the kind of unit.

    Two numbers under one claim are not always a contradiction: a row's name and the moment are
    no part of it. Narrow the readings first.
    """
    grouped: dict = defaultdict(lambda: defaultdict(list))
    for surface, reading in readings:
        for value in reading.values:
            if value.number is not None:
                grouped[value.label, value.part, value.kind][value.number].append(surface)
    return {claim: dict(numbers) for claim, numbers in grouped.items()}
