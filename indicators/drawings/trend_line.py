"""A small trend: a solid line of what is complete, dashed to the likely range of what is not."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from indicators.drawings.axis import Axis, fitted
from indicators.drawings.labels import Label, PlacedLabel, Spot, place

# In pixels: the height of the drawing, and between what the line lies.
HEIGHT, TOP, BOTTOM = 100, 18, 72
AXIS_LINE = 98
# Percent of the width that stay free on both sides.
MARGIN = Decimal("4")
# The least height of a whisker: a shorter one would not be seen.
LEAST_WHISKER = Decimal("6")
NARROWEST = Decimal("150")
ROOM = Decimal("0.08")


@dataclass(frozen=True, slots=True)
class TrendValue:
    """
    A value of a trend.

    at     its place in time; the distance between two is what counts
    value  the figure
    label  what stands beside it; "" for nothing
    """

    at: int
    value: Decimal
    label: str = ""


@dataclass(frozen=True, slots=True)
class Likely:
    """What is expected at a time: ends are None together, where only the middle is known."""

    at: int
    low: Decimal | None
    centre: Decimal
    high: Decimal | None


@dataclass(frozen=True, slots=True)
class TrendLine:
    """
    A trend as it is drawn. x in percent of the width, y in pixels.

    points   of the solid line, as SVG writes them, where the width is 100
    dashed   the two ends of what is expected; None where nothing is
    whisker  x and the two y of the likely range; None without ends
    dots     x, y and whether it is open
    target   y of the target's line; None without a target
    """

    points: str
    dashed: tuple[Decimal, Decimal, Decimal, Decimal] | None
    whisker: tuple[Decimal, Decimal, Decimal] | None
    dots: tuple[tuple[Decimal, Decimal, bool], ...]
    target: Decimal | None
    labels: tuple[PlacedLabel, ...]
    height: int = HEIGHT


def trend_line(
    values: Sequence[TrendValue],
    likely: Likely | None = None,
    *,
    target: tuple[Decimal, str] | None = None,
    foot: Sequence[str] = ("", "", ""),
) -> TrendLine | None:
    """
    Return the drawing of a trend; None with fewer than two things to connect.

    target is its value and words; foot what stands beneath at the left, middle and right.
    """
    if len(values) + bool(likely) < 2 or not values:
        return None
    place_of = _Places(values, likely, target)
    spots = [(place_of.x(one.at), place_of.y(one.value), one) for one in values]
    points = " ".join(f"{x},{y}" for x, y, _one in spots)
    x, y = spots[-1][:2]
    labelled = [(x, y, False) for x, y, one in spots if one.label]
    return TrendLine(
        points=points if len(values) > 1 else "",
        dashed=(x, y, place_of.x(likely.at), place_of.y(likely.centre)) if likely else None,
        whisker=_whisker(likely, place_of) if likely else None,
        dots=(*labelled, *_open_dot(likely, place_of)),
        target=place_of.y(target[0]) if target else None,
        labels=place(_labels(spots, place_of, target, foot), NARROWEST),
    )


class _Places:
    """From a time and a value to a place in the drawing."""

    def __init__(
        self,
        values: Sequence[TrendValue],
        likely: Likely | None,
        target: tuple[Decimal, str] | None,
    ) -> None:
        times = [one.at for one in values] + ([likely.at] if likely else [])
        ends = [likely.low, likely.centre, likely.high] if likely else []
        figures = [one.value for one in values] + [end for end in ends if end is not None]
        figures += [target[0]] if target else []
        self.times = Axis(Decimal(min(times)), Decimal(max(max(times), min(times) + 1)))
        self.figures = fitted(figures, before=Decimal("0"), after=ROOM)

    def x(self, at: int) -> Decimal:
        """Return the percent of the width at which a time lies."""
        return _short(MARGIN + self.times.at(Decimal(at)) * (100 - 2 * MARGIN) / 100)

    def y(self, value: Decimal) -> Decimal:
        """Return the pixel at which a value lies."""
        return _short(BOTTOM - self.figures.at(value) * (BOTTOM - TOP) / 100)


def _whisker(likely: Likely, place_of: _Places) -> tuple[Decimal, Decimal, Decimal] | None:
    if likely.low is None or likely.high is None:
        return None
    upper, lower = place_of.y(likely.high), place_of.y(likely.low)
    more = max(LEAST_WHISKER - (lower - upper), Decimal("0")) / 2
    return place_of.x(likely.at), upper - more, lower + more


def _open_dot(
    likely: Likely | None, place_of: _Places
) -> tuple[tuple[Decimal, Decimal, bool], ...]:
    """Return the mark of an expectation without ends."""
    if likely is None or likely.low is not None:
        return ()
    return ((place_of.x(likely.at), place_of.y(likely.centre), True),)


def _labels(
    spots: Sequence[tuple[Decimal, Decimal, TrendValue]],
    place_of: _Places,
    target: tuple[Decimal, str] | None,
    foot: Sequence[str],
) -> list[Label]:
    """Return the texts, the most important first."""
    left, middle, right = foot
    beneath = [
        Label(left, [Spot(Decimal("0"), AXIS_LINE, "start")]),
        Label(right, [Spot(Decimal("100"), AXIS_LINE, "end")]),
    ]
    last = len(spots) - 1
    values = [
        Label(one.label, _beside(x, y, is_last=n == last and n > 0))
        for n, (x, y, one) in enumerate(spots)
        if one.label
    ]
    aim = []
    if target:
        y = int(place_of.y(target[0]))
        ends = [Spot(Decimal("0"), y - 4, "start"), Spot(Decimal("100"), y - 4, "end")]
        below = [Spot(Decimal("0"), y + 14, "start"), Spot(Decimal("100"), y + 14, "end")]
        aim = [Label(target[1], [*ends, *below])]
    # The newest value before the others, the middle of the foot last.
    newest = values[-1:] if values and spots[-1][2].label else []
    others = [one for one in values if one not in newest]
    rest = [Label(middle, [Spot(Decimal("50"), AXIS_LINE)])] if middle else []
    return [*(one for one in beneath if one.text), *newest, *aim, *others, *rest]


def _beside(x: Decimal, y: Decimal, *, is_last: bool) -> list[Spot]:
    """Return the spots around a dot: above the newest, beneath the others, then anywhere."""
    above, below = int(y) - 7, int(y) + 15
    if is_last:
        return [
            Spot(x, above, "end", 4),
            Spot(x, below, "end", 4),
            Spot(x, above),
            Spot(x, below),
            Spot(x, int(y) + 4, "end", -8),
        ]
    return [
        Spot(x, below, "start", 0),
        Spot(x, below),
        Spot(x, above, "end", 4),
        Spot(x, above, "start"),
        Spot(x, below, "end", 4),
    ]


def _short(place: Decimal) -> Decimal:
    return place.quantize(Decimal("0.01"))
