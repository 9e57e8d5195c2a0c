"""Every fault of the reader has a message, and every parameter of the message is given."""

import re
from pathlib import Path

import pytest
from django.utils import translation

from submissions.rules import of_foreign, of_read_cells, of_reading
from submissions.rules.catalogue import CATALOGUE, Severity
from submissions.workbook.reading import workbook
from submissions.workbook.reading.workbook import read
from tests.submissions.fault_catalogue import forge, spoil

CODE = re.compile(r'"([EW][0-9]{3})"')
PLACE = re.compile(r"%\((\w+)\)s")

RAISED = sorted(
    {
        code
        for path in Path(workbook.__file__).parents[1].rglob("*.py")
        for code in CODE.findall(path.read_text())
    }
)
ENTERED = sorted(
    code
    for module in (of_reading, of_read_cells, of_foreign)
    for code in CODE.findall(Path(module.__file__).read_text())
)


def test_every_code_the_reader_raises_is_entered_and_no_other():
    assert ENTERED == RAISED


def test_the_letter_of_a_code_is_its_severity():
    severity = {"E": Severity.MANDATORY, "W": Severity.ADVISORY}

    assert [code for code in ENTERED if CATALOGUE[code].severity != severity[code[0]]] == []


def raised_by(content, tmp_path):
    return read(forge.saved(content, tmp_path), "报表.xls").faults


@pytest.mark.parametrize(
    "content",
    [
        spoil.as_html_xls(),
        spoil.ole("WordDocument"),
        spoil.zip_bomb(101),
        spoil.with_duplicate_entry(forge.workbook()),
        spoil.with_stray_cell(forge.workbook()),
        spoil.hide_rows(forge.workbook(), 5, 6),
        forge.workbook(unit=None, with_city=False, columns=["name", "revenue", "employees"]),
        forge.workbook(headings={"park": "企业名称", "remark": "别的"}),
        forge.workbook(cities=[forge.city_row("环保业务产值", 1, unit="吨")]),
        forge.workbook(cities=[forge.city_row("从业人员", 1), forge.city_row("从业人员", 2)]),
        forge.workbook(cities=[{"measure": "别的"}], enterprises=[]),
        forge.workbook(
            enterprises=[
                forge.enterprise(1, revenue="12万", employees=1.5, credit_code=9.1e17),
                forge.enterprise(2, revenue=0.0000001, output_value=True, name=None),
            ]
        ),
        forge.as_csv().replace(b"1001", b"1,001"),
        forge.as_csv().replace(b"1001", b'"1001'),
        forge.as_csv().replace(b"1001", b"\xff\xff"),
        forge.as_csv().replace(b"1001", b"\0"),
        forge.as_csv().replace(b",", b"|"),
    ],
)
def test_every_message_has_the_parameters_of_its_fault(content, tmp_path):
    faults = raised_by(content, tmp_path)

    assert faults
    with translation.override("en"):
        for fault in faults:
            entry = CATALOGUE[fault.code]
            sentences = [str(entry.message), str(entry.remedy)]
            assert {name for text in sentences for name in PLACE.findall(text)} <= set(fault.params)
            assert all(text % fault.params for text in sentences)
