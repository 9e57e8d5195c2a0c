"""The rows of 城市汇总."""

from decimal import Decimal

import pytest

from tests.submissions.fault_catalogue import forge
from tests.submissions.fault_catalogue.readings import found, reading_of


def test_each_row_of_the_city_has_its_own_unit(tmp_path):
    rows = [
        forge.city_row("环保业务产值", 5, unit="亿元"),
        forge.city_row("环保业务营业收入", 45000, unit=None),
        forge.city_row("研发经费", 15, unit="百万元") | {"measure": "3.研发经费"},
        forge.city_row("从业人员", "1,200", unit="人"),
    ]
    reading = reading_of(forge.workbook(cities=rows), tmp_path)

    assert reading.faults == []
    assert [line.get("this_year") for line in reading.tables["city"].lines] == [
        Decimal("500000000.00"),
        Decimal("450000000.00"),
        Decimal("15000000.00"),
        Decimal("1200"),
    ]
    assert reading.tables["city"].lines[2].get("measure") == "研发经费"


@pytest.mark.parametrize(
    ("row", "code", "cell"),
    [
        (forge.city_row("环保业务产值", 5, unit="吨"), "E197", "B5"),
        (forge.city_row("环保业务产值", 5, unit="家"), "E197", "B5"),
        (forge.city_row("从业人员", 5, unit="万元"), "E197", "B5"),
        (forge.city_row("环保业务产值", 5) | {"measure": "工业总产值"}, "W195", "A5"),
        (forge.city_row("环保业务产值", 5) | {"measure": None}, "E150", "A5"),
        (forge.city_row("环保业务产值", "约5"), "E146", "C5"),
    ],
)
def test_faults_of_the_citys_rows(row, code, cell, tmp_path):
    reading = reading_of(forge.workbook(cities=[row, forge.city_row("从业人员", 7)]), tmp_path)

    expected = [(code, "城市汇总", cell)]
    if row["measure"] == "从业人员":
        expected.append(("E196", "城市汇总", "A6"))
    assert found(reading) == expected


def test_a_measure_the_city_does_not_report_is_none(tmp_path):
    reading = reading_of(forge.workbook(cities=[forge.city_row("环保业务产值", "—")]), tmp_path)

    assert reading.faults == []
    assert reading.tables["city"].lines[0].get("this_year") is None


@pytest.mark.parametrize(
    ("measure", "heading", "label", "yuan"),
    [
        pytest.param(
            "环保业务产值（亿元）", "本年累计（千元）", "万元", "500000000.00", id="its name"
        ),
        pytest.param("环保业务产值", "本年累计（千元）", "万元", "5000.00", id="the heading"),
        pytest.param("环保业务产值", "本年累计", "万元", "50000.00", id="above the table"),
        pytest.param("环保业务产值", "本年累计", None, None, id="nowhere"),
        pytest.param("环保业务产值（美元）", "本年累计", "万元", None, id="another currency"),
    ],
)
def test_without_a_unit_of_its_own_a_row_takes_the_nearest(measure, heading, label, yuan, tmp_path):
    """M-06"""

    def change(book):
        book["城市汇总"]["C4"] = heading

    row = forge.city_row("环保业务产值", 5, unit="—") | {"measure": measure}
    content = forge.workbook(cities=[row], unit=label, edit=change)
    reading = reading_of(content, tmp_path)
    codes = [code for code, sheet, _cell in found(reading) if sheet == "城市汇总"]

    assert codes == ([] if yuan else ["E128"])
    value = reading.tables["city"].lines[0].get("this_year")
    assert value == (yuan and Decimal(yuan))
