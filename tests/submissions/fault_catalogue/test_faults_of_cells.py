"""
Faults of texts, sheets and cells, from the upload page to the annotated workbook.

Each is found at its cell of the user's own file. The lines of forge.workbook() are in rows 5 to
7; D is 环保业务产值, E 环保业务营业收入.
"""

from datetime import date

import pytest

from submissions.models import StagedRow
from submissions.workbook import limits
from submissions.workbook.cells import letters
from tests.submissions.fault_catalogue import forge, spoil
from tests.submissions.fault_catalogue.faults import fault, made, said
from tests.submissions.in_process import without_children

CLEAN = forge.workbook()
CSV = forge.as_csv()
FIRMS = "企业明细"


@pytest.fixture(autouse=True)
def _here(monkeypatch):
    """What is read is asked here; test_faults_of_files starts the child that reads."""
    without_children(monkeypatch)


def first(**given):
    """The clean workbook with another first line."""
    lines = [forge.enterprise(1, **given), forge.enterprise(2), forge.enterprise(3)]
    return forge.workbook(enterprises=lines)


def changed(**cells):
    """The clean workbook with cells of 企业明细 changed."""

    def change(book):
        for cell, value in cells.items():
            book[FIRMS][cell] = value

    return forge.workbook(edit=change)


def merged(reference):
    return forge.workbook(edit=lambda book: book[FIRMS].merge_cells(reference))


def raw(xml):
    """The clean workbook with the element of E5 replaced."""
    return spoil.with_raw_cell(CLEAN, "E5", xml)


def without(*fields):
    return forge.workbook(
        columns=[name for name in forge.FIELDS["enterprises"] if name not in fields]
    )


def hidden_sheet(book):
    book.create_sheet("列表").sheet_state = "veryHidden"
    book["城市汇总"].sheet_state = "hidden"


def hidden_column(book):
    book[FIRMS].column_dimensions["E"].hidden = True


def active_elsewhere(book):
    book.create_sheet("填报说明", 0)["A1"] = "请先阅读"
    book.active = 0


def pages(book):
    """A title above, the headings once more on the second page, a total and a signature below."""
    sheet = book[FIRMS]
    sheet.insert_rows(1)
    sheet["A1"] = "山东省生态环保产业季度报表"
    for at, heading in enumerate(forge.HEADINGS["enterprises"], start=1):
        sheet.cell(9, at, heading)
    sheet["A10"], sheet["D10"] = "合计", 3006
    sheet["A11"] = "单位负责人：张三"


CSVS = [
    *(
        fault("F-20", encoding, lambda encoding=encoding: forge.as_csv(encoding=encoding), "W139")
        for encoding in ("utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16")
    ),
    fault("F-20", "UTF-16 BE", lambda: b"\xfe\xff" + forge.as_csv(encoding="utf-16-be"), "W139"),
    # These bytes are GB18030 too, of other characters: what gives them away are the headings.
    fault(
        "F-21", "Big5", "統一社會信用代碼,企業名稱\r\n1,臺灣公司\r\n".encode("big5"), "E126", "W139"
    ),
    fault("F-21", "broken byte", CSV.replace(b"1001", b"\xff\xff"), "E121 A5"),
    fault("F-22", "two encodings", CSV + forge.as_csv(encoding="gb18030"), "E121 A8"),
    fault("F-23", "open quote", CSV.replace(b"1002", b'"1002'), "E123 A6"),
    fault("F-23", "quote in the middle", CSV.replace(b"1002", b'"10"02'), "E123 A6"),
    fault("F-23", "a field too large", CSV.replace(b"1002", b'"' + b"1" * 200_000), "E123 A6"),
    fault("F-23", "a comma too many", CSV.replace(b"1002", b"1,002"), "E122 A6", "W139"),
    fault("F-23", "semicolons", lambda: forge.as_csv(delimiter=";"), "W139"),
    fault("F-23", "CR only", lambda: forge.as_csv(end="\r"), "W139"),
    fault("F-23", "NUL", CSV.replace(b"1002", b"\0"), "E124 A6"),
    fault("F-24", "invisible in a name", lambda: first(name="示例\u200b环保\ufeff企业1\u3000")),
    fault(
        "F-24", "invisible in a code", lambda: first(credit_code=f"\ufeff{forge.credit_code(1)} ")
    ),
    fault("F-24", "bidi in a name", lambda: first(name="示例\u202e环保企业1")),
    fault("F-24", "private use", lambda: first(name="示例\ue000环保企业1"), "W154 B5"),
]

