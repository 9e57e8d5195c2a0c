"""
Makes every workbook the tests need, right and wrong, at test time. No binaries in git.

    content = forge.workbook(enterprises=[forge.enterprise(1, revenue=12)])
    content = spoil.with_dimension(content, "A1")
    path = forge.saved(content, tmp_path)

workbook() returns a clean .xlsx as a city would send it: 城市汇总 and 企业明细, and 园区进展,
集群建设 and 任务进展 if rows are given. Labels stand in rows 1 to 3, headings in row 4, the first
line in row 5. as_csv() returns the enterprise lines as a csv. What makes them worse is in spoil.py.

Needs neither Django nor a database.
"""

import csv
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl

from submissions.workbook.layout import CITY_LABELS, TABLES, CellKind

SHEETS = {kind: table.sheet for kind, table in TABLES.items()}
HEADINGS = {kind: [column.heading for column in table.columns] for kind, table in TABLES.items()}
FIELDS = {kind: [column.field for column in table.columns] for kind, table in TABLES.items()}

# Where workbook() puts things.
HEADER_ROW = 4
FIRST_ROW = 5

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def credit_code(number: int, city: str = "370100") -> str:
    """Return a valid unified social credit code, another for each number."""
    body = f"91{city}{number:08d}"
    body += "T"
    total = sum(ALPHABET.index(c) * w for c, w in zip(body, WEIGHTS, strict=True))
    return body + ALPHABET[(31 - total % 31) % 31]


def enterprise(number: int = 1, **given: object) -> dict:
    """Return a line of 企业明细 by field; amounts in the unit of the sheet."""
    return {
        "credit_code": credit_code(number),
        "name": f"示例环保企业{number}",
        "park": "示例园区",
        "output_value": 1000 + number,
        "revenue": 900 + number,
        "total_revenue": 2000 + number,
        "rd_expenditure": 12.5,
        "employees": 100 + number,
        "revenue_last_year": 800 + number,
        "remark": None,
    } | given


def city_row(measure: str, this_year: object, last_year: object = None, **given: object) -> dict:
    """Return a row of 城市汇总 by field, in 万元 or 家 or 人."""
    unit = "万元" if CITY_LABELS[measure].kind is CellKind.MONEY else "家"
    return {
        "measure": measure,
        "unit": unit,
        "this_year": this_year,
        "last_year": last_year,
        "remark": None,
    } | given


def city_rows() -> list[dict]:
    """Return the six rows of 城市汇总."""
    figures = [50_000, 45_000, 120, 3, 1_500, 4_800]
    return [
        city_row(measure, figure, figure - 1)
        for measure, figure in zip(CITY_LABELS, figures, strict=True)
    ]


def workbook(
    city: str = "济南市",
    period: str = "2025年1—9月",
    unit: str | None = "万元",
    enterprises: list[dict] | None = None,
    cities: list[dict] | None = None,
    parks: list[dict] | None = None,
    blocks: list[dict] | None = None,
    tasks: list[dict] | None = None,
    *,
    columns: list[str] | None = None,
    headings: dict[str, str] | None = None,
    with_city: bool = True,
    edit: Callable[[openpyxl.Workbook], None] | None = None,
) -> bytes:
    """
    Return a workbook.

    period       as written behind 报告期：; "2025Q3" does too
    unit         of all amounts; None leaves the label out
    enterprises  lines by field, as enterprise() makes them; three if not given
    cities       rows of 城市汇总, as city_row() makes them; six if not given
    columns      the fields of 企业明细 in another order, or fewer
    headings     field of 企业明细 -> another heading
    with_city    False leaves 城市汇总 out
    edit         changes the openpyxl workbook before it is saved
    """
    book = openpyxl.Workbook()
    book.remove(book.active)
    rows = {
        "city": (city_rows() if cities is None else cities) if with_city else None,
        "enterprises": [enterprise(n) for n in (1, 2, 3)] if enterprises is None else enterprises,
        "parks": parks,
        "blocks": blocks,
        "tasks": tasks,
    }
    for kind, lines in rows.items():
        if lines is None:
            continue
        sheet = book.create_sheet(SHEETS[kind])
        sheet.append([f"填报单位：{city}生态环境局"])
        sheet.append([f"报告期：{period}"])
        sheet.append([f"计量单位：{unit}"] if unit else [])
        if not unit:
            sheet.cell(3, 1).value = None
        fields = (columns if kind == "enterprises" else None) or FIELDS[kind]
        named = dict(zip(FIELDS[kind], HEADINGS[kind], strict=True))
        if kind == "enterprises":
            named |= headings or {}
        for at, name in enumerate(fields, start=1):
            sheet.cell(HEADER_ROW, at, named[name])
        for row, line in enumerate(lines, start=FIRST_ROW):
            for at, name in enumerate(fields, start=1):
                sheet.cell(row, at, line.get(name))
    if edit:
        edit(book)
    return _saved_book(book)


def edited(content: bytes, edit: Callable[[openpyxl.Workbook], None]) -> bytes:
    """Return a workbook after openpyxl has opened, changed and saved it."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    edit(book)
    return _saved_book(book)


def _saved_book(book: openpyxl.Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def saved(content: bytes, folder: Path, name: str = "报表.xlsx") -> Path:
    """Write the file into a folder and return its path."""
    path = folder / name
    path.write_bytes(content)
    return path


def sheet_xml(cells: str, before: str = "", after: str = "") -> str:
    """Return the XML of a worksheet around the rows given."""
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{cells}</sheetData>{after}</worksheet>'


# The package, part by part


def parts(content: bytes) -> dict[str, bytes]:
    """Return the parts of a package by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def package(contents: dict[str, bytes]) -> bytes:
    """Return a package made of parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in contents.items():
            archive.writestr(name, part)
    return file.getvalue()


def with_part(content: bytes, name: str, part: bytes | str) -> bytes:
    """Return the package with one part added or replaced."""
    return package(parts(content) | {name: part.encode() if isinstance(part, str) else part})


def part_of(content: bytes, sheet: str = "企业明细") -> str:
    """Return the name of the part that holds a sheet."""
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    position = book.sheetnames.index(sheet) + 1
    book.close()
    return f"xl/worksheets/sheet{position}.xml"


def with_sheet_changed(
    content: bytes, change: Callable[[str], str], sheet: str = "企业明细"
) -> bytes:
    """Return the workbook with the XML of one sheet changed."""
    name = part_of(content, sheet)
    return with_part(content, name, change(parts(content)[name].decode()))


# The same lines as a csv


def as_csv(
    enterprises: list[dict] | None = None,
    encoding: str = "utf-8",
    *,
    delimiter: str = ",",
    unit: str | None = "万元",
    period: str = "2025年1—9月",
    end: str = "\r\n",
) -> bytes:
    """Return the enterprise lines as a csv, laid out as in workbook() (F-20)."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=delimiter, lineterminator=end)
    rows = [enterprise(n) for n in (1, 2, 3)] if enterprises is None else enterprises
    width = len(FIELDS["enterprises"])
    for label in ("填报单位：济南市生态环境局", f"报告期：{period}", unit and f"计量单位：{unit}"):
        writer.writerow([label or ""] + [""] * (width - 1))
    writer.writerow(HEADINGS["enterprises"])
    for row in rows:
        writer.writerow(["" if row[name] is None else row[name] for name in FIELDS["enterprises"]])
    return file.getvalue().encode(encoding)
