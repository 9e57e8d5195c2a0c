"""
The quarters of a target as a small picture, from its frozen series: places only, no colours.

Pages draw it as SVG (templates/submissions/_paper_picture.html), the Word document as shapes
(word_picture). Lengths are units of a field WIDTH wide and HEIGHT high, from its upper left corner.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from foundation.quarters import Quarter

WIDTH, HEIGHT = 180, 36
# Room at the edges for dots and thick lines.
MARGIN = 5
# A range is drawn at least so high: a thin one would vanish.
LEAST_RANGE = 5

Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Picture:
    """
    A target's quarters.

    label    what it shows, in words with every figure
    target   the line at the target; empty without one
    lines    the complete quarters that are connected, each of at least two places
    dashes   from a complete quarter to the range after it
    dots     the newest complete quarter, and those that nothing connects
    ranges   the quarters of which a range is known, each from its upper to its lower end
    """

    label: str
    target: tuple[Place, ...]
    lines: tuple[tuple[Place, ...], ...]
    dashes: tuple[tuple[Place, ...], ...]
    dots: tuple[Place, ...]
    ranges: tuple[tuple[Place, ...], ...]


@dataclass(frozen=True, slots=True)
class Point:
    """A quarter with its value, or the ends of its range; None where it is not known."""

    quarter: Quarter
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None

    @property
    def has_range(self) -> bool:
        """Return whether both ends of a range are known."""
        return self.low is not None and self.high is not None


def points_of(series: Mapping[str, Any]) -> list[Point]:
    """Return the points of a series (submissions.papers.series) as a paper's sheet has it."""
    return [
        Point(Quarter.parse(one["period"]), one["value"], one["low"], one["high"])
        for one in series["points"]
    ]


def picture(series: Mapping[str, Any], target: Decimal | None, label: str) -> Picture | None:
    """Return the picture of a series; None where fewer than two of its quarters are known."""
    points = points_of(series)
    if sum(one.value is not None or one.has_range for one in points) < 2:
        return None
    field = _Field(points, target)
    runs = _runs(points, by_year=series["basis"] == "year")
    lines = [
        list(stretch)
        for run in runs
        for is_known, stretch in groupby(run, lambda one: one.value is not None)
        if is_known
    ]
    newest = next((one for one in reversed(points) if one.value is not None), None)
    dots = [run[0] for run in lines if len(run) == 1]
    if newest is not None and newest not in dots:
        dots.append(newest)
    return Picture(
        label=label,
        target=() if target is None else field.across(target),
        lines=tuple(tuple(field.at(one) for one in run) for run in lines if len(run) > 1),
        dashes=tuple(field.dash(*pair) for run in runs for pair in _to_ranges(run)),
        dots=tuple(field.at(one) for one in dots),
        ranges=tuple(field.stretch(one) for one in points if one.has_range),
    )


def _runs(points: Sequence[Point], *, by_year: bool) -> list[list[Point]]:
    """Return the stretches of consecutive known quarters; a year's figures are one of their own."""
    runs: list[list[Point]] = [[]]
    for one in points:
        if one.value is None and not one.has_range:
            runs.append([])
            continue
        if by_year and one.quarter.quarter == 1:
            runs.append([])
        runs[-1].append(one)
    return [run for run in runs if run]


def _to_ranges(run: Sequence[Point]) -> list[tuple[Point, Point]]:
    """Return each complete quarter of a stretch that a range follows, with that range."""
    return [
        (before, after)
        for before, after in zip(run, run[1:], strict=False)
        if before.value is not None and after.value is None
    ]


class _Field:
    """The scales of a picture: all quarters across, everything known and the target up."""

    def __init__(self, points: Sequence[Point], target: Decimal | None) -> None:
        known = [end for one in points for end in (one.value, one.low, one.high)]
        ends = [end for end in (*known, target) if end is not None]
        self.low, self.high = min(ends), max(ends)
        self.first, self.last = points[0].quarter, points[-1].quarter

    def x(self, quarter: Quarter) -> float:
        length = self.first.to(self.last) or 1
        return round(MARGIN + (WIDTH - 2 * MARGIN) * self.first.to(quarter) / length, 1)

    def y(self, value: Decimal) -> float:
        room = HEIGHT - 2 * MARGIN
        if self.low == self.high:
            return HEIGHT / 2
        part = float((value - self.low) / (self.high - self.low))
        return round(HEIGHT - MARGIN - room * part, 1)

    def at(self, one: Point) -> Place:
        assert one.value is not None
        return self.x(one.quarter), self.y(one.value)

    def across(self, value: Decimal) -> tuple[Place, Place]:
        return (0.0, self.y(value)), (float(WIDTH), self.y(value))

    def stretch(self, one: Point) -> tuple[Place, Place]:
        assert one.low is not None
        assert one.high is not None
        x, upper, lower = self.x(one.quarter), self.y(one.high), self.y(one.low)
        more = max(0.0, LEAST_RANGE - (lower - upper)) / 2
        return (x, round(upper - more, 1)), (x, round(lower + more, 1))

    def dash(self, before: Point, after: Point) -> tuple[Place, Place]:
        assert after.low is not None
        assert after.high is not None
        return self.at(before), (self.x(after.quarter), self.y((after.low + after.high) / 2))
