"""
Writes the pre-filled workbook of one city and period.

No sheet is protected: protection forbids to sort and to delete rows as soon as one of their cells
is locked. What must not be changed is checked after the upload: headings, stamp, codes.
"""

import io
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from submissions.workbook import limits
from submissions.workbook.cells import wrapped_lines
from submissions.workbook.layout import (
    BLOCKS,
    CHECKED,
    CITY,
    CITY_LABELS,
    ENTERPRISES,
    INSTRUCTIONS_SHEET,
    MARK_SIGN,
    META_SHEET,
    MONEY_UNITS,
    PARKS,
    REVENUE_GROWTH,
    STAMP_LABEL,
    TABLES,
    TASKS,
    TEMPLATE_VERSION,
    CellKind,
    LayoutColumn,
    TableLayout,
)
from submissions.workbook.reading.nil import OFFERED
from submissions.workbook.template.columns import (
    FIRST_ROW,
    HEADER_ROW,
    UNIT,
    Formula,
    TemplateColumn,
    checks_of_line,
    checks_of_measure,
    columns_of,
    given_letters,
    totals_of,
)
from submissions.workbook.template.facts import Given, TemplateFacts, TemplateLine
from submissions.workbook.template.results import Results, with_results
from submissions.workbook.xml_patch import INVALID_XML

# Blank lines beneath the pre-filled ones.
ROOM = {ENTERPRISES.kind: limits.ENTERPRISE_LINES, BLOCKS.kind: 200, PARKS.kind: 50}

