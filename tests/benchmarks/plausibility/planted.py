"""
Errors that people make, planted into true returns.

Each function falsifies a return and yields the places of what it falsified: (sheet, row), of the
city's totals by their rows. It yields nothing if the return has no line to plant it in.
"""

import random
from collections.abc import Callable, Iterator
from decimal import Decimal

from submissions.workbook.layout import CITY_MEASURES
from tests.benchmarks.plausibility.asking import FIRST_ROW, Quarterly
from tests.submissions.rules import workshop

AMOUNTS = ("output_value", "revenue", "total_revenue", "rd_expenditure")
LINES, CITY, PARKS = "企业明细", "城市汇总", "园区进展"
FIGURES = (*AMOUNTS, "employees")

Place = tuple[str, int]
Plant = Callable[[Quarterly, random.Random], Iterator[Place]]


def _some(given: Quarterly, rng: random.Random, number: int = 1) -> list[int]:
    """Return places of lines with a past and with revenue worth falsifying (2 million)."""
    able = [
        at
        for at, line in enumerate(given.lines)
        if line["credit_code"] in given.known("year_earlier")
        and (line["revenue"] or 0) > 2_000_000
        and line["rd_expenditure"]
        and line["employees"] >= 20
    ]
    return rng.sample(able, number) if len(able) >= number else []


def _row(at: int) -> Place:
    return LINES, FIRST_ROW + at


def _times(factor: str, fields: tuple[str, ...], number: int = 1) -> Plant:
    """Return a plant: these fields of so many firms times a factor."""

    def plant(given: Quarterly, rng: random.Random) -> Iterator[Place]:
        for at in _some(given, rng, number):
            for name in fields:
                given.lines[at][name] = round(given.lines[at][name] * Decimal(factor))
            yield _row(at)

    return plant


def _digit(change: Callable[[str, int], str]) -> Plant:
    """Return a plant: one digit of one amount dropped or added, somewhere."""

    def plant(given: Quarterly, rng: random.Random) -> Iterator[Place]:
        for at in _some(given, rng):
            name = rng.choice(("output_value", "revenue", "total_revenue"))
            written = str(int(given.lines[at][name] / 10_000))
            place = rng.randrange(len(written))
            given.lines[at][name] = Decimal(change(written, place) or "0") * 10_000
            yield _row(at)

    return plant


def swapped_rows(given: Quarterly, rng: random.Random) -> Iterator[Place]:
    """The figures of two lines stand at each other's firm."""
    chosen = _some(given, rng, 2)
    if chosen:
        one, other = (given.lines[at] for at in chosen)
        for name in FIGURES:
            one[name], other[name] = other[name], one[name]
        yield from map(_row, chosen)


def shifted_column(given: Quarterly, rng: random.Random) -> Iterator[Place]:
    """A cell was inserted into the column of revenue: ten figures stand one row too low."""
    if len(given.lines) < 14:
        return
    at = rng.randrange(len(given.lines) - 12)
    figures = [line["revenue"] for line in given.lines[at : at + 11]]
    for line, figure in zip(given.lines[at + 1 : at + 11], figures[:-1], strict=True):
        line["revenue"] = figure
    yield from map(_row, range(at + 1, at + 11))


def pasted_line(given: Quarterly, rng: random.Random) -> Iterator[Place]:
    """One line has last quarter's figures again."""
    for at in _some(given, rng):
        earlier = given.known("previous").get(given.lines[at]["credit_code"])
        if earlier and earlier.figures["revenue"]:
            given.lines[at].update({name: earlier.figures[name] for name in AMOUNTS})
            yield _row(at)


def copied_line(given: Quarterly, rng: random.Random) -> Iterator[Place]:
    """One line has the figures of another."""
    if chosen := _some(given, rng, 2):
        one, other = (given.lines[at] for at in chosen)
        one.update({name: other[name] for name in FIGURES})
        yield _row(chosen[0])
        yield _row(chosen[1])


def new_code(given: Quarterly, rng: random.Random) -> Iterator[Place]:
    """A known firm stands under a code that nobody knows."""
    for at in _some(given, rng):
        given.lines[at]["credit_code"] = workshop.code(900_000 + at)
        yield _row(at)


def _total(name: str, factor: str) -> Plant:
    """Return a plant: a total of the city times a factor."""

    def plant(given: Quarterly, rng: random.Random) -> Iterator[Place]:
        if given.totals[name] >= 10:
            given.totals[name] = round(given.totals[name] * Decimal(factor))
            yield CITY, FIRST_ROW + list(CITY_MEASURES).index(name)

    return plant


def empty_park_sheet(given: Quarterly, rng: random.Random) -> Iterator[Place]:
    """园区进展 has the park's name and nothing else."""
    given.parks = [{"park": "园区甲"}]
    yield PARKS, 0


PLANTS: dict[str, Plant] = {
    "one amount × 10": _times("10", ("revenue",)),
    "output value × 10": _times("10", ("output_value",)),
    "one amount ÷ 10": _times("0.1", ("total_revenue",)),
    "all amounts × 2.6": _times("2.6", AMOUNTS),
    "six firms × 8.5": _times("8.5", AMOUNTS, 6),
    "R&D × 10": _times("10", ("rd_expenditure",)),
    "staff ÷ 10": _times("0.1", ("employees",)),
    "staff × 10": _times("10", ("employees",)),
    "digit dropped": _digit(lambda written, at: written[:at] + written[at + 1 :]),
    "digit added": _digit(lambda written, at: written[:at] + "7" + written[at:]),
    "rows swapped": swapped_rows,
    "column shifted by a row": shifted_column,
    "last quarter's line pasted": pasted_line,
    "line copied to another firm": copied_line,
    "known firm, new code": new_code,
    "city output × 3": _total("output_value", "3"),
    "city revenue × 3": _total("revenue", "3"),
    "number of firms × 0.55": _total("enterprises", "0.55"),
    "number of firms × 1.5": _total("enterprises", "1.5"),
    "firms over 100 million × 1.5": _total("enterprises_over_100m", "1.5"),
    "city staff ÷ 10": _total("employees", "0.1"),
    "park sheet empty": empty_park_sheet,
}
