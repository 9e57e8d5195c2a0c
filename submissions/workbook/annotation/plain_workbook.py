"""A new workbook: the sheets of an .xls, a csv's lines as text cells, or the index alone."""

import io
import zipfile
from typing import NamedTuple

from submissions.workbook.annotation.index_sheet import text_cell
from submissions.workbook.annotation.package_writer import PACKAGE_RELATIONS, TRANSITIONAL, TYPE
from submissions.workbook.annotation.styles import PLAIN, Styles
from submissions.workbook.cells import Row, letters
from submissions.workbook.shared_parts import NAMESPACES
from submissions.workbook.xml_patch import escape_attribute

MAIN = NAMESPACES[0]
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
WIDTH = 18

# The first number that a workbook may give to a number format of its own.
FIRST_FORMAT = 164


class PlainSheet(NamedTuple):
    """A sheet's name, its XML, and whether it is "visible", "hidden" or "veryHidden"."""

    name: str
    xml: str
    state: str = "visible"


def text_sheet(rows: list[Row], style: int) -> str:
    """Return a sheet of the rows, each cell as text at its own place."""
    widest = max((max(row.cells) for row in rows), default=1)
    data = "".join(
        f'<row r="{row.number}">'
        + "".join(
            text_cell(f"{letters(column)}{row.number}", row.cells[column][1], style)
            for column in sorted(row.cells)
        )
        + "</row>"
        for row in rows
    )
    return (
        f'{HEAD}<worksheet xmlns="{MAIN}"><cols><col min="1" max="{widest}" width="{WIDTH}" '
        f'customWidth="1"/></cols><sheetData>{data}</sheetData></worksheet>'
    )


def plain_styles(formats: list[str] | None = None) -> Styles:
    """Return the styles of a new workbook: the default, then one for each number format."""
    plain = PLAIN.format(main=MAIN)
    numbered = list(enumerate(formats or [], start=FIRST_FORMAT))
    if numbered:
        codes = "".join(
            f'<numFmt numFmtId="{number}" formatCode="{escape_attribute(code)}"/>'
            for number, code in numbered
        )
        styles = "".join(
            f'<xf numFmtId="{number}" fontId="0" fillId="0" borderId="0" xfId="0" '
            'applyNumberFormat="1"/>'
            for number, _code in numbered
        )
        plain = plain.replace("<fonts", f'<numFmts count="{len(numbered)}">{codes}</numFmts><fonts')
        plain = plain.replace('<cellXfs count="1">', f'<cellXfs count="{len(numbered) + 1}">')
        plain = plain.replace("</cellXfs>", f"{styles}</cellXfs>")
    return Styles(plain.encode())


def workbook(sheets: list[PlainSheet], styles: Styles, *, date1904: bool = False) -> bytes:
    """Return a workbook of these sheets."""
    numbered = list(enumerate(sheets, start=1))
    listed = "".join(
        f'<sheet name="{escape_attribute(sheet.name)}" sheetId="{number}" '
        f'state="{sheet.state}" r:id="rId{number}"/>'
        for number, sheet in numbered
    )
    declared = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" '
        f'ContentType="{TYPE.format("worksheet")}"/>'
        for number, _sheet in numbered
    )
    parts = {
        "[Content_Types].xml": (
            f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{TYPE.format("sheet.main")}"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{TYPE.format("styles")}"/>'
            f"{declared}</Types>"
        ),
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": (
            f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{TRANSITIONAL}">'
            f'<workbookPr date1904="{int(date1904)}"/><bookViews><workbookView/></bookViews>'
            f"<sheets>{listed}</sheets></workbook>"
        ),
        "xl/_rels/workbook.xml.rels": _relations(
            [("worksheet", f"xl/worksheets/sheet{number}.xml") for number, _sheet in numbered]
            + [("styles", "xl/styles.xml")]
        ),
        "xl/styles.xml": styles.done(),
        **{f"xl/worksheets/sheet{number}.xml": sheet.xml for number, sheet in numbered},
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
        for name, part in parts.items():
            out.writestr(name, part)
    return file.getvalue()


def _relations(targets: list[tuple[str, str]]) -> str:
    """Return a relations part, numbered from rId1 on."""
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{TRANSITIONAL}/{kind}" Target="/{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE_RELATIONS}">{listed}</Relationships>'
