"""Firms without a code: those that a person chose get their code, the others stay open."""

from collections.abc import Mapping

from submissions.workbook.contents import Fault, Line, Reading, Value
from submissions.workbook.foreign.firm_names import plain_firm_name
from submissions.workbook.layout import ENTERPRISES

OPEN = "W294"


def with_codes(reading: Reading, chosen: Mapping[str, str]) -> Reading:
    """
    Return a reading in which lines without a code have that of the firm a person chose.

    chosen is the name, as plain_firm_name() has it, -> the code; "" for a firm that stays open.
    A line that stays open is no line any more: it counts nowhere, and a fault names it.
    """
    table = reading.tables.get(ENTERPRISES.kind)
    if table is None:
        return reading
    kept = []
    for line in table.lines:
        if line.get("credit_code") is not None:
            kept.append(line)
            continue
        named = line.values["name"]
        code = chosen.get(plain_firm_name(str(named.value or "")), "")
        if code:
            # The cell of the name says whose code it is.
            at = line.cell("credit_code") or named.cell
            kept.append(
                Line(line.row, line.values | {"credit_code": Value(code, at, named.written)})
            )
        else:
            reading.faults.append(
                Fault(OPEN, table.sheet, named.cell, named.written, {"name": str(named.value)})
            )
    table.lines = kept
    return reading


def open_names(reading: Reading) -> list[str]:
    """Return the names of the lines without a code, each once."""
    table = reading.tables.get(ENTERPRISES.kind)
    lines = table.lines if table else []
    names = (str(line.get("name") or "") for line in lines if line.get("credit_code") is None)
    return list(dict.fromkeys(filter(None, names)))
