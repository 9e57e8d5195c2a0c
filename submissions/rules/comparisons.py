"""Compares amounts with earlier ones of the same enterprise or city."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import NamedTuple

from submissions.rules.context import Context
from submissions.rules.earlier_returns import EarlierFigures
from submissions.rules.figures import HEADINGS, MEASURES, city_figures, formatted
from submissions.rules.rule import lines_of
from submissions.workbook.contents import Line, Reading, SheetTable
from submissions.workbook.layout import ENTERPRISES, CellKind

# Amounts are cumulative from January; counts of firms and people are of the quarter's end.
FIRM_AMOUNTS = [column.field for column in ENTERPRISES.amounts]
CITY_AMOUNTS = [name for name, (_label, kind) in MEASURES.items() if kind is CellKind.MONEY]

# 元 read as 万元 is a factor of 10⁴, as 亿元 10⁸. Real growth on top of it is assumed to be
# threefold at most, either way.
UNIT_ERRORS = [(power, Decimal(3) * 10 ** (power - 1), Decimal(3) * 10**power) for power in (4, 8)]

Differ = Callable[[Decimal, Decimal], object]


class Comparison(NamedTuple):
    """An amount and the earlier one it is compared with, in yuan."""

    table: SheetTable
    line: Line
    field: str
    heading: str
    now: Decimal
    before: Decimal

    def params(self) -> dict[str, str]:
        """Return heading and both amounts as parameters of a message."""
        now, before = formatted(self.now), formatted(self.before)
        return {"heading": self.heading, "now": now, "before": before}


def slip(now: Decimal, before: Decimal) -> int:
    """
    Return the power of ten, 4 or 8, by which two amounts differ if a wrong unit explains it.

    Negative if the amount is too small, 0 if no unit explains it or an amount is zero.
    """
    small, large = abs(now), abs(before)
    if small > large:
        small, large = large, small
    if not small or large < UNIT_ERRORS[0][1] * small:
        return 0
    for power, low, high in UNIT_ERRORS:
        if low * small <= large <= high * small:
            return power if large == abs(now) else -power
    return 0


def has_fallen(now: Decimal, before: Decimal) -> bool:
    """Return whether an amount fell, and not by a wrong unit."""
    return now < before and not slip(now, before)


def compare_firms(
    reading: Reading, *earlier: dict[str, EarlierFigures], differ: Differ
) -> Iterator[Comparison]:
    """
    Yield the amounts of enterprise lines for which differ(now, before) is true.

    Of several earlier quarters the first counts in which the firm reported the amount above
    zero, else the first with the amount.
    """
    headings = HEADINGS["enterprises"]
    quarters = [quarter for quarter in earlier if quarter]
    for table, line in lines_of(reading, "enterprises") if quarters else ():
        code = line.get("credit_code")
        known = [quarter[code].figures for quarter in quarters if code in quarter]
        for name in FIRM_AMOUNTS if known else ():
            now = line.get(name)
            before = None if now is None else first_positive(known, name)
            if before is not None and differ(now, before):
                yield Comparison(table, line, name, headings[name], now, before)


def compare_city(
    reading: Reading, *earlier: dict[str, Decimal | int | None], differ: Differ
) -> Iterator[Comparison]:
    """Yield the amounts of 城市汇总 for which differ(now, before) is true."""
    for name, (table, line) in city_figures(reading).items():
        now, before = line.get("this_year"), first_positive(earlier, name)
        if name in CITY_AMOUNTS and now is not None and before is not None and differ(now, before):
            yield Comparison(table, line, "this_year", MEASURES[name][0], now, before)


def first_positive(earlier: object, name: str) -> Decimal | None:
    """Return the first earlier amount above zero, else the first; None without one."""
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
    Return the figures of two earlier quarters, the more comparable quarter first.

    That is the quarter before, but in the first quarter the same quarter a year before.
    """
    if context.period.quarter == 1:
        return year_earlier, previous
    return previous, year_earlier
