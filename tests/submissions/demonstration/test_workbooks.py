"""The workbooks look like those of bureaus, and state that nothing in them is real."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from foundation.quarters import Quarter
from submissions.demonstration import story, workbooks
from submissions.demonstration.progress import progress
from submissions.demonstration.province import PROFILES
from submissions.demonstration.workbooks import DemoBlock, Place
from submissions.workbook.sandbox import read_sandboxed

JINAN = Place("370100", "济南市", blocks=(DemoBlock("研究院", "研究院", ""),))
QINGDAO = Place("370200", "青岛市", park="青岛园区")
QUARTER = Quarter(2025, 3)


def opened(place, quarter=QUARTER, version=1):
    return load_workbook(BytesIO(workbooks.workbook(place, quarter, version)))


def texts(sheet):
    return [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell]


def test_a_city_has_the_sheets_that_concern_it():
    assert opened(JINAN).sheetnames == ["城市汇总", "企业明细", "集群建设"]
    assert opened(QINGDAO).sheetnames == ["城市汇总", "企业明细", "园区进展"]


def test_every_sheet_says_that_it_is_an_example():
    for sheet in opened(JINAN):
        assert "示例数据，非真实数据" in sheet["A1"].value
    assert "示例数据" in workbooks.filename(JINAN, QUARTER, 1)


def test_there_are_merged_titles_totals_and_a_footer():
    sheet = opened(JINAN)["企业明细"]
    found = texts(sheet)

    assert [str(span) for span in sheet.merged_cells.ranges] == ["A1:J1"]
    assert "合计" in found
    assert "甲" in found
    assert any(text.startswith("填表人：") for text in found)


def test_cities_use_all_four_units():
    assert {profile.unit for profile in PROFILES.values()} == {"元", "千元", "万元", "亿元"}
    assert "计量单位：万元" in texts(opened(JINAN)["企业明细"])
    assert "环保业务产值（万元）" in texts(opened(QINGDAO)["企业明细"])


def test_the_period_is_written_in_four_ways():
    assert [workbooks.written_period(QUARTER, way) for way in range(4)] == [
        "2025年1—9月",
        "2025年三季度",
        "2025Q3",
        "2025年第三季度",
    ]


@pytest.mark.parametrize("city", PROFILES)
def test_every_citys_workbook_is_read_back_exactly(city, tmp_path):
    place = Place(city, "某市", park="某园区")
    path = tmp_path / "return.xlsx"
    path.write_bytes(workbooks.workbook(place, QUARTER, 1))
    reading = read_sandboxed(path)
    fields = ("output_value", "revenue", "total_revenue", "rd_expenditure", "employees")

    assert reading.faults == []
    assert reading.tables["enterprises"].period.value == str(QUARTER)
    assert {
        line.get("credit_code"): [line.get(name) for name in fields]
        for line in reading.tables["enterprises"].lines
    } == {
        line.firm.credit_code: [getattr(line, name) for name in fields]
        for line in story.lines(city, QUARTER, 1)
    }


def test_a_block_is_begun_then_built_then_in_operation():
    stages = [progress("370100", "研究院", quarter).status for quarter in story.quarters()]
    order = ["未开工", "在建", "建成运营"]

    assert stages == sorted(stages, key=order.index)
    assert stages[0] == "未开工"


def test_a_block_in_operation_has_the_day_and_no_other():
    for content in ("研究院", "中心1", "产业链条3", "特色产业基地5"):
        for quarter in story.quarters():
            now = progress("370300", content, quarter)
            assert (now.actual_on is not None) == (now.status == "建成运营")
            assert now.actual_on is None or now.actual_on <= quarter.last_day
