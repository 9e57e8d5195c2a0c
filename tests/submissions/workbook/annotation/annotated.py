"""Annotations for tests, and annotated workbooks as openpyxl sees them."""

import io

import openpyxl
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from submissions.workbook.annotation.annotation import Annotation
from tests.submissions.fault_catalogue import forge, spoil

FIRMS = "企业明细"


def mark(cell="D5", sheet=FIRMS, code="E146", severity="mandatory", **given):
    texts = {"message": "“环保业务产值”不是数字。", "remedy": "写成 1234.5。"} | given
    return Annotation(sheet, cell, code, severity, **texts)


def opened(done):
    return openpyxl.load_workbook(io.BytesIO(understood(done.bytes)))


def understood(content):
    """The package converted to transitional: openpyxl reads strict workbooks as empty."""
    strict = b"http://purl.oclc.org/ooxml/officeDocument/relationships"
    relations = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    main = forge.MAIN.encode()
    return forge.package(
        {
            name: part.replace(strict, relations).replace(spoil.STRICT.encode(), main)
            for name, part in forge.parts(content).items()
        }
    )


def with_shared_strings(content):
    """The workbook with shared strings that openpyxl finds as well."""
    parts = forge.parts(spoil.with_shared_strings(content))
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    declared = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    types = parts["[Content_Types].xml"].replace(b"</Types>", declared.encode())
    strings = parts["xl/sharedStrings.xml"].replace(b"<rPh>", b'<rPh sb="0" eb="1">')
    return forge.package(parts | {"[Content_Types].xml": types, "xl/sharedStrings.xml": strings})


def colour(cell):
    return cell.fill.fgColor.rgb if cell.fill.patternType == "solid" else None


def rich(book):
    """Everything that a city's workbook may contain besides figures."""
    sheet = book[FIRMS]
    sheet["F5"] = "=D5*2"
    sheet["G6"].comment = Comment("自己的批注", "张三")
    sheet.merge_cells("A1:C1")
    sheet.column_dimensions["B"].width = 41.5
    sheet.row_dimensions[6].hidden = True
    sheet["D6"].number_format = "#,##0.000"
    offered = DataValidation("list", formula1='"甲,乙"')
    sheet.add_data_validation(offered)
    offered.add("C5:C9")
    rule = CellIsRule(operator="lessThan", formula=["0"], fill=PatternFill(bgColor="FF0000"))
    sheet.conditional_formatting.add("D5:D9", rule)
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=4, min_row=4, max_row=7))
    sheet.add_chart(chart, "N2")
    book.create_sheet("本局台账")["A1"] = "不要动"
    book["本局台账"].sheet_state = "hidden"
    name = openpyxl.workbook.defined_name.DefinedName("全省", attr_text=f"'{FIRMS}'!$D$5")
    book.defined_names["全省"] = name
    sheet.print_area = "A1:J9"
    book.active = 1
