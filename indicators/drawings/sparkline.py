"""A sparkline: the few last values of one of several things that share an axis."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from indicators.drawings.axis import Axis, fitted

# In pixels: the drawing has this size at every width of the page.
WIDTH, HEIGHT, MARGIN = 90, 18, 3
NO_ROOM = Decimal("0")


@dataclass(frozen=True, slots=True)
class Sparkline:
    """
    A line of values at equal distances, in pixels of the drawing.

    points    as SVG writes them
    end       the place of the last value
    is_open   whether that is not the newest that the others have
    """

    points: str
    end: tuple[Decimal, Decimal]
    is_open: bool


def shared_axis(series: Iterable[Sequence[Decimal | None]]) -> Axis | None:
    """Return the axis of several lines: so one's slope can be compared with another's."""
    every = [value for one in series for value in one if value is not None]
    return fitted(every, before=NO_ROOM, after=NO_ROOM) if every else None


def sparkline(values: Sequence[Decimal | None], axis: Axis) -> Sparkline | None:
    """
    Return the line of a series; None with fewer than two values.

    A value that is missing inside is passed over; missing at the end leaves the end open.
    """
    steps = max(len(values) - 1, 1)
    step = Decimal(WIDTH - 2 * MARGIN) / steps
    height = Decimal(HEIGHT - 2 * MARGIN)
    places = [
        (_short(MARGIN + n * step), _short(HEIGHT - MARGIN - axis.at(value) / 100 * height))
        for n, value in enumerate(values)
        if value is not None
    ]
    if len(places) < 2:
        return None
    points = " ".join(f"{x},{y}" for x, y in places)
    return Sparkline(points, places[-1], is_open=values[-1] is None)


def _short(place: Decimal) -> Decimal:
    return place.quantize(Decimal("0.1"))
