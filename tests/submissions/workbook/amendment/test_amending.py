import csv
import io
import zipfile
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from submissions.workbook.amendment.amending import NewValue, NotAmended, amended
from submissions.workbook.amendment.amending_sandbox import amend_sandboxed
from submissions.workbook.amendment.csv_fields import NewField, with_fields
from submissions.workbook.reading.workbook import read
from tests.submissions.fault_catalogue import forge

SHEET = "企业明细"
TO_12 = NewValue(SHEET, "D5", "1001", "12.5", True)


def cells(content, sheet=SHEET):
    """Every cell's value, with formulas as they are written."""
    return {
        cell.coordinate: cell.value
        for row in openpyxl.load_workbook(io.BytesIO(content))[sheet].iter_rows()
        for cell in row
        if cell.value is not None
    }


def amend(content, tmp_path, *changes, name="报表.xlsx"):
    return amended(forge.saved(content, tmp_path, name), changes)


@pytest.mark.parametrize(
    ("change", "value"),
    [
        pytest.param(TO_12, 12.5, id="a number for a number"),
        pytest.param(TO_12._replace(cell="J5"), 12.5, id="a number in a blank cell"),
        pytest.param(TO_12._replace(cell="Z90"), 12.5, id="a number in a row that is not there"),
        pytest.param(NewValue(SHEET, "B5", "", "<甲>&乙", False), "<甲>&乙", id="a text"),
        pytest.param(NewValue(SHEET, "A5", "", "0917", False), "0917", id="a code"),
    ],
)
def test_that_cell_changes_and_no_other(tmp_path, change, value):
    before = forge.workbook()
    after = amend(before, tmp_path, change)

    assert cells(after) == cells(before) | {change.cell: value}
    assert cells(after, "城市汇总") == cells(before, "城市汇总")


def test_every_other_part_stays_byte_for_byte(tmp_path):
    before = forge.workbook()
    after = amend(before, tmp_path, TO_12)

    old, new = (zipfile.ZipFile(io.BytesIO(content)) for content in (before, after))
    assert old.namelist() == new.namelist()
    changed = [name for name in old.namelist() if old.read(name) != new.read(name)]
    assert changed == ["xl/worksheets/sheet2.xml"]


def test_the_reader_reads_the_new_value_and_the_cell_keeps_its_format(tmp_path):
    def bold(book):
        book[SHEET]["D5"].number_format = "#,##0.0"

    after = amend(forge.workbook(edit=bold), tmp_path, TO_12)
    line = read(forge.saved(after, tmp_path, "b.xlsx")).tables["enterprises"].lines[0]

    assert line.get("output_value") == Decimal("125000")
    assert openpyxl.load_workbook(io.BytesIO(after))[SHEET]["D5"].number_format == "#,##0.0"


def test_a_formula_is_replaced_and_leaves_the_list_of_formulas(tmp_path):
    def formula(book):
        book[SHEET]["D5"] = "=1000+1"

    content = with_calculation_chain(forge.workbook(edit=formula))
    after = amend(content, tmp_path, TO_12)

    with zipfile.ZipFile(io.BytesIO(after)) as archive:
        assert "xl/calcChain.xml" not in archive.namelist()
        for name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
            assert b"calcChain" not in archive.read(name)
    assert cells(after)["D5"] == 12.5


def with_calculation_chain(content):
    """A workbook with a list of its formulas, as Excel writes it."""
    out = io.BytesIO()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"
    link = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name).decode()
            data = data.replace(
                "</Types>", f'<Override PartName="/xl/calcChain.xml" ContentType="{kind}"/></Types>'
            )
            if name == "xl/_rels/workbook.xml.rels":
                added = f'<Relationship Id="rId99" Type="{link}" Target="calcChain.xml"/>'
                data = data.replace("</Relationships>", f"{added}</Relationships>")
            new.writestr(name, data)
        new.writestr("xl/calcChain.xml", '<calcChain><c r="D5" i="2"/></calcChain>')
    return out.getvalue()


def test_a_formula_that_others_are_made_of_is_left_alone(tmp_path):
    shared = b'<c r="D5"><f t="shared" ref="D5:D7" si="0">1+1</f><v>2</v></c>'
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(forge.workbook())) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name).replace(b'<c r="D5" t="n"><v>1001</v></c>', shared)
            new.writestr(name, data)
    assert shared in zipfile.ZipFile(out).read("xl/worksheets/sheet2.xml")

    with pytest.raises(NotAmended) as refused:
        amend(out.getvalue(), tmp_path, TO_12)
    assert (refused.value.why, refused.value.cell) == ("formula", "企业明细!D5")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        pytest.param(b"%PDF-1.4", "unreadable", id="no workbook"),
        pytest.param(forge.workbook(), "absent", id="a sheet that is not there"),
    ],
)
def test_what_cannot_be_changed_is_said(tmp_path, content, why):
    with pytest.raises(NotAmended) as refused:
        amend(content, tmp_path, TO_12._replace(sheet="别的表"))
    assert refused.value.why == why


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_of_a_csv_that_field_changes_and_no_other_byte(tmp_path, encoding, end):
    text = end.join(["代码,名称,产值", '91,"甲,""乙""",约4.2万', "92,丙,5", ""])
    change = NewValue("", "C2", "约4.2万", "42000", True)

    after = amend(text.encode(encoding), tmp_path, change, name="a.csv")
    assert after == text.replace("约4.2万", "42000").encode(encoding)


def test_of_a_csv_a_field_that_holds_something_else_is_left_alone(tmp_path):
    with pytest.raises(NotAmended):
        amend(
            "代码,产值\n91,5\n".encode(),
            tmp_path,
            NewValue("", "B2", "6", "7", True),
            name="a.csv",
        )


words = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=8)


@given(st.lists(st.lists(words, min_size=2, max_size=4), min_size=1, max_size=4), words, st.data())
def test_any_field_of_any_csv_can_be_replaced(rows, new, data):
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    row = data.draw(st.integers(0, len(rows) - 1))
    column = data.draw(st.integers(0, len(rows[row]) - 1))
    change = {(row + 1, column + 1): NewField(rows[row][column], new)}
    after = with_fields(out.getvalue().encode(), change)
    rows[row][column] = new

    assert list(csv.reader(io.StringIO(after.decode(), newline=""))) == rows


def test_the_child_does_the_same(tmp_path):
    path = forge.saved(forge.workbook(), tmp_path)

    assert cells(amend_sandboxed(path, [TO_12])) == cells(amended(path, [TO_12]))
    with pytest.raises(NotAmended):
        amend_sandboxed(path, [TO_12._replace(sheet="别的表")])
    with pytest.raises(NotAmended):
        amend_sandboxed(path, [TO_12], seconds=0)


@pytest.mark.parametrize("new", ["\r", "\n", "a\r\nb", 'a"b', "a,b"])
def test_a_value_with_a_line_break_or_a_sign_of_the_format_stays_one_field(new):
    after = with_fields(b"a,b\r\nc,d\r\n", {(2, 1): NewField("c", new)})

    assert list(csv.reader(io.StringIO(after.decode(), newline=""))) == [["a", "b"], [new, "d"]]
