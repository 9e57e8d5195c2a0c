"""
A Reading as lines of JSON and back, from the reading child to its parent.

A value is sent without its cell, which follows from row and column, and without its text if
that equals the value. Its type follows from the column: amounts are sent as text and become
Decimal again.
"""

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import dropwhile

from submissions.workbook.contents import Fault, Line, Reading, SheetTable, Value
from submissions.workbook.layout import TABLES, CellKind

END = "end"

# Progress lines come before the reading itself: rows read, rows there are.
READ = "read"
PROGRESS_PREFIX = b'["read",'


class InvalidMessage(ValueError):
    """The lines are not a complete Reading."""


def lines(reading: Reading, peak_kb: int | None) -> list[str]:
    """Return the reading as lines of JSON, the last of which marks its end."""
    sent = [
        [fault.code, fault.sheet, fault.cell, fault.value, fault.params] for fault in reading.faults
    ]
    out = [_json(["reading", reading.form, sent, reading.stamp, reading.sheets])]
    for table in reading.tables.values():
        labels = [_labelled(one) for one in (table.reporter, table.period, table.nil)]
        out.append(_json(["table", table.kind, table.sheet, *labels, table.columns, table.units]))
        fields = list(table.columns)
        out += [_json([line.row, *_values(line, fields)]) for line in table.lines]
        out += [_json(["total", line.row, _totals(line)]) for line in table.totals]
        if table.sources:
            out.append(_json(["sources", table.sources]))
    out.append(_json([END, peak_kb]))
    return out


def progress(read: int, of: int) -> str:
    """Return the progress line for rows read of all rows."""
    return _json([READ, read, of])


def progress_in(piece: bytes) -> tuple[int, int] | None:
    """
    Return (rows read, rows) of the last complete progress line in a piece; None without one.

    The child writes each progress line at once, so none is cut in two.
    """
    rows = None
    for line in piece.split(b"\n"):
        if not line.startswith(PROGRESS_PREFIX):
            break
        try:
            _name, read, of = json.loads(line)
            rows = int(read), int(of)
        except (ValueError, TypeError):
            break
    return rows


def _json(thing: list) -> str:
    return json.dumps(thing, ensure_ascii=False, separators=(",", ":"))


def _labelled(value: Value | None) -> list | None:
    """Return a label's value as a list."""
    return value and [value.value, value.cell, value.written]


def _values(line: Line, fields: list[str]) -> list:
    """Return a line's values in the order of the columns, each as value and text."""
    flat: list[str | None] = []
    for name in fields:
        value = line.values[name]
        meant = value.value
        text = meant if meant is None or isinstance(meant, str) else str(meant)
        flat += (text, None if text == value.written else value.written)
    return flat


def _totals(line: Line) -> dict:
    """Return the values of a row of totals by name."""
    return {
        name: [None if value.value is None else str(value.value), value.cell, value.written]
        for name, value in line.values.items()
    }


def reading(text: bytes) -> Reading:
    """Return the reading that lines() wrote. Raises InvalidMessage for anything else."""
    try:
        return _reading(text)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, ArithmeticError) as error:
        raise InvalidMessage(str(error)) from error


def _reading(text: bytes) -> Reading:
    """
    Return the reading; invalid input may raise any exception.

    Line by line: parsed all at once they would take half the memory of a large file.
    """
    records = dropwhile(lambda record: record[0] == READ, _records(text))
    name, form, faults, stamp, sheets = next(records, [None] * 5)
    if name != "reading":
        raise InvalidMessage("not complete")
    found = Reading({}, [Fault(*fault) for fault in faults], form, None, stamp, sheets)
    table = None
    parsers: list = []
    for record in records:
        if record[0] == END:
            found.peak_kb = record[1]
            break
        if record[0] == "table":
            _name, kind, sheet, reporter, period, nil, columns, units = record
            table = SheetTable(kind, sheet, _label(reporter), _label(period), columns, units=units)
            table.nil = _label(nil)
            parsers = _parsers(table)
            found.tables[kind] = table
        elif record[0] == "sources":
            table.sources = {cell: tuple(others) for cell, others in record[1].items()}
        elif record[0] == "total":
            table.totals.append(Line(record[1], _total(record[2])))
        else:
            table.lines.append(_line(record, parsers))
    else:
        raise InvalidMessage("not complete")
    if next(records, None) is not None:
        raise InvalidMessage("more than complete")
    return found


def _records(text: bytes) -> Iterator[list]:
    """Yield the parsed JSON of each line."""
    start = 0
    while start <= len(text):
        end = text.find(b"\n", start)
        end = len(text) if end < 0 else end
        yield json.loads(text[start:end])
        start = end + 1


def _total(sent: dict) -> dict[str, Value]:
    """Return the values of a row of totals."""
    return {
        name: Value(meant if name == "label" or meant is None else Decimal(meant), at, written)
        for name, (meant, at, written) in sent.items()
    }


def _label(sent: list | None) -> Value | None:
    """Return a label's value; None if there is none."""
    return sent and Value(*sent)


def _parsers(table: SheetTable) -> list[tuple]:
    """Return (field, letter, parser of its text) for each column."""
    makers = {CellKind.MONEY: Decimal, CellKind.COUNT: Decimal, CellKind.DATE: date.fromisoformat}
    kinds = {column.field: column.kind for column in TABLES[table.kind].columns}
    return [(name, letter, makers.get(kinds[name])) for name, letter in table.columns.items()]


def _line(record: list, parsers: list[tuple]) -> Line:
    """Return a line of a table."""
    row = record[0]
    values = {}
    for at, (name, letter, make) in enumerate(parsers):
        text = record[2 * at + 1]
        written = record[2 * at + 2]
        values[name] = Value(
            text if make is None or text is None else make(text),
            f"{letter}{row}",
            text if written is None else written,
        )
    return Line(row, values)