WIDTHS = {"credit_code": 21, "name": 30, "measure": 28, "content": 26, "park": 18, "remark": 34}
WIDTHS |= {"task": 30, "step": 30, "standard": 26, "evidence": 24, "help_wanted": 26}
REFERENCE_WIDTH = 12
CHECK_WIDTH = 14
INSTRUCTION_WIDTHS = (10, 12, 64, 64)
KIND_WIDTHS = {
    CellKind.TEXT: 14,
    CellKind.CODE: 22,
    CellKind.MONEY: 15,
    CellKind.COUNT: 10,
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
RED = Font(name="Calibri", size=11, color="FFC00000")

# What is signed beneath 城市汇总: rows of (column, label). The reader takes them for footers.
SIGNATURES = (
    (("A", "单位负责人："), ("C", "统计负责人："), ("F", "填表人：")),
    (("A", "联系电话："), ("C", "报出日期：")),
)

# Where a city says that it has nothing to report: the label, and the cell for the reason.
NIL_LABEL, NIL_CELL, NIL_LAST_CELL = "C3", "D3", "H3"
LONGEST_REASON = 500

A3, A4 = 8, 9


def template(facts: TemplateFacts) -> bytes:
    """Return the workbook as .xlsx."""
    book = Workbook()
    _instructions(book.active, facts)
    meta = book.create_sheet(META_SHEET)
    lists = _meta(meta, facts)
    results: Results = {}
    for kind, lines in facts.lines.items():
        layout = TABLES[kind]
        sheet = book.create_sheet(layout.sheet, len(book.sheetnames) - 1)
        results[layout.sheet] = _table(sheet, layout, lines, facts)
        _validations(sheet, layout, lists, facts)
    meta.sheet_state = "veryHidden"
    book.active = 1
    file = io.BytesIO()
    book.save(file)
    return with_results(file.getvalue(), book.sheetnames, results)


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
        sheet.row_dimensions[at].height = 16 * max(wrapped_lines(*pair) for pair in pairs)
    for column, width in enumerate(INSTRUCTION_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    _paper(sheet)


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
        "state": facts.states,
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
) -> dict[str, Decimal | int | str]:
    """Write a table: labels, headings, lines, signatures. Return the results of its formulas."""
    columns = columns_of(layout, facts)
    results: dict[str, Decimal | int | str] = {}
    _labels(sheet, layout, facts)
    for column in columns:
        _column(sheet, layout, column)
    if layout is ENTERPRISES:
        put(sheet["B3"], facts.wording.totals)
        for letter, formula in totals_of(columns, lines).items():
            results |= _formula(sheet[f"{letter}3"], formula)
            sheet[f"{letter}3"].number_format = sheet.column_dimensions[letter].number_format
    checks = {CITY.kind: checks_of_measure, ENTERPRISES.kind: checks_of_line}.get(layout.kind)
    for row, line in enumerate(lines, start=FIRST_ROW):
        formulas = checks(columns, row, line, facts) if checks else {}
        for column in columns:
            cell = sheet[f"{column.letter}{row}"]
            if layout is TASKS:
                cell.alignment = WRAPPED
            if column.given:
                _cell(cell, layout, column.about, line)
            elif column.about:
                _reference(cell, layout, column, line)
            else:
                results |= _formula(cell, formulas[column.heading])
                _check_format(cell, layout, column, line)
    last = FIRST_ROW + len(lines) - 1
    if layout is CITY:
        _signatures(sheet, last + 2)
    elif lines:
        # The arrows in the headings sort whole rows, references and checks included.
        sheet.auto_filter.ref = f"A{HEADER_ROW}:{columns[-1].letter}{last}"
    sheet.row_dimensions[HEADER_ROW].height = 64
    sheet.freeze_panes = sheet.cell(FIRST_ROW, 2 if layout is CITY else 3)
    _paper(sheet)
    if layout is ENTERPRISES:
        sheet.page_setup.paperSize = A3
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    return results


def _labels(sheet: Worksheet, layout: TableLayout, facts: TemplateFacts) -> None:
    """Write title, reporter, period and unit; above 城市汇总 the cell for a nil return."""
    put(sheet["A1"], facts.title)
    sheet["A1"].font = BOLD
    put(sheet["A2"], f"填报单位：{facts.reporter}")
    put(sheet["A3"], f"报告期：{facts.period}")
    if layout.amounts:
        put(sheet["C2"], f"计量单位：{UNIT}")
    if layout is CITY:
        put(sheet[NIL_LABEL], "本期无数据：")
        put(sheet[NIL_CELL], facts.nil or None)
        sheet.merge_cells(f"{NIL_CELL}:{NIL_LAST_CELL}")
        for cell in sheet[f"{NIL_CELL}:{NIL_LAST_CELL}"][0]:
            cell.border = FRAME
        reason = DataValidation("textLength", operator="lessThanOrEqual")
        reason.formula1 = str(LONGEST_REASON)
        reason.allow_blank = reason.showInputMessage = True
        reason.prompt = facts.wording.nil
        sheet.add_data_validation(reason)
        reason.add(NIL_CELL)


def _column(sheet: Worksheet, layout: TableLayout, column: TemplateColumn) -> None:
    """Write a heading, with the mark of required columns, and set the look of the column."""
    about = column.about
    mark = "*" if column.given and about.required else ""
    unit = _unit(layout, about) if about else ""
    text = mark + column.heading + (f"\n{unit}" if unit else "")
    _heading(sheet[f"{column.letter}{HEADER_ROW}"], text, HEAD if column.given else GREY)
    dimension = sheet.column_dimensions[column.letter]
    if column.given:
        dimension.width = WIDTHS.get(about.field, KIND_WIDTHS[about.kind])
        dimension.number_format = FORMATS[about.kind]
        dimension.hidden = about.hidden
        return
    dimension.width = REFERENCE_WIDTH if about else CHECK_WIDTH
    if about and layout is ENTERPRISES:
        # Earlier figures can be folded away, as before printing.
        dimension.outlineLevel = 1


def _reference(cell: Cell, layout: TableLayout, column: TemplateColumn, line: TemplateLine) -> None:
    """Write a figure of an earlier quarter."""
    kind = column.about.kind
    put(cell, _shown(layout, line, kind, line.references.get(column.heading)))
    cell.number_format = _format(layout, line, kind)
    cell.fill, cell.border = GREY, FRAME


def _formula(cell: Cell, formula: Formula) -> dict[str, Decimal | int | str]:
    """Write a formula; return its result by its address."""
    cell.value = formula.text
    return {cell.coordinate: formula.result}


def _check_format(
    cell: Cell, layout: TableLayout, column: TemplateColumn, line: TemplateLine
) -> None:
    """Set the look of a check: a figure of the row's kind, a percentage, or a red word."""
    cell.fill, cell.border = GREY, FRAME
    if column.heading == REVENUE_GROWTH:
        cell.number_format = "0.0%"
    elif column.heading == CHECKED:
        cell.font = RED
    else:
        cell.number_format = _format(layout, line, CellKind.MONEY)


def _signatures(sheet: Worksheet, first: int) -> None:
    """Write the labels of who is responsible, from a row on; the reader passes over them."""
    for row, labels in enumerate(SIGNATURES, start=first):
        for letter, label in labels:
            put(sheet[f"{letter}{row}"], label)


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
        return f"（{column.unit}）"
    return f"（{UNIT}）" if column.kind is CellKind.MONEY else ""


def _cell(cell: Cell, layout: TableLayout, column: LayoutColumn, line: TemplateLine) -> None:
    """Write a cell to be filled in, with its known value if there is one."""
    value = line.unit if column.field == "unit" else line.values.get(column.field)
    put(cell, _shown(layout, line, column.kind, value))
    cell.number_format = _format(layout, line, column.kind)
    cell.border = FRAME
    if column.fixed:
        cell.fill = GREY
    if remark := line.remarks.get(column.field):
        text = INVALID_XML.sub("", f"{MARK_SIGN}\n\n{remark}")
        cell.comment = Comment(text, "311", width=320, height=60 + 18 * (1 + len(text) // 22))


def _is_count(layout: TableLayout, line: TemplateLine) -> bool:
    """Return whether a row of 城市汇总 counts things."""
    return layout is CITY and CITY_LABELS[line.values["measure"]].kind is CellKind.COUNT


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
    for field, letter in given_letters(columns_of(layout, facts)).items():
        column = layout.column(field)
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
            made.allow_blank, made.showErrorMessage = True, column.field != "remark"
            made.errorTitle = wording.number_title
            sheet.add_data_validation(made)
            made.add(f"{letter}{FIRST_ROW}:{letter}{last}")


def _paper(sheet: Worksheet) -> None:
    """Fit the sheet to landscape A4 pages."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
