"""Amounts held against earlier ones of the same firm or city, and how far apart they are."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import NamedTuple

from submissions.rules.context import Context, EarlierFigures
from submissions.rules.figures import HEADINGS, MEASURES, city_figures, written
from submissions.rules.rule import lines_of
from submissions.workbook.contents import Line, Reading, SheetTable
from submissions.workbook.layout import ENTERPRISES, CellKind

# Amounts run up from January; numbers of firms and people are those of the quarter's end.
FIRM_AMOUNTS = [column.field for column in ENTERPRISES.amounts]
CITY_AMOUNTS = [name for name, (_label, kind) in MEASURES.items() if kind is CellKind.MONEY]

# 元 taken for 万元 is a factor of 10⁴, for 亿元 10⁸. Honest growth on top of it is threefold at
# most, either way; a factor of 3,000 has no other cause worth guessing at.
SLIPS = [(power, Decimal(3) * 10 ** (power - 1), Decimal(3) * 10**power) for power in (4, 8)]

Differ = Callable[[Decimal, Decimal], object]


class Beside(NamedTuple):
    """One amount, and the other one it is held against."""

    table: SheetTable
    line: Line
    field: str
    heading: str
    now: Decimal
    before: Decimal

    def both(self) -> dict[str, str]:
        """Return the fill-ins that name both amounts."""
        now, before = written(self.now), written(self.before)
        return {"heading": self.heading, "now": now, "before": before}


def slip(now: Decimal, before: Decimal) -> int:
    """
    Return by which power of ten two amounts are apart if only a wrong unit does that: 4 or 8.

    Negative if the amount is too small, 0 if they are not so far apart or one of them is zero.
    """
    small, large = abs(now), abs(before)
    if small > large:
        small, large = large, small
    if not small or large < SLIPS[0][1] * small:
        return 0
    for power, low, high in SLIPS:
        if low * small <= large <= high * small:
            return power if large == abs(now) else -power
    return 0


def has_fallen(now: Decimal, before: Decimal) -> bool:
    """Return whether an amount fell, other than by a slip of the unit."""
    return now < before and not slip(now, before)


def firms_beside(
    reading: Reading, *earlier: dict[str, EarlierFigures], differ: Differ
) -> Iterator[Beside]:
    """
    Yield each amount of the enterprise lines that differs so from an earlier one.

    Of several earlier quarters the first counts in which the firm reported the amount, and
    more than zero if it ever did.
    """
    headings = HEADINGS["enterprises"]
    quarters = [quarter for quarter in earlier if quarter]
    for table, line in lines_of(reading, "enterprises") if quarters else ():
        code = line.get("credit_code")
        known = [quarter[code].figures for quarter in quarters if code in quarter]
        for name in FIRM_AMOUNTS if known else ():
            now = line.get(name)
            before = None if now is None else first_of(known, name)
            if before is not None and differ(now, before):
                yield Beside(table, line, name, headings[name], now, before)


def city_beside(
    reading: Reading, *earlier: dict[str, Decimal | int | None], differ: Differ
) -> Iterator[Beside]:
    """Yield each amount of 城市汇总 that differs so from an earlier one."""
    for name, (table, line) in city_figures(reading).items():
        now, before = line.get("this_year"), first_of(earlier, name)
        if name in CITY_AMOUNTS and now is not None and before is not None and differ(now, before):
            yield Beside(table, line, "this_year", MEASURES[name][0], now, before)


def first_of(earlier: object, name: str) -> Decimal | None:
    """Return the first earlier amount that is more than nothing, else the first; None if none."""
    first = None
    for figures in earlier:
        found = figures.get(name)
        if found:
            return found
        if first is None:
            first = found
    return first


def nearest_first(context: Context, previous: dict, year_earlier: dict) -> tuple[dict, dict]:
    """
    Return the figures of two earlier quarters, those first that are more like this quarter's.

    That is the quarter before; but in the first quarter, which begins anew, the year before.
    """
    if context.period.quarter == 1:
        return year_earlier, previous
    return previous, year_earlier