STRUCTURE = [
    fault("F-30", "title, page, total, signature", lambda: forge.workbook(edit=pages)),
    fault("F-30", "headings on two lines", lambda: spoil.with_two_line_headings(CLEAN)),
    fault("F-30", "total is another", lambda: changed(A8="合计", D8=4000), "W185 D8"),
    fault("F-31", "merged lines", lambda: merged("C5:C7"), "E131 C5"),
    fault("F-31", "merged columns", lambda: merged("D6:E6"), "E131 D6", "E150 E6"),
    fault("F-32", "width and spaces", lambda: changed(D4=" 环保业务产值 （ 万元 ） ")),
    fault("F-32", "half width", lambda: changed(D4="环保业务产值(万元)")),
    fault("F-32", "slip", lambda: changed(C4="所属园去"), "W134 C4"),
    fault("F-32", "missing", lambda: without("revenue"), "E132"),
    fault("F-32", "twice", lambda: changed(C4="企业名称"), "E133 C4"),
    fault("F-32", "one more", lambda: changed(K4="法定代表人"), "W134 K4"),
    fault("F-33", "another sheet open", lambda: forge.workbook(edit=active_elsewhere)),
    fault("F-34", "hidden sheets", lambda: forge.workbook(edit=hidden_sheet), "W127", "W139"),
    fault("F-34", "hidden rows", lambda: spoil.hide_rows(CLEAN, 5, 6), "W135 A5"),
    fault("F-34", "hidden columns", lambda: forge.workbook(edit=hidden_column), "W140"),
    fault("F-36", "empty form", lambda: forge.workbook(enterprises=[], cities=[]), "E137"),
    fault("F-36", "headings only", lambda: forge.workbook(enterprises=[]), "E137"),
    fault(
        "F-36",
        "codes only",
        lambda: forge.workbook(enterprises=[{"credit_code": forge.credit_code(1)}]),
        *("E150 B5", "E150 D5", "E150 E5"),
    ),
    fault(
        "F-37",
        "20,001 lines",
        lambda: forge.workbook(
            enterprises=[forge.enterprise(n) for n in range(1, limits.ENTERPRISE_LINES + 2)]
        ),
        "E110",
    ),
    fault("F-37", "201 columns", lambda: changed(**{f"{c}5": "x" for c in columns(201)}), "E109"),
    fault(
        "F-37",
        "31 sheets",
        lambda: forge.workbook(edit=lambda book: [book.create_sheet(f"s{n}") for n in range(29)]),
        "E108",
    ),
]

ERRORS = ("#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!")
# What looks like a number to a person and is none.
NO_NUMBERS = (
    *("12万", "12.5%", "￥1,200", "(1,200)", "约12", "12-15", "1e5", "１２，３４", "٣", "1_000"),
)

