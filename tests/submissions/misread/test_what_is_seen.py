"""What a cell shows and what is read from it are the same, or it is said at the cell."""

from decimal import Decimal

import pytest

from submissions.rules.identity import text_is_damaged
from submissions.workbook.number_formats import look
from tests.submissions.fault_catalogue import forge, spoil
from tests.submissions.fault_catalogue.readings import found, one, reading_of

# Format codes in a sheet of 万元, for an amount above zero.
OTHERWISE = [
    *('0.0000"亿元"', '0.00"元"', '0.00"千元"', '0.0"百万元"', '0.0"亿"', '0"千"', "0.00\\亿\\元"),
    *("0.0%", "0%", "0.00%;-0.00%", '0.0"%"', '0.0"‰"', "#,##0,", "0.0,,", "0!.0,", '0!.0,"万元"'),
    *("[$$-409]#,##0.00", "[$€-2] 0.00", '0.0"美元"', '0"人"', '"000"0', '0"00"'),
    *('[>=1]0.0"亿元";0.0', '0.0"亿元";-0.0"亿元";0', 'G/通用格式"元"', 'General"亿元"'),
]
INSTEAD = [
    *('"未报"', ";;;", '"—"', '"停产";"停产";"停产"', '""', '[>0]"略"', '"约"0', '0.0"（预计）"'),
    *('"上年"0.0', '0.0"以上"', "#;;;"),
]
PLAIN = [
    *("0", "0.00", "#,##0.00", "General", "G/通用格式", "0.0_ ", "0.00_);(0.00)", "¥#,##0.00"),
    *('0.00"万元"', '0.0"万"', '"人民币"0.00"万元"', "[$￥-804]#,##0.00", "[Red]0.0;[Blue]-0.0"),
    *('_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "@", "0.00E+00", "# ?/?", '0.0" "'),
    *("[DBNum2]General", "#,##0.00;[Red]-#,##0.00", '0.00;-0.00;"-"'),
]


def in_format(code, field="rd_expenditure", value=12.5):
    """A workbook whose second line has one figure in a number format."""
    letter = {"rd_expenditure": "G", "employees": "H"}[field]

    def change(book):
        sheet = book["企业明细"]
        sheet[f"{letter}6"] = value
        sheet[f"{letter}6"].number_format = code

    return forge.workbook(edit=change)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        *((code, "E226") for code in OTHERWISE),
        *((code, "W227") for code in INSTEAD if code != "#;;;"),
        *((code, None) for code in PLAIN),
    ],
)
def test_a_format_that_shows_another_figure_is_named_at_its_cell(code, expected, tmp_path):
    """D01, D03, D05"""
    reading = reading_of(in_format(code), tmp_path)

    assert found(reading) == ([(expected, "企业明细", "G6")] if expected else [])
    # What is stored is what is read.
    assert reading.tables["enterprises"].lines[1].get("rd_expenditure") == Decimal(125_000)


@pytest.mark.parametrize("code", ["0.0;-0.0;;@", "#,###", "0;;", "#"])
def test_a_zero_that_is_hidden_is_named(code, tmp_path):
    reading = reading_of(in_format(code, value=0), tmp_path)

    assert found(reading) == [("W227", "企业明细", "G6")]
    assert one(reading, "W227").params["shown"] == ""


@pytest.mark.parametrize("code", [*PLAIN, '0"人"', '0"名"'])
def test_a_count_in_people_is_plain(code, tmp_path):
    if "万" not in code:
        assert reading_of(in_format(code, "employees", 12), tmp_path).faults == []


@pytest.mark.parametrize("code", ['0"万人"', "0%", '0.0"千人"', '0"万"', "0,"])
def test_a_count_in_another_unit_is_named(code, tmp_path):
    assert found(reading_of(in_format(code, "employees", 12), tmp_path)) == [
        ("E226", "企业明细", "H6")
    ]


def test_a_whole_column_gets_one_finding_that_lists_its_cells(tmp_path):
    def change(book):
        for row in range(5, 35):
            book["企业明细"][f"G{row}"].number_format = "0.0%"

    lines = [forge.enterprise(n) for n in range(1, 31)]
    reading = reading_of(forge.workbook(enterprises=lines, edit=change), tmp_path)

    fault = one(reading, "E226")
    assert (fault.cell, fault.params["found"]) == ("G5", "30")
    assert fault.params["cells"].startswith("G5, G6")
    assert (fault.params["shown"], fault.params["stored"]) == ("1250.0%", "12.5")


