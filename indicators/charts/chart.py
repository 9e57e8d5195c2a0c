"""A chart and the table it was drawn from: the two always carry the same numbers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import dropwhile
from typing import Any, TypeVar

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from foundation import tables
from foundation.amount_units import yuan_in
from foundation.tables import WITHHELD, Link, Parts, Typed
from indicators.data.snapshot import Snapshot
from indicators.data.snapshot_cache import cached_by_snapshot

Row = tuple[object, ...]
Point = TypeVar("Point")
# To how many places an amount is drawn: the cents of 万元 in billions, as the table has them.
AMOUNT_PLACES, PERCENT_PLACES = 7, 4
# Stands in a cell of which nothing is due yet, or nobody's to say: not "not reported".
NONE_YET = ""


@dataclass(frozen=True)
class ChartColumn:
    """
    A column. kind says how values are written: text, quarter, amount, percent, count; told, of
    a Told; and of what is rounded already: figure as it is, change with its sign.

    aim  of what nobody reports, such as a target: None is that there is none
    """

    label: str
    kind: str
    aim: bool = False


@dataclass(frozen=True)
class FigureNote:
    """What a figure is, in words; log: how the restatement log is asked, if it was restated."""

    words: str
    log: str = ""


@dataclass(frozen=True)
class ChartTable:
    """
    Headings and rows of raw values, for the page to write.

    An amount is a Decimal of yuan, a percent a fraction, None is not reported.
    """

    columns: tuple[ChartColumn, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Chart:
    """
    A Plotly figure as a plain dict, and its table.

    key    names it on the page: its script's id
    title  what it says, in words with its number
    name   what is drawn, and in what unit; names its files too
    note   what a reader must know to read it; empty if nothing
    is_long  whether it has a line of its own for each of many names

    A trace of figures says in its meta which columns it is drawn from: {"column": 1, "low": 2,
    "high": 3}, low and high being the ends of its error bars, start the column of the first.
    """

    key: str
    title: str
    name: str
    figure: dict[str, Any]
    table: ChartTable
    unit: str = ""
    note: str = ""
    is_long: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw: not one value was reported."""
        return not any(
            value not in (None, NONE_YET, WITHHELD)
            for row in self.table.rows
            for column, value in zip(self.table.columns, row, strict=True)
            if column.kind not in ("text", "quarter", "told") and not column.aim
        )

    @property
    def is_withheld(self) -> bool:
        """Whether something in it may not be shown to the reader."""
        return any(value == WITHHELD for row in self.table.rows for value in row)

    @property
    def shown_table(self) -> tables.Table:
        """Return the table as a page draws it."""
        columns = [
            tables.Column(
                one.label,
                "text" if one.kind == "told" else one.kind,
                default="—" if one.aim else None,
            )
            for one in self.table.columns
        ]
        rows = [[_cell(value) for value in row] for row in self.table.rows]
        return tables.ad_hoc(columns, rows, key=self.key, title=self.name)


def _cell(value: object) -> object:
    """Return a value as its cell shows it: told with a link to what was restated."""
    if isinstance(value, FigureNote):
        address = f"{reverse('submissions:restatements')}?{value.log}"
        return Parts((value.words, Link(_("restated"), address) if value.log else ""))
    return Typed("—") if value == NONE_YET else value


def number(value: Decimal | int | None) -> float | None:
    """Return a value as plotly.js takes it: the only place where a Decimal becomes a float."""
    return None if value is None else float(value)


def in_large_unit(amount: Decimal | None) -> float | None:
    """Return an amount of yuan in 亿元, in English in billions, for an axis."""
    return None if amount is None else in_unit(amount, "large")


def in_unit(amount: Decimal, unit: str) -> float:
    """Return an amount of yuan in a unit of foundation.amount_units, for an axis."""
    return round(float(amount / yuan_in(unit)), AMOUNT_PLACES)


def percent(fraction: Decimal | None) -> float | None:
    """Return a fraction in percent, for an axis."""
    return None if fraction is None else round(float(fraction * 100), PERCENT_PLACES)


def drawn_from(points: Sequence[Point], value: Callable[[Point], object]) -> list[Point]:
    """Return points from the first with a value on, so that no chart begins with an empty place."""
    there = list(dropwhile(lambda one: value(one) is None, points))
    return there or list(points)


def drawn(snapshot: Snapshot, draw: Callable[..., Chart], *rows: Any) -> Chart:
    """
    Return a chart of what was made of a snapshot, kept with it: to draw takes some milliseconds.

    The rows must be hashable; best what is kept itself.
    """
    return _drawn(snapshot, get_language(), draw, *rows)


@cached_by_snapshot(maxsize=64)
def _drawn(
    snapshot: Snapshot, language: str | None, draw: Callable[..., Chart], *rows: Any
) -> Chart:
    return draw(*rows)
