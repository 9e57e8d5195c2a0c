"""Writes values into cells of the user's own file; every other byte stays."""

import io
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from submissions.workbook import limits
from submissions.workbook.amendment.csv_fields import NewField, with_fields
from submissions.workbook.annotation.binary_copy import as_xlsx
from submissions.workbook.annotation.package_writer import CONTENT_TYPES, Package
from submissions.workbook.annotation.worksheet import place
from submissions.workbook.cell_values import NotWritable, with_values
from submissions.workbook.faults import Faults, Unreadable
from submissions.workbook.package import BROKEN, PackageFile
from submissions.workbook.reading.container import CSV, XLS, identify
from submissions.workbook.xml_patch import XmlPatch, tree


class NewValue(NamedTuple):
    """
    One cell that gets another value.

    old     its text as it was read, for a csv; ignored in a workbook
    number  whether the new value is a number; otherwise it is a text
    """

    sheet: str
    cell: str
    old: str
    new: str
    number: bool


class NotAmended(Exception):
    """The file could not be changed: `why` is FORMULA, UNREADABLE or ABSENT; `cell` its place."""

    FORMULA, UNREADABLE, ABSENT = "formula", "unreadable", "absent"

    def __init__(self, why: str, cell: str = "") -> None:
        """Take the reason, and the cell it is about."""
        super().__init__(why, cell)
        self.why, self.cell = why, cell


def amended(original: Path, changes: Iterable[NewValue]) -> bytes:
    """
    Return a file with other values in some cells: a csv, or a workbook as .xlsx.

    Raises NotAmended. May use much time and memory: the web process calls amend_sandboxed().
    """
    changes = list(changes)
    try:
        form = identify(original, original.name, Faults())
        if form == CSV:
            content = _amended_csv(original.read_bytes(), changes)
        else:
            with PackageFile(io.BytesIO(as_xlsx(original)) if form == XLS else original) as archive:
                content = _amended_workbook(Package(archive), changes)
    except (Unreadable, *BROKEN, ValueError, LookupError, AttributeError, MemoryError) as broken:
        raise NotAmended(NotAmended.UNREADABLE) from broken
    if len(content) > limits.FILE_SIZE:
        raise NotAmended(NotAmended.UNREADABLE)
    return content


def _amended_csv(content: bytes, changes: list[NewValue]) -> bytes:
    fields = {place(one.cell): NewField(one.old, one.new) for one in changes}
    done = with_fields(content, fields)
    if done is None:
        raise NotAmended(NotAmended.ABSENT, changes[0].cell)
    return done


def _amended_workbook(package: Package, changes: list[NewValue]) -> bytes:
    parts = {
        element.attributes.get("name", ""): part
        for element, kind, part in package.sheets()
        if kind == "worksheet" and package.has(part)
    }
    by_sheet: dict[str, dict] = {}
    for one in changes:
        value = Decimal(one.new) if one.number else one.new
        by_sheet.setdefault(one.sheet, {})[place(one.cell)] = value
    formulas = False
    for sheet, values in by_sheet.items():
        if sheet not in parts or None in values:
            raise NotAmended(NotAmended.ABSENT, sheet)
        try:
            data, replaced = with_values(package.read(parts[sheet]), values)
        except NotWritable as formula:
            raise NotAmended(NotAmended.FORMULA, f"{sheet}!{formula.cell}") from formula
        package.write(parts[sheet], data)
        formulas = formulas or bool(replaced)
    if formulas:
        _drop_calculation_chain(package)
    return package.saved()


def _drop_calculation_chain(package: Package) -> None:
    """Leave out the list of formulas: it would name one that is gone."""
    chain = package.part_of_kind("calcChain")
    if chain is None:
        return
    package.drop(chain)
    data = package.read(CONTENT_TYPES)
    patch = XmlPatch(data)
    for one in tree(data).children:
        if one.attributes.get("PartName", "").lower() == f"/{chain}".lower():
            patch.replace(one.start, one.end, b"")
    package.write(CONTENT_TYPES, patch.done())
