"""What tests ask of a Reading."""

from submissions.workbook.contents import Fault, Reading, SheetTable
from submissions.workbook.reading.workbook import read
from tests.submissions.fault_catalogue import forge


def reading_of(content: bytes, folder, name: str = "报表.xlsx") -> Reading:
    """Save a file into a folder and return what it says."""
    return read(forge.saved(content, folder, name))


def found(reading: Reading) -> list[tuple]:
    """Return (code, sheet, cell) of every fault."""
    return [(fault.code, fault.sheet, fault.cell) for fault in reading.faults]


def meanings(table: SheetTable) -> list[dict]:
    """Return the values of each line by field, without their cells."""
    return [{name: value.value for name, value in line.values.items()} for line in table.lines]


def one(reading: Reading, code: str) -> Fault:
    """Return the only fault with a code."""
    faults = [fault for fault in reading.faults if fault.code == code]
    assert len(faults) == 1, reading.faults
    return faults[0]