CELLS = [
    fault("F-40", "integer", lambda: first(credit_code=913701000000000012), "E141 A5"),
    fault("F-40", "float", lambda: first(credit_code=9.13701e17), "E141 A5"),
    fault("F-40", "text of a number", lambda: first(credit_code="9.137E+17"), "E141 A5"),
    fault("F-41", "letter O", lambda: first(credit_code="9137O1000000001T5"), "E175 A5"),
    fault("F-41", "lower case", lambda: first(credit_code=forge.credit_code(1).lower())),
    fault("F-41", "hyphens", lambda: first(credit_code=hyphened(forge.credit_code(1)))),
    fault("F-41", "full width", lambda: first(credit_code=wide(forge.credit_code(1)))),
    fault("F-41", "O for 0", lambda: first(credit_code=with_o(forge.credit_code(1))), "E142 A5"),
    fault("F-41", "check", lambda: first(credit_code=forge.credit_code(1)[:-1] + "X"), "E143 A5"),
    fault("F-42", "no result", lambda: spoil.without_cached_value(CLEAN, "E5"), "E144 E5"),
    *(
        fault("F-43", error, raw(f'<c r="E5" t="e"><v>{error}</v></c>'), "E145 E5")
        for error in ERRORS
    ),
    *(fault("F-44", text, lambda text=text: first(revenue=text), "E146 E5") for text in NO_NUMBERS),
    *(
        fault("F-44", text, lambda text=text: first(employees=text))
        for text in ("１２３", "1,234", " 12 ", "—", "/", "无", "12.0")
    ),
    *(
        fault("F-45", value, spoil.with_raw_value(CLEAN, "E5", f"<v>{value}</v>"), "E147 E5")
        for value in ("NaN", "Infinity", "1e308", "1e999")
    ),
    fault("F-45", "-0", spoil.with_raw_value(CLEAN, "E5", "<v>-0</v>")),
    fault("F-45", "binary dust", spoil.with_raw_value(CLEAN, "E5", "<v>940.99999999999989</v>")),
    fault("F-45", "30 decimals", lambda: first(revenue="1." + "3" * 30), "W191 E5"),
    fault("F-46", "a date among amounts", lambda: first(revenue=date(2025, 6, 30)), "E149 E5"),
    fault("F-46b", "TRUE", lambda: first(revenue=True), "E149 E5"),
    fault(
        "F-46b",
        "rich text",
        raw('<c r="E5" t="inlineStr"><is><r><t>9</t></r><r><t>01</t></r></is></c>'),
    ),
    fault(
        "F-46b",
        "picture of WPS",
        raw('<c r="E5" t="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c>'),
        "E149 E5",
    ),
    fault("F-46c", "blank", lambda: first(revenue=None), "E150 E5"),
    fault("F-46c", "zero", lambda: first(revenue=0)),
]


def columns(count):
    return [letters(at) for at in range(1, count + 1)]


def hyphened(code):
    return f"{code[:2]}-{code[2:8]}-{code[8:]}"


def wide(code):
    return "".join(chr(ord(character) + 0xFEE0) for character in code)


def with_o(code):
    return code.replace("0", "O", 1)


@pytest.mark.parametrize(("content", "name", "expected"), [*STRUCTURE, *CELLS])
def test_a_fault_in_a_workbook_is_found_at_its_cell(hand_in, content, name, expected):
    assert said(hand_in(made(content), name)) == sorted(expected)


@pytest.mark.parametrize(("content", "name", "expected"), CSVS)
def test_a_fault_of_text_is_found_at_its_line(hand_in, content, name, expected):
    name = "报表.csv" if not made(content).startswith(b"PK") else name
    assert said(hand_in(made(content), name)) == sorted(expected)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        (date(2025, 6, 30), "2025-06-30"),
        ("2025.6.30", "2025-06-30"),
        ("2025年6月", "2025-06-30"),
        ("2025/6/30", "2025-06-30"),
        (45838, None),
        ("26/3/31", None),
        ("03/04/26", None),
        (date(1900, 1, 1), None),
        (date(2206, 1, 1), None),
    ],
)
def test_a_date_is_understood_or_refused(hand_in, written, day):
    """F-46"""
    blocks = [{"content": "1个研究院", "planned_on": written}]
    submission = hand_in(forge.workbook(blocks=blocks))

    assert submission.rows.get(kind=StagedRow.RowKind.BLOCKS).values["planned_on"] == day
    assert ("E148 E5" in said(submission)) == (day is None)


def test_blank_is_not_zero_and_missing_lines_are_counted(hand_in, client):
    """F-46c"""
    submission = hand_in(first(employees=None, rd_expenditure=0))

    row = submission.rows.get(kind=StagedRow.RowKind.ENTERPRISES, row=5)
    assert row.values["employees"] is None
    assert row.values["rd_expenditure"] == "0.00"
