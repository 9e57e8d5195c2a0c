"""
What was read from a city's workbook: values, each with its cell.

The child process, which has no Django, creates these; the rules read them.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

# Values and lines are tuples, the cheapest objects: a large file has 200,000 of them.


class Value(NamedTuple):
    """
    One cell: its value, its address, its text.

    value    Decimal (money in yuan), text, date; None is "not reported", which is not 0
    cell     the address in the user's own file, such as D17
    written  the cell's own text, cut at 60 characters
    """

    value: Decimal | str | date | None
    cell: str
    written: str


class Line(NamedTuple):
    """One row of a table: its number in the user's own file, and its values by field name."""

    row: int
    values: dict[str, Value]

    def get(self, name: str) -> Decimal | str | date | None:
        """Return a field's value; None if it is blank or has no column."""
        value = self.values.get(name)
        return value.value if value else None

    def cell(self, name: str) -> str | None:
        """Return the address of the field's cell; None if it has no column."""
        value = self.values.get(name)
        return value.cell if value else None


@dataclass(frozen=True, slots=True)
class Fault:
    """
    Something the reader could not read: a code of the catalogue and its parameters.

    sheet and cell are None for what concerns the whole file; cell is None for what concerns
    a whole sheet.
    """

    code: str
    sheet: str | None = None
    cell: str | None = None
    value: str | None = None
    params: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class SheetTable:
    """
    One of the tables of the workbook, as found in one sheet.

    kind      a key of layout.TABLES: city, enterprises, parks, blocks, tasks
    sheet     the sheet's name in the user's own file
    reporter  the cell that names the reporting unit (填报单位), None if there is none
    period    the cell that names the period (报告期); its value is text such as 2025Q3
    nil       the cell that says there is nothing to report (本期无数据); its value is the reason
    columns   field name -> column letter, for the columns found
    units     field name -> the unit its amounts were written in, such as 万元. Not for the
              city's table, where every row may have its own
    totals    the rows that add lines up; they are no lines. Their "label" is 合计, 总计, 小计
              or 其中; a figure that could not be read is None, and no fault
    sources   a cell -> the other cells, such as 一季度!D5, that its amount was added up from
    """

    kind: str
    sheet: str
    reporter: Value | None = None
    period: Value | None = None
    columns: dict[str, str] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    units: dict[str, str] = field(default_factory=dict)
    totals: list[Line] = field(default_factory=list)
    nil: Value | None = None
    sources: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(slots=True)
class Reading:
    """
    Everything read from a file. An unreadable file has faults and no tables.

    form     what the file is: xlsx or csv; None if it is neither
    stamp    the signed stamp of the template's hidden sheet; None without one
    sheets   the names of the visible sheets, ours and others
    peak_kb  the most memory the reading child held, in KiB; None if it was not measured
    """

    tables: dict[str, SheetTable] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    form: str | None = None
    peak_kb: int | None = None
    stamp: str | None = None
    # Not compared: a marked workbook has one more, and the same reading.
    sheets: list[str] = field(default_factory=list, compare=False)

    @property
    def lines(self) -> int:
        """Return the number of enterprise lines."""
        table = self.tables.get("enterprises")
        return len(table.lines) if table else 0