def test_a_format_that_agrees_with_the_unit_of_the_row_is_plain(tmp_path):
    def change(book):
        book["城市汇总"]["C5"].number_format = '0.0"亿元"'
        book["城市汇总"]["C6"].number_format = '0.0"万元"'

    assert found(reading_of(forge.workbook(edit=change), tmp_path)) == [("E226", "城市汇总", "C5")]


@pytest.mark.parametrize(
    ("code", "value", "text"),
    [
        ('0.0000"亿元"', "0.214567", "0.2146亿元"),
        ("0.0%", "0.031", "3.1%"),
        ("0!.0,", "21456", "2.1"),
        ('0.00,"千"', "2145.67", "2.15千"),
        ("#,##0.00;(#,##0.00)", "-1234.5", "(1,234.50)"),
        ("0.0", "-5", "-5.0"),
    ],
)
def test_the_text_that_is_seen(code, value, text):
    assert look(code, Decimal(value)).text == text


PICTURES = [
    '<c r="{ref}" t="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c>',
    '<c r="{ref}" t="str"><f>DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c>',
    '<c r="{ref}" t="inlineStr"><is><t>=DISPIMG("ID_1",1)</t></is></c>',
    '<c r="{ref}" t="inlineStr"><is><t>=_xlfn.DISPIMG("ID_1",1)</t></is></c>',
    '<c r="{ref}" t="e"><f>_xlfn.IMAGE("https://a/b.png")</f><v>#VALUE!</v></c>',
    '<c r="{ref}" t="e" vm="1"><v>#VALUE!</v></c>',
]


@pytest.mark.parametrize("xml", PICTURES)
@pytest.mark.parametrize(
    ("ref", "field"),
    [
        ("J6", "remark"),
        ("B6", "name"),
        ("E6", "revenue"),
        ("H6", "employees"),
        ("A6", "credit_code"),
    ],
)
def test_a_picture_in_a_cell_is_a_picture(xml, ref, field, tmp_path):
    """E01, E02"""
    lines = [forge.enterprise(n, remark="新建") for n in (1, 2, 3)]
    content = spoil.with_raw_cell(forge.workbook(enterprises=lines), ref, xml.format(ref=ref))
    rich = b'<rvStructures><s t="_localImage"><k n="LocalImageIdentifier"/></s></rvStructures>'
    content = forge.with_part(content, "xl/richData/rdrichvaluestructure.xml", rich)
    reading = reading_of(content, tmp_path)

    assert found(reading) == [("E149", "企业明细", ref)]
    assert one(reading, "E149").params["seen"] == "图片"
    assert reading.tables["enterprises"].lines[1].get(field) is None


@pytest.mark.parametrize("xml", [
    '<c r="E6" t="e" vm="1"><v>#VALUE!</v></c>',
    '<c r="E6" t="e"><f>IMAGES(1)</f><v>#NAME?</v></c>',
])  # fmt: skip
def test_an_error_is_not_called_a_picture(xml, tmp_path):
    reading = reading_of(spoil.with_raw_cell(forge.workbook(), "E6", xml), tmp_path)

    assert found(reading) == [("E145", "企业明细", "E6")]


def test_a_date_among_amounts_is_shown_as_it_is_seen(tmp_path):
    from_file = spoil.with_raw_value(forge.workbook(), "G6", "<v>46022</v>")
    content = forge.edited(
        from_file, lambda book: setattr(book["企业明细"]["G6"], "number_format", "yyyy-mm-dd")
    )
    fault = one(reading_of(content, tmp_path), "E149")

    assert (fault.cell, fault.value, fault.params["seen"]) == ("G6", "2025-12-31", "2025-12-31")


@pytest.mark.parametrize(
    "name", ["济南??环保科技有限公司", "济南\ufffd环保", "20251231", "=A1+B1", "#REF!", "济南□环保"]
)
def test_a_damaged_name_is_found_in_a_file(name, tmp_path):
    """E04"""
    lines = [forge.enterprise(1), forge.enterprise(2, name="x")]
    content = forge.with_sheet_changed(
        forge.workbook(enterprises=lines), lambda xml: xml.replace("<t>x</t>", f"<t>{name}</t>")
    )
    reading = reading_of(content, tmp_path)

    assert reading.faults == []
    assert [(each.code, each.cell) for each in text_is_damaged(reading, None)] == [("E228", "B6")]
