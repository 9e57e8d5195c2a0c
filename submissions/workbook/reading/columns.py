"""The columns of one sheet: what their headings say, and what makes a value of their cells."""

from collections.abc import Callable
from decimal import Decimal

from submissions.workbook.cells import TEXT, Cell, Row, ShownNumber, letters
from submissions.workbook.contents import SheetTable, Value
from submissions.workbook.layout import CITY, MONEY_UNITS, CellKind, LayoutColumn, TableLayout
from submissions.workbook.limits import WRITTEN_CHARACTERS
from submissions.workbook.number_formats import Look, look
from submissions.workbook.reading import values
from submissions.workbook.reading.city_summary import CityRows
from submissions.workbook.reading.headings import COUNT_UNITS, Header, heading
from submissions.workbook.reading.labels import Labels

# How many cells a message about number formats lists.
LISTED = 20

Parser = Callable[[Cell, str], object]


class Columns:
    """
    The columns of a sheet, each with a parser; faults of the headings are noted at once.

    fields        (column, index, letter, parser) of each column that is read
    without_unit  fields whose unit is not understood, so that no cell of them is read
    city          the rows of 城市汇总; None for any other sheet
    """

    def __init__(
        self,
        layout: TableLayout,
        header: Header,
        labels: Labels,
        table: SheetTable,
        fault: Callable[..., None],
        *,
        date1904: bool = False,
    ) -> None:
        """Take layout, headings and labels; `table` gets its columns and units."""
        self.layout, self.header, self.labels = layout, header, labels
        self.table, self.fault, self.date1904 = table, fault, date1904
        self.fields: list[tuple[LayoutColumn, int, str, Parser]] = []
        self.without_unit: set[str] = set()
        self.looks: dict[tuple[str, str], list] = {}
        self.city: CityRows | None = None
        self._leave_out_other_periods()
        if layout is CITY:
            self.city = CityRows(header, labels, fault, self.yuan, date1904=date1904)
        for column in layout.columns:
            index = header.columns.get(column.field)
            if index is None:
                if column.required:
                    fault("E132", heading=column.heading)
                continue
            table.columns[column.field] = letters(index)
            self.fields.append((column, index, letters(index), self._parser(column)))
        self._note_headings()

    def _leave_out_other_periods(self) -> None:
        """
        Take a column out of the table if its heading names another quarter than the sheet.

        A sheet without 报告期 is for the quarter that its headings name.
        """
        header, stated = self.header, self.labels.period
        for field, (quarter, words) in list(header.periods.items()):
            index = header.columns[field]
            if stated is None:
                at = f"{letters(index)}{header.rows[0]}"
                stated = self.table.period = Value(quarter, at, words[:WRITTEN_CHARACTERS])
            elif stated.value and stated.value != quarter:
                del header.columns[field]
                header.unknown.append((words, index))

    def _note_headings(self) -> None:
        """Add the faults of headings that stand twice or are not known."""
        row = self.header.rows[-1]
        for words, first, second in self.header.twice:
            at = f"{letters(second)}{row}"
            self.fault("E133", at, words, heading=words, first=f"{letters(first)}{row}")
        for words, index in self.header.unknown:
            self.fault("W134", f"{letters(index)}{row}", words, heading=words)

    def _parser(self, column: LayoutColumn) -> Parser:
        """Return the function that makes a value of a cell of the column."""
        if column.kind is CellKind.CODE:
            return lambda cell, _at: values.credit_code(*cell)
        if column.kind is CellKind.COUNT:
            return self._count_parser(column)
        if column.kind is CellKind.DATE:
            return lambda cell, _at: values.day(*cell, date1904=self.date1904)
        if column.kind is CellKind.TEXT:
            return lambda cell, _at: values.plain_text(*cell, date1904=self.date1904)
        if self.city:
            return self.city.figure
        return self._money_parser(column)

    def _count_parser(self, column: LayoutColumn) -> Parser:
        """Return the parser of numbers of things; none is read in a unit that does not fit."""
        unit = self.header.unfit.get(column.field)
        if unit:
            self.fault("E225", self._heading_cell(column), unit, unit=unit, heading=column.heading)
            self.without_unit.add(column.field)
            return lambda _cell, _at: None
        return lambda cell, _at: values.count(*cell, date1904=self.date1904)

    def _money_parser(self, column: LayoutColumn) -> Parser:
        """Return the parser of amounts in the unit of the heading, or else of the sheet."""
        unit = self.header.units[column.field]
        if unit == "" and self.labels.unit:
            unit = str(self.labels.unit.value)
        if not unit:
            self.fault("E128", self._heading_cell(column), heading=column.heading)
            self.without_unit.add(column.field)
            return lambda _cell, _at: None
        self.table.units[column.field] = unit
        factor = MONEY_UNITS[unit]
        return lambda cell, at: self.yuan(cell, at, factor, column.heading)

    def _heading_cell(self, column: LayoutColumn) -> str:
        """Return the address of a column's heading."""
        return f"{self.table.columns[column.field]}{self.header.rows[-1]}"

    def yuan(self, cell: Cell, at: str, factor: int, words: str) -> object:
        """Return an amount in yuan; a fraction of a fen that is lost becomes a fault."""
        amount, rounded = values.money(*cell, factor, date1904=self.date1904)
        if rounded:
            self.fault("W191", at, cell[1], column=words, rounded=amount)
        return amount

    def note_look(self, column: LayoutColumn, at: str, cell: Cell) -> None:
        """Note a number whose format shows something else; the column gets one finding."""
        kind, text = cell
        if not isinstance(kind, ShownNumber) or not column.is_figure:
            return
        factor = self._factor(column)
        try:
            number = values.stored_number(text)
        except values.CellError:
            return
        seen = look(kind.code, number)
        code = code_of(seen, number, factor)
        if code:
            found = self.looks.setdefault((code, column.field), [column, at, seen.text, text, []])
            found[-1].append(at)

    def _factor(self, column: LayoutColumn) -> int | None:
        """Return the unit of a column, or of the row at hand; None if it is not understood."""
        if self.city:
            return self.city.factor
        if column.kind is CellKind.COUNT:
            return None if column.field in self.without_unit else 1
        unit = self.table.units.get(column.field)
        return MONEY_UNITS[unit] if unit else None

    def conclude(self) -> None:
        """Add the findings on number formats."""
        for (code, _field), (column, at, shown, stored, cells) in self.looks.items():
            listed = ", ".join(cells[:LISTED]) + (" …" if len(cells) > LISTED else "")
            params = {"shown": shown, "stored": stored, "found": len(cells), "cells": listed}
            self.fault(code, at, shown or stored, column=column.heading, **params)


def code_of(seen: Look, number: Decimal, factor: int | None) -> str:
    """Return the code of the fault if a format shows another figure than the number; else ""."""
    if seen.times is None:
        return "W227"
    if factor is not None and number and not seen.agrees_with(factor):
        return "E226"
    return "W227" if seen.words and not seen.foreign else ""


def take_units(header: Header, row: Row, fault: Callable[..., None]) -> None:
    """
    Take the units from a row of them beneath the headings.

    A heading's own unit stays; another one beneath it is a contradiction.
    """
    fields = {index: field for field, index in header.columns.items()}
    for index, (kind, text) in row.cells.items():
        field = fields.get(index)
        if field is None or kind != TEXT:
            continue
        said = heading(text)
        if field in header.units and said.unit != "":
            if header.units[field] == "":
                header.units[field] = said.unit
            elif header.units[field] != said.unit:
                fault("E193", f"{letters(index)}{row.number}", text)
        elif field not in header.units and said.counted and said.counted not in COUNT_UNITS:
            header.unfit[field] = said.counted
