"""The rows of 城市汇总, each a measure with a unit of its own."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from submissions.workbook.cells import Cell, Row
from submissions.workbook.contents import Line, Value
from submissions.workbook.layout import CITY_MEASURES, MONEY_UNITS, CellKind
from submissions.workbook.reading import values
from submissions.workbook.reading.headings import fold, heading

if TYPE_CHECKING:
    from submissions.workbook.reading.tables import TableReader

MEASURES = {fold(label): label for label in CITY_MEASURES}

# What is counted: firms, people.
COUNT_UNITS = {"", "家", "户", "个", "人", "名", "家(户)", "户(家)"}

# 1. 一、 （一）
ORDINAL = re.compile(
    r"^(?:[0-9]+[.、]|[一二三四五六七八九十]+[、.]|\([一二三四五六七八九十0-9]+\))"
)


class CityRows:
    """Finds the measure and the unit of each row."""

    def __init__(self, reader: "TableReader") -> None:
        """Take the reader whose sheet, labels and faults these are."""
        self.reader = reader
        self.seen: dict[str, str] = {}
        self.measure: str | None = None
        self.factor: int | None = None

    def begin(self, row: Row) -> None:
        """Take the next row: find its measure and its unit."""
        columns = self.reader.header.columns
        kind_text = row.cells.get(columns.get("measure", 0), ("", ""))[1]
        named = heading(ORDINAL.sub("", fold(kind_text)))
        self.measure = MEASURES.get(named.words)
        self.factor = None
        if self.measure is None:
            return
        unit_cell = row.cells.get(columns.get("unit", 0), ("", ""))[1]
        unit = fold(unit_cell).strip("()")
        if unit in values.NOT_REPORTED:
            unit = ""
        kind = CITY_MEASURES[self.measure][1]
        letter = self.reader.table.columns.get("unit") or self.reader.table.columns["measure"]
        at = f"{letter}{row.number}"
        if kind is CellKind.COUNT:
            if unit in COUNT_UNITS:
                self.factor = 1
            else:
                self.reader.fault("E197", at, unit_cell, unit=unit_cell, measure=self.measure)
        elif unit in MONEY_UNITS:
            self.factor = MONEY_UNITS[unit]
        elif unit:
            self.reader.fault("E197", at, unit_cell, unit=unit_cell, measure=self.measure)
        else:
            self._unit_from_elsewhere(named.unit, at)

    def _unit_from_elsewhere(self, in_name: str | None, at: str) -> None:
        """Take the unit in the measure's own name, else in the heading, else of the sheet."""
        reader = self.reader
        label = str(reader.labels.unit.value) if reader.labels.unit else ""
        unit = in_name
        if unit == "":
            unit = reader.header.units.get("this_year", "")
        if unit == "":
            unit = label
        if unit:
            self.factor = MONEY_UNITS[unit]
        else:
            reader.fault("E128", at, heading=self.measure)

    def parser(self) -> Callable[[Cell, str], object]:
        """Return the parser of 本年累计 and 上年同期, in the unit of the row at hand."""
        return self._figure

    def _figure(self, cell: Cell, at: str) -> object:
        """Return the figure; None if the row or its unit is not understood."""
        if self.measure is None or self.factor is None:
            return None
        if CITY_MEASURES[self.measure][1] is CellKind.COUNT:
            return values.count(*cell)
        return self.reader.yuan(cell, at, self.factor, self.measure)

    def takes(self, line: Line) -> bool:
        """Return whether the line is one of ours, named as the layout names it; say why not."""
        named = line.values.get("measure")
        if named is None or not named.written:
            return False  # E132 or E150 has been said
        if self.measure is None:
            self.reader.fault("W195", named.cell, named.written, measure=named.written)
            return False
        if self.measure in self.seen:
            first = self.seen[self.measure]
            self.reader.fault("E196", named.cell, named.written, measure=self.measure, first=first)
            return False
        self.seen[self.measure] = named.cell
        line.values["measure"] = Value(self.measure, named.cell, named.written)
        return True
