"""
Writes the pre-filled workbook of one city and period; cells to fill in are unlocked.

The protection has no password: it only prevents typing into the grey columns by mistake.
"""

import io
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from submissions.workbook import limits
from submissions.workbook.layout import (
    BLOCKS,
    CITY,
    CITY_MEASURES,
    ENTERPRISES,
    INSTRUCTIONS_SHEET,
    MARK_SIGN,
    META_SHEET,
    MONEY_UNITS,
    PARKS,
    STAMP_LABEL,
    TABLES,
    TEMPLATE_VERSION,
    CellKind,
    LayoutColumn,
    TableLayout,
    reference_headings,
)
from submissions.workbook.reading.nil import OFFERED
from submissions.workbook.template.facts import Given, TemplateFacts, TemplateLine
from submissions.workbook.xml_patch import INVALID_XML

UNIT = "万元"
COUNT_UNITS = {"employees": "人", "firms": "家"}

HEADER_ROW = 4
FIRST_ROW = 5
# Blank lines beneath the pre-filled ones.
ROOM = {ENTERPRISES.kind: limits.ENTERPRISE_LINES, BLOCKS.kind: 200, PARKS.kind: 50}

# Columns that a city does not change: rows of the plan.
FIXED = {(CITY.kind, "measure"), (CITY.kind, "unit")}

WIDTHS = {"credit_code": 22, "name": 34, "measure": 28, "content": 26, "park": 24, "remark": 36}
INSTRUCTION_WIDTHS = (10, 12, 64, 64)
KIND_WIDTHS = {
    CellKind.TEXT: 14,
    CellKind.CODE: 22,
    CellKind.MONEY: 16,
    CellKind.COUNT: 12,
    CellKind.DATE: 14,
}

FORMATS = {
    CellKind.TEXT: "@",
    CellKind.CODE: "@",
    CellKind.MONEY: "#,##0.00",
    CellKind.COUNT: "#,##0",
    CellKind.DATE: "yyyy-mm-dd",
}

GREY = PatternFill("solid", fgColor="FFEDEDED")
HEAD = PatternFill("solid", fgColor="FFDDEBF7")
LINE = Side(style="thin", color="FFBFBFBF")
FRAME = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
WRAPPED = Alignment(vertical="top", wrap_text=True)
CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)
BOLD = Font(name="Calibri", size=11, bold=True)
OPEN = Protection(locked=False)


def template(facts: TemplateFacts) -> bytes:
    """Return the workbook as .xlsx."""
    book = Workbook()
    _instructions(book.active, facts)
    meta = book.create_sheet(META_SHEET)
    lists = _meta(meta, facts)
    for kind, lines in facts.lines.items():
        layout = TABLES[kind]
        sheet = book.create_sheet(layout.sheet, len(book.sheetnames) - 1)
        _table(sheet, layout, lines, facts)
        _validations(sheet, layout, lists, facts)
    meta.sheet_state = "veryHidden"
    book.active = 1
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def put(cell: Cell, value: Given) -> None:
    """Set a cell. A text that looks like a formula stays a text."""
    if isinstance(value, str):
        cell.value = INVALID_XML.sub("", value)
        cell.data_type = "s"
        cell.quotePrefix = True
    else:
        cell.value = value


