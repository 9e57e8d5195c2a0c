"""
The register as a file: its headings, and the formats that read and write it.

Own formats in place of django-import-export's: hers believe the <dimension> that WPS writes
wrongly, and lose rows (tablib#482); write live formulas (#1543); and report success for a
heading that they did not know.
"""

import csv
import io
import unicodedata
import zipfile
from itertools import islice

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export.formats.base_formats import Format
from openpyxl import load_workbook
from tablib import Dataset

from foundation.exporting import CSV_TYPE, XLSX_TYPE, csv_bytes, unguarded, xlsx_bytes

CODE, NAME, CITY = "统一社会信用代码", "企业名称", "所在城市"
PARK, FIELD, STATUS, DEMONSTRATION = "所属园区", "行业领域", "状态", "示例数据"
REQUIRED = (CODE, NAME, CITY)
HEADINGS = (*REQUIRED, PARK, FIELD, STATUS, DEMONSTRATION)
# Each row also carries its number in the user's own file.
ROW_NUMBER = "行号"

MAX_ROWS = 20_000
MAX_UNPACKED = 50 * 1024 * 1024
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


class UnreadableRegister(Exception):
    """A file that cannot be read as a register; the message is for the user."""


def fold(text) -> str:
    """Return a heading or name as it is compared: narrow, without white space, lower case."""
    return "".join(unicodedata.normalize("NFKC", str(text)).split()).casefold()


def is_workbook(beginning: bytes) -> bool:
    """Return whether a file with these first bytes is an .xlsx, whatever its name."""
    return beginning.startswith(ZIP)


class RegisterCsv(Format):
    """UTF-8 with or without BOM, or GB18030, as Excel and WPS in China write it."""

    def __init__(self, encoding=None):
        pass

    def get_title(self):
        return "CSV"

    def get_extension(self):
        return "csv"

    def get_content_type(self):
        return CSV_TYPE

    def can_import(self):
        return True

    def can_export(self):
        return True

    def create_dataset(self, content: bytes) -> Dataset:
        if content.startswith(OLE):
            raise UnreadableRegister(_("This is an old .xls workbook. Save it as .xlsx."))
        rows = csv.reader(io.StringIO(_decoded(content), newline=""))
        try:
            return _dataset([unguarded(cell) for cell in row] for row in rows)
        except csv.Error:
            raise UnreadableRegister(_("This CSV file is damaged.")) from None

    def export_data(self, dataset: Dataset, **kwargs) -> bytes:
        return csv_bytes(dataset.headers, dataset)


class RegisterXlsx(RegisterCsv):
    """A workbook with one filled sheet."""

    def get_title(self):
        return "XLSX"

    def get_extension(self):
        return "xlsx"

    def get_content_type(self):
        return XLSX_TYPE

    def create_dataset(self, content: bytes) -> Dataset:
        _refuse_bomb(content)
        # Formulas are read as text, not as their last result or as blank.
        workbook = load_workbook(io.BytesIO(content), read_only=True)
        try:
            return _dataset(_sheet_rows(_only_filled_sheet(workbook)))
        finally:
            workbook.close()

    def export_data(self, dataset: Dataset, **kwargs) -> bytes:
        return xlsx_bytes("企业名录", dataset.headers, dataset)


FORMATS = [RegisterCsv, RegisterXlsx]


def _decoded(content: bytes) -> str:
    # Bytes that are not UTF-8 are GB18030, or no text.
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableRegister(_("This is neither an .xlsx workbook nor text in UTF-8 or GB18030."))


def _refuse_bomb(content: bytes) -> None:
    # The directory says what it will unpack to; zipfile refuses a member that says too little.
    with zipfile.ZipFile(io.BytesIO(content)) as members:
        if sum(member.file_size for member in members.infolist()) > MAX_UNPACKED:
            raise UnreadableRegister(_("This workbook is too large when unpacked."))


def _only_filled_sheet(workbook):
    filled = []
    for sheet in workbook.worksheets:
        # WPS writes A1 here whatever the sheet holds.
        sheet.reset_dimensions()
        if any(any(row) for row in islice(sheet.iter_rows(values_only=True), MAX_ROWS)):
            filled.append(sheet)
    if len(filled) > 1:
        raise UnreadableRegister(_("Several sheets are filled. Leave only the register's."))
    if not filled:
        raise UnreadableRegister(_("The workbook is empty."))
    return filled[0]


def _sheet_rows(sheet):
    computed = []
    for row in sheet.iter_rows():
        computed += [cell.coordinate for cell in row if cell.data_type in ("f", "e")]
        yield [cell.value for cell in row]
    if computed:
        raise UnreadableRegister(
            _("Formulas or error values at %(cells)s. Paste them as plain text.")
            % {"cells": ", ".join(computed[:10]) + ("…" if len(computed) > 10 else "")}
        )


def _is_blank(cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _dataset(rows) -> Dataset:
    """Return the rows under our own headings, each with its number; blank rows are left out."""
    numbered = ((n, row) for n, row in enumerate(rows, start=1) if not all(map(_is_blank, row)))
    _first, found = next(numbered, (0, []))
    while found and _is_blank(found[-1]):
        found.pop()
    dataset = Dataset(headers=[*_headings(found), ROW_NUMBER])
    for number, row in numbered:
        if not all(map(_is_blank, row[len(found) :])):
            raise UnreadableRegister(
                _("Row %(row)s is longer than the row of headings.") % {"row": number}
            )
        if len(dataset) == MAX_ROWS:
            raise UnreadableRegister(
                _("The file has more than %(rows)s rows.") % {"rows": MAX_ROWS}
            )
        cells = [*row, *[None] * (len(found) - len(row))][: len(found)]
        dataset.append([*cells, number])
    return dataset


def _headings(found: list) -> list[str]:
    """Return the headings as we write them. Raises UnreadableRegister with all that is wrong."""
    known = {fold(heading): heading for heading in HEADINGS}
    headings = [known.get(fold("" if cell is None else cell)) for cell in found]
    unknown = [str(cell) for cell, heading in zip(found, headings, strict=True) if not heading]
    missing = [heading for heading in REQUIRED if heading not in headings]
    twice = sorted({heading for heading in headings if heading and headings.count(heading) > 1})
    wrong = [
        (unknown, gettext_lazy("Unknown headings: %(names)s.")),
        (missing, gettext_lazy("Missing headings: %(names)s.")),
        (twice, gettext_lazy("Headings that stand twice: %(names)s.")),
    ]
    said = [str(words) % {"names": "、".join(names)} for names, words in wrong if names]
    if said:
        raise UnreadableRegister(" ".join(said))
    return headings
