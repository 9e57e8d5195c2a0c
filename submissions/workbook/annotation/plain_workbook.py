"""A new workbook: a csv's lines as text cells, or the index alone."""

import io
import zipfile

from submissions.workbook.annotation.index_sheet import text_cell
from submissions.workbook.annotation.package_writer import PACKAGE_RELATIONS, TRANSITIONAL, TYPE
from submissions.workbook.annotation.styles import PLAIN, Styles
from submissions.workbook.cells import Row, letters
from submissions.workbook.shared_parts import NAMESPACES
from submissions.workbook.xml_patch import escape_attribute

MAIN = NAMESPACES[0]
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
WIDTH = 18


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


def plain_styles() -> Styles:
    """Return the styles of a new workbook."""
    return Styles(PLAIN.format(main=MAIN).encode())


def workbook(sheet: str, xml: str, styles: Styles) -> bytes:
    """Return a workbook of one sheet."""
    parts = {
        "[Content_Types].xml": (
            f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{TYPE.format("sheet.main")}"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{TYPE.format("styles")}"/>'
            '<Override PartName="/xl/worksheets/sheet1.xml" '
            f'ContentType="{TYPE.format("worksheet")}"/></Types>'
        ),
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": (
            f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{TRANSITIONAL}"><bookViews><workbookView/>'
            f'</bookViews><sheets><sheet name="{escape_attribute(sheet)}" sheetId="1" '
            'r:id="rId1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": _relations(
            [("worksheet", "xl/worksheets/sheet1.xml"), ("styles", "xl/styles.xml")]
        ),
        "xl/styles.xml": styles.done(),
        "xl/worksheets/sheet1.xml": xml,
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