def _instructions(sheet: Worksheet, facts: TemplateFacts) -> None:
    """Write the instructions, the reviewer's remarks and the list of rules."""
    sheet.title = INSTRUCTIONS_SHEET
    wording = facts.wording
    rows: list[tuple[tuple[str, ...], bool]] = [((facts.title,), True)]
    rows.append(((f"填报单位：{facts.reporter}　报告期：{facts.period}　计量单位：{UNIT}",), False))
    if facts.remarks:
        rows.append(((wording.remarks,), True))
        rows += [((remark,), False) for remark in facts.remarks]
    rows.append(((wording.instructions,), True))
    rows += [
        ((f"{number}. {text}",), False) for number, text in enumerate(facts.instructions, start=1)
    ]
    rows.append(((wording.rules,), True))
    rows.append((wording.rule_headings, True))
    rows += [((rule.code, rule.level, rule.message, rule.remedy), False) for rule in facts.rules]
    for at, (texts, bold) in enumerate(rows, start=1):
        for column, text in enumerate(texts, start=1):
            cell = sheet.cell(at, column)
            put(cell, text)
            cell.alignment = WRAPPED
            if bold:
                cell.font = BOLD
        widths = INSTRUCTION_WIDTHS
        if len(texts) == 1:
            sheet.merge_cells(start_row=at, end_row=at, start_column=1, end_column=len(widths))
            widths = (sum(widths),)
        # Not every program fits the height of rows to their texts.
        pairs = zip(texts, widths, strict=True)
        sheet.row_dimensions[at].height = 16 * max(_lines(*pair) for pair in pairs)
    for column, width in enumerate(INSTRUCTION_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.protection.sheet = True
    _paper(sheet)


def _lines(text: str, width: int) -> int:
    """Return how many lines a text takes in a column; a Chinese character counts as two."""
    wide = [sum(1 if c.isascii() else 2 for c in part) for part in text.split("\n")]
    return sum(1 + each // width for each in wide)


def _meta(sheet: Worksheet, facts: TemplateFacts) -> dict[str, str]:
    """Write the stamp and the lists; return the address of each list that is not empty."""
    rows = [(STAMP_LABEL, facts.stamp), ("version", str(TEMPLATE_VERSION))]
    rows += [("reporter", facts.reporter), ("period", facts.period)]
    for at, texts in enumerate(rows, start=1):
        for column, text in enumerate(texts, start=1):
            put(sheet.cell(at, column), text)
    found = {}
    lists = {
        "park": facts.parks,
        "status": facts.statuses,
        "content": facts.contents,
        "category": facts.categories,
        "remark": list(OFFERED),
    }
    for column, (name, offered) in enumerate(lists.items(), start=4):
        letter = get_column_letter(column)
        put(sheet.cell(1, column), name)
        for row, text in enumerate(offered, start=2):
            put(sheet.cell(row, column), text)
        if offered:
            found[name] = f"'{META_SHEET}'!${letter}$2:${letter}${len(offered) + 1}"
    return found


def _table(
    sheet: Worksheet, layout: TableLayout, lines: list[TemplateLine], facts: TemplateFacts
) -> None:
    """Write a table: labels, headings, lines, and reference columns of earlier figures."""
    put(sheet["A1"], facts.title)
    sheet["A1"].font = BOLD
    put(sheet["A2"], f"填报单位：{facts.reporter}")
    put(sheet["A3"], f"报告期：{facts.period}")
    if layout is not BLOCKS:
        put(sheet["D3"], f"计量单位：{UNIT}")
    references = reference_headings(layout)
    kinds = {column.field: column.kind for column in layout.columns}
    width = len(layout.columns)
    for at, column in enumerate(layout.columns, start=1):
        _heading(sheet.cell(HEADER_ROW, at), column.heading + _unit(layout, column), HEAD)
        dimension = sheet.column_dimensions[get_column_letter(at)]
        dimension.width = WIDTHS.get(column.field, KIND_WIDTHS[column.kind])
        dimension.number_format = FORMATS[column.kind]
        dimension.protection = OPEN
    for at, (words, field) in enumerate(references.items(), start=width + 1):
        about = next(column for column in layout.columns if column.field == field)
        _heading(sheet.cell(HEADER_ROW, at), words + _unit(layout, about), GREY)
        sheet.column_dimensions[get_column_letter(at)].width = 16
    for row, line in enumerate(lines, start=FIRST_ROW):
        for at, column in enumerate(layout.columns, start=1):
            _cell(sheet.cell(row, at), layout, column, line)
        for at, (words, field) in enumerate(references.items(), start=width + 1):
            cell = sheet.cell(row, at)
            put(cell, _shown(layout, line, kinds[field], line.references.get(words)))
            cell.number_format = _format(layout, line, kinds[field])
            cell.fill, cell.border = GREY, FRAME
    sheet.row_dimensions[HEADER_ROW].height = 48
    sheet.freeze_panes = sheet.cell(FIRST_ROW, 2 if layout is CITY else 3)
    _protect(sheet)
    _paper(sheet)
    # Printed without the reference columns.
    sheet.print_area = f"A1:{get_column_letter(width)}{max(FIRST_ROW, sheet.max_row)}"
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"


def _heading(cell: Cell, text: str, fill: PatternFill) -> None:
    """Write a heading."""
    put(cell, text)
    cell.font, cell.fill = BOLD, fill
    cell.alignment, cell.border = CENTRED, FRAME


def _unit(layout: TableLayout, column: LayoutColumn) -> str:
    """Return the unit of a column for its heading."""
    if layout is CITY:
        return ""
    if column.kind is CellKind.COUNT:
        return f"（{COUNT_UNITS[column.field]}）"
    return f"（{UNIT}）" if column.kind is CellKind.MONEY else ""


def _cell(cell: Cell, layout: TableLayout, column: LayoutColumn, line: TemplateLine) -> None:
    """Write a cell to be filled in, with its known value if there is one."""
    value = line.unit if column.field == "unit" else line.values.get(column.field)
    put(cell, _shown(layout, line, column.kind, value))
    cell.number_format = _format(layout, line, column.kind)
    cell.border = FRAME
    if (layout.kind, column.field) in FIXED:
        cell.fill = GREY
    else:
        cell.protection = OPEN
    if remark := line.remarks.get(column.field):
        text = INVALID_XML.sub("", f"{MARK_SIGN}\n\n{remark}")
        cell.comment = Comment(text, "311", width=320, height=60 + 18 * (1 + len(text) // 22))


def _is_count(layout: TableLayout, line: TemplateLine) -> bool:
    """Return whether a row of 城市汇总 counts things."""
    return layout is CITY and CITY_MEASURES[line.values["measure"]][1] is CellKind.COUNT


def _shown(layout: TableLayout, line: TemplateLine, kind: CellKind, value: Given) -> Given:
    """Return a value as the sheet shows it: amounts in its unit."""
    if kind is CellKind.MONEY and value is not None and not _is_count(layout, line):
        return Decimal(value) / MONEY_UNITS[UNIT]
    return None if value == "" else value


def _format(layout: TableLayout, line: TemplateLine, kind: CellKind) -> str:
    """Return the number format of a cell."""
    count = kind is CellKind.MONEY and _is_count(layout, line)
    return FORMATS[CellKind.COUNT if count else kind]


def _validations(
    sheet: Worksheet, layout: TableLayout, lists: dict[str, str], facts: TemplateFacts
) -> None:
    """Add data validation for numbers and codes, and drop-downs of registered names."""
    wording = facts.wording
    last = FIRST_ROW + ROOM.get(layout.kind, len(facts.lines[layout.kind])) - 1
    for at, column in enumerate(layout.columns, start=1):
        made = None
        if column.kind is CellKind.MONEY:
            made = DataValidation("decimal", operator="greaterThanOrEqual", formula1="0")
            made.error = wording.number
        elif column.kind is CellKind.COUNT:
            made = DataValidation("whole", operator="greaterThanOrEqual", formula1="0")
            made.error = wording.number
        elif column.kind is CellKind.CODE:
            made = DataValidation("textLength", operator="equal", formula1="18")
            made.error = wording.code
        elif column.field == "remark":
            # A few words are offered; others are allowed.
            made = (
                DataValidation("list", formula1=lists["remark"]) if layout is ENTERPRISES else None
            )
        elif column.field in lists:
            made = DataValidation("list", formula1=lists[column.field])
            made.error = wording.listed
            # New enterprises, and blocks of an open number, have names that are not in the list.
            made.errorStyle = "warning"
        if made:
            letter = get_column_letter(at)
            made.allow_blank, made.showErrorMessage = True, column.field != "remark"
            made.errorTitle = wording.number_title
            sheet.add_data_validation(made)
            made.add(f"{letter}{FIRST_ROW}:{letter}{last}")


def _protect(sheet: Worksheet) -> None:
    """Protect the sheet; sorting, filtering and formatting stay allowed (False means allowed)."""
    protection = sheet.protection
    protection.sheet = True
    for act in ("formatCells", "formatColumns", "formatRows", "insertRows", "deleteRows"):
        setattr(protection, act, False)
    protection.sort = protection.autoFilter = False


def _paper(sheet: Worksheet) -> None:
    """Fit the sheet to landscape A4 pages."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
