"""Files to values: csv, workbooks, JSON, documents of Word."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation

import openpyxl
from docx import Document

from tests.walker.reading.messages import catalogue, sentences
from tests.walker.reading.numbers import only_number
from tests.walker.reading.tables import Cell, values_of_cell, values_of_table, values_of_text
from tests.walker.values import ShownValue

# What tells a record from the others of a list, the first that it has.
KEYS = ("code", "credit_code", "id", "number", "slug", "period", "key", "name", "city")
# Beside the figures: what a file says of itself. The moment of writing is no value.
OF_THE_MOMENT = {"Downloaded"}


def values_of_csv(body: bytes) -> list[ShownValue]:
    """Return a csv's cells under its first line's headings; lines of one cell are notes."""
    rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))
    return list(_rows_with_headings(rows, "cell"))


def _rows_with_headings(rows: Sequence[Sequence[Cell]], where: str) -> Iterator[ShownValue]:
    if not rows:
        return
    headings = [str(cell or "") for cell in rows[0]]
    table = [row for row in rows[1:] if len(row) == len(headings) > 1]
    notes = [row for row in rows[1:] if row and not len(row) == len(headings) > 1]
    typed = [[as_number(cell) for cell in row] for row in table]
    yield from values_of_table(headings, typed, where=where)
    for row in notes:
        for cell in row:
            name, _colon, said = str(cell).partition(": ")
            yield from _note(name, said) if said else values_of_cell(cell, "", where="note")


def _note(name: str, said: str) -> Iterator[ShownValue]:
    """Yield what a file says of itself, but for the moment at which it was written."""
    label = catalogue().label(name)
    if label not in OF_THE_MOMENT:
        for one in sentences(said):
            yield from values_of_text(one, label=label, where="note")


def as_number(cell: Cell) -> Cell:
    """Return a cell's text as the number that it is; a code with leading zeros stays text."""
    if not isinstance(cell, str):
        return cell
    try:
        number = Decimal(cell)
    except InvalidOperation:
        return cell
    coded = cell.lstrip("-").startswith("0") and not cell.lstrip("-").startswith("0.")
    plain = number.is_finite() and "e" not in cell.lower() and "_" not in cell
    return number if plain and (cell == "0" or not coded) and len(cell) < 18 else cell


def values_of_xlsx(body: bytes) -> list[ShownValue]:
    """Return a workbook's cells, sheet by sheet; the fullest line of words is the headings'."""
    book = openpyxl.load_workbook(io.BytesIO(body), data_only=True)
    found: list[ShownValue] = []
    for sheet in book.worksheets:
        rows = [list(row) for row in sheet.iter_rows(values_only=True)]
        if sheet.title == "说明" and all(len(row) == 2 for row in rows):
            for name, said in rows:
                found += _note(str(name or ""), str(said or ""))
        elif rows:
            found += _sheet(sheet.title, rows)
    return found


def _sheet(title: str, rows: list[list[Cell]]) -> Iterator[ShownValue]:
    def words(row: list[Cell]) -> int:
        return sum(isinstance(c, str) and only_number(c) is None for c in row)

    at = max(range(min(len(rows), 12)), key=lambda n: (words(rows[n]), -n))
    for row in rows[:at]:
        for cell in row:
            yield from values_of_cell(cell, "", where="cell", context=(title,))
    headings = [str(cell or "") for cell in rows[at]]
    context = (catalogue().label(title),) if at else ()
    yield from values_of_table(headings, rows[at + 1 :], where="cell", context=context)


def values_of_json(body: bytes) -> list[ShownValue]:
    """Return JSON's leaves under their paths; a table that was downloaded, as a table."""
    whole = json.loads(body, parse_float=Decimal)
    if isinstance(whole, dict) and {"about", "columns", "rows"} <= whole.keys():
        rows = [[as_number(cell) for cell in row] for row in whole["rows"]]
        found = list(values_of_table(whole["columns"], rows, where="cell"))
        return [*found, *(v for name, said in whole["about"].items() for v in _note(name, said))]
    return list(_leaves(whole, ()))


def _leaves(node, path: tuple[str, ...]) -> Iterator[ShownValue]:
    if isinstance(node, dict):
        for key, held in node.items():
            yield from _leaves(held, (*path, key))
    elif isinstance(node, list):
        if not node:
            yield _leaf("(empty)", path)
        for at, held in enumerate(node):
            named = isinstance(held, dict) and next((held[k] for k in KEYS if held.get(k)), None)
            yield from _leaves(held, (*path, f"[{named or at}]"))
    else:
        yield from _read_leaf(node, path)


def _read_leaf(node, path: tuple[str, ...]) -> Iterator[ShownValue]:
    """Yield a leaf: null and truth as words, a decimal string as the number that it is."""
    label, context = path[-1] if path else "", path[:-1]
    node = as_number(node)
    if node is None or isinstance(node, bool):
        yield _leaf({None: "null", True: "true", False: "false"}[node], path)
    elif isinstance(node, str) and node:
        for one in sentences(node):
            yield from values_of_text(one, label=label, where="leaf", context=context)
    else:
        yield from values_of_cell(node, label, where="leaf", context=context)


def _leaf(text: str, path: tuple[str, ...]) -> ShownValue:
    return ShownValue("leaf", path[-1] if path else "", path[:-1], text=text)


def values_of_docx(body: bytes) -> list[ShownValue]:
    """Return a document's sentences, each under its heading, and its tables' cells."""
    document = Document(io.BytesIO(body))
    found: list[ShownValue] = []
    for part in document.iter_inner_content():
        if hasattr(part, "rows"):
            rows = [[cell.text for cell in row.cells] for row in part.rows]
            if rows:
                found += values_of_table(rows[0], rows[1:], where="table")
        else:
            for one in sentences(part.text):
                if any(letter.isalnum() for letter in one):
                    found += values_of_text(one, where="sentence")
    return found
