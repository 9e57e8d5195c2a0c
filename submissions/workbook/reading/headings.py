"""
Finds the heading row of a table by column names, in any order, on one row or two.

Headings are compared after NFKC and without spaces, required marks (*) and brackets; a unit of
money in brackets is the unit of its column.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

from submissions.workbook.cells import TEXT, Row
from submissions.workbook.layout import (
    MONEY_UNITS,
    CellKind,
    LayoutColumn,
    TableLayout,
    ignored_headings,
)
from submissions.workbook.limits import HEADER_WITHIN_ROWS
from submissions.workbook.reading.values import squeezed

# Fewer known headings than this are a coincidence.
FEWEST = 2

# Numbering columns, which are ignored.
HARMLESS = {"序号", "编号", "行号", "行次"}

BRACKETS = re.compile(r"[(\[【〔{]([^()\[\]【】〔〕{}]*)[)\]】〕}]")
TRAILING_UNIT = re.compile(f"^(.+)[/,]({'|'.join(MONEY_UNITS)})$").match

# A heading beneath one of these means another period or ratio.
OTHER_TIME = re.compile("上年|去年|同期|增长|增速|增减|比重|占比")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading's text and unit: "" without one, None for an unknown one."""

    words: str
    unit: str | None


@dataclass(slots=True)
class Header:
    """
    The headings of a table.

    rows       their row numbers: one or two
    columns    field name -> column index
    units      field name -> unit in the heading; "" if none, None if it is not understood
    twice      (heading, column index of the first, of the second)
    unknown    (heading as written, column index)
    texts      the folded texts of each heading row, to recognise them on the next page
    width      the number of fields of the last heading row of a csv; None for a spreadsheet
    """

    rows: list[int]
    columns: dict[str, int] = field(default_factory=dict)
    units: dict[str, str | None] = field(default_factory=dict)
    twice: list[tuple[str, int, int]] = field(default_factory=list)
    unknown: list[tuple[str, int]] = field(default_factory=list)
    texts: list[dict[int, str]] = field(default_factory=list)
    width: int | None = None

    def repeats(self, row: Row) -> bool:
        """Return whether a row is one of the heading rows again, as on a second page."""
        first = next(iter(row.cells))
        if not any(first in texts for texts in self.texts):
            return False
        first_text = fold(row.cells[first][1])
        if not any(texts.get(first) == first_text for texts in self.texts):
            return False
        return {column: fold(text) for column, (_, text) in row.cells.items()} in self.texts


def fold(text: str) -> str:
    """Return a text as headings and sheet names are compared: NFKC, without spaces."""
    return squeezed(unicodedata.normalize("NFKC", text))


@lru_cache(maxsize=4096)
def heading(text: str) -> Heading:
    """Return the text and unit of a heading."""
    folded = fold(text).strip("*:")
    unit: str | None = ""
    for inside in BRACKETS.findall(folded):
        unit = _unit(inside, unit)
    words = BRACKETS.sub("", folded)
    if match := TRAILING_UNIT(words):
        words, unit = match.groups()
    return Heading(words.strip("*:"), unit)


def _unit(inside: str, before: str | None) -> str | None:
    """Return the unit in brackets; `before` if they contain something else."""
    inside = re.sub("^(?:计量|金额)?单位:?", "", inside)
    for word in re.split("[、,;/]", inside):
        if word in MONEY_UNITS:
            return word
    # 美元, 万美元, 港币: money in a unit that is not accepted.
    return None if re.search("元|币|镑", inside) else before


def find_header(rows: list[Row], layout: TableLayout) -> Header | None:
    """
    Return the header among the first rows of a sheet; None if there is none.

    The row, or the two rows one below the other, with the most known headings; of equals the
    single row, then the upper one.
    """
    rows = [row for row in rows if row.number <= HEADER_WITHIN_ROWS]
    candidates = [[row] for row in rows]
    candidates += [[a, b] for a, b in zip(rows, rows[1:], strict=False) if b.number == a.number + 1]
    best: Header | None = None
    for candidate in candidates:
        header = _match(candidate, layout)
        if len(header.columns) >= FEWEST and (
            best is None or len(header.columns) > len(best.columns)
        ):
            best = header
    return best


def _match(rows: list[Row], layout: TableLayout) -> Header:
    """Return the header that one row, or two, would make."""
    known = {fold(column.heading): column for column in layout.columns}
    passed_over = HARMLESS | {fold(words) for words in ignored_headings(layout)}
    header = Header([row.number for row in rows], width=rows[-1].width)
    header.texts = [{column: fold(text) for column, (_, text) in row.cells.items()} for row in rows]
    for index, parent, own, child in _stacked(rows):
        column, unit = _known(known, parent, own, child)
        if column is None:
            words = (parent or "") + (child or "") if own or child else ""
            if words and heading(words).words not in passed_over:
                header.unknown.append((words, index))
        elif column.field in header.columns:
            header.twice.append((column.heading, header.columns[column.field], index))
        else:
            header.columns[column.field] = index
            if column.kind is CellKind.MONEY:
                header.units[column.field] = unit
    return header


def _stacked(rows: list[Row]) -> list[tuple[int, str | None, bool, str | None]]:
    """
    Return column index, upper text, whether it stands in this very column, lower text.

    An upper text extends to the right over blanks that have a text beneath: merged headings look
    like that cell by cell, and the merged ranges come after all rows of a part.
    """
    upper = rows[0].cells
    lower = rows[1].cells if len(rows) > 1 else {}
    stacked = []
    parent: str | None = None
    parent_at = 0
    for index in sorted({*upper, *lower}):
        own = index in upper
        if own:
            parent = upper[index][1] if upper[index][0] == TEXT else None
        elif index != parent_at + 1:
            parent = None
        parent_at = index
        child = lower.get(index)
        stacked.append((index, parent, own, child[1] if child and child[0] == TEXT else None))
    return stacked


def _known(
    known: dict[str, LayoutColumn], parent: str | None, own: bool, child: str | None
) -> tuple[LayoutColumn | None, str | None]:
    """Return the column that stacked headings name, and its unit; None and "" if none."""
    above = heading(parent) if parent else Heading("", "")
    below = heading(child) if child else Heading("", "")
    unit = above.unit if below.unit == "" else below.unit
    if above.words + below.words in known:
        return known[above.words + below.words], unit
    if below.words and not OTHER_TIME.search(above.words) and below.words in known:
        return known[below.words], unit
    if own and above.words in known:
        return known[above.words], unit
    return None, ""
