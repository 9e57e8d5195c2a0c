"""The rows of 城市汇总, each a measure with a unit of its own."""

import re
from collections.abc import Callable

from submissions.workbook.cells import Cell, Row, letters
from submissions.workbook.contents import Line, Value
from submissions.workbook.layout import CITY_LABELS, MONEY_UNITS, CellKind
from submissions.workbook.reading import values
from submissions.workbook.reading.headings import COUNT_UNITS, Header, fold, heading
from submissions.workbook.reading.labels import Labels

MEASURES = {fold(label): label for label in CITY_LABELS}

# 1. 一、 （一）
ORDINAL = re.compile(
    r"^(?:[0-9]+[.、]|[一二三四五六七八九十]+[、.]|\([一二三四五六七八九十0-9]+\))"
)


class CityRows:
    """Finds the measure and the unit of each row."""

    def __init__(
        self,
        header: Header,
        labels: Labels,
        fault: Callable[..., None],
        yuan: Callable[[Cell, str, int, str], object],
        *,
        date1904: bool = False,
    ) -> None:
        """
        Take the sheet's headings and labels.

        fault notes a fault of the sheet; yuan reads an amount in a unit (Columns.yuan).
        """
        self.columns = header.columns
        # The unit in the heading of the amounts, and of the whole sheet; "" or None if unsaid.
        self.heading_unit = header.units.get("this_year", "")
        self.sheet_unit = str(labels.unit.value) if labels.unit else ""
        self.fault = fault
        self.date1904 = date1904
        self.yuan = yuan
        self.seen: dict[str, str] = {}
        self.measure: str | None = None
        self.factor: int | None = None

    def begin(self, row: Row) -> None:
        """Take the next row: find its measure and its unit."""
        columns = self.columns
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
        kind = CITY_LABELS[self.measure].kind
        at = f"{letters(columns.get('unit') or columns['measure'])}{row.number}"
        if kind is CellKind.COUNT:
            unit = unit or named.counted or named.unit or ""
            if not unit or unit in COUNT_UNITS:
                self.factor = 1
            else:
                self.fault("E197", at, unit_cell or unit, unit=unit, measure=self.measure)
        elif unit in MONEY_UNITS:
            self.factor = MONEY_UNITS[unit]
        elif unit:
            self.fault("E197", at, unit_cell, unit=unit_cell, measure=self.measure)
        else:
            self._unit_from_elsewhere(named.unit, at)

    def _unit_from_elsewhere(self, in_name: str | None, at: str) -> None:
        """Take the unit in the measure's own name, else in the heading, else of the sheet."""
        unit = in_name
        if unit == "":
            unit = self.heading_unit
        if unit == "":
            unit = self.sheet_unit
        if unit:
            self.factor = MONEY_UNITS[unit]
        else:
            self.fault("E128", at, heading=self.measure)

    def figure(self, cell: Cell, at: str) -> object:
        """
        Return a figure of 本年累计 or 上年同期, in the unit of the row at hand.

        None if the row or its unit is not understood.
        """
        if self.measure is None or self.factor is None:
            return None
        if CITY_LABELS[self.measure].kind is CellKind.COUNT:
            return values.count(*cell, date1904=self.date1904)
        return self.yuan(cell, at, self.factor, self.measure)

    def takes(self, line: Line) -> bool:
        """Return whether the line is one of ours, named as the layout names it; say why not."""
        named = line.values.get("measure")
        if named is None or not named.written:
            return False  # E132 or E150 has been said
        if self.measure is None:
            self.fault("W195", named.cell, named.written, measure=named.written)
            return False
        if self.measure in self.seen:
            first = self.seen[self.measure]
            self.fault("E196", named.cell, named.written, measure=self.measure, first=first)
            return False
        self.seen[self.measure] = named.cell
        line.values["measure"] = Value(self.measure, named.cell, named.written)
        return True
