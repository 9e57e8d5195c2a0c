"""What the blocks of a paper say where a figure, a status or a day is wanting."""

import pytest
from django.utils import translation

from submissions.papers.document.assessment_blocks import _category, _workbook
from submissions.papers.document.blocks import More, status
from submissions.papers.document.parts import changes_table, note_blocks
from submissions.papers.document.word_file import text_of
from submissions.papers.paper_sheet import assessment_sheet
from tests.submissions.papers.test_paper_sheet import change


@pytest.fixture(autouse=True)
def _in_chinese():
    with translation.override("zh-hans"):
        yield


THING = {"thing": {"zh-hans": "企业数", "en": "Firms"}, "difference": None}


def rows(*changes):
    """The table of changes between two papers, as texts."""
    data = {"period": "2025Q3", "previous": {}, "parks": [], "changes": changes}
    table = changes_table(assessment_sheet(data)["changes"], "x", "y").table
    return [[text_of(cell.line) for cell in row] for row in table.rows]


def test_a_change_says_not_complete_and_never_that_nobody_reported():
    assert rows(
        change("value", "298", None) | THING,
        change("projection", None, "300") | THING,
        change("standing", "on_pace", "cannot_judge", "status") | THING,
        change("estimate", None, "297..301", "count_range") | THING,
    ) == [
        ["企业数：实际值", "298", "未报齐", "–"],
        ["企业数：全年预计", "未报齐", "300", "–"],
        ["企业数：状态", "● 达到序时进度", "○ 暂无法判定", "–"],
        ["企业数：估计", "–", "297—301", "–"],
    ]


def test_of_a_place_that_has_no_figure_it_is_said_that_it_was_not_reported():
    [row] = rows(change("output_value", "7", None, "amount", key="cluster:jinan") | THING)
    assert row[2] == "未上报"


@pytest.mark.parametrize(
    ("kind", "values", "words"),
    [
        ("ratio", ("0.50", "0.5123", "0.0123"), ["50.00%", "51.23%", "+1.23个百分点"]),
        (
            "amount",
            ("100000000", "50000000", "-50000000"),
            ["1.00亿元", "5,000.00万元", "−5,000.00万元"],
        ),
        ("count", ("1298", "1300", "2"), ["1,298", "1,300", "+2"]),
    ],
)
def test_a_change_is_written_in_its_unit_with_its_sign(kind, values, words):
    before, after, difference = values
    row = change("value", before, after, kind) | THING | {"difference": difference}
    assert rows(row)[0][1:] == words


def test_a_paper_says_how_many_lines_it_leaves_out():
    more = More("notes", 2, "{number} line", "{number} lines")
    assert more.text == "2 lines"
    assert More("notes", 1, more.one, more.many).text == "1 line"
    assert More("notes", 0, more.one, more.many).text == ""
    with translation.override("en"):
        assert note_blocks([], 3)[0].more.text == "3 more explanations; see the tracker."


def test_a_city_without_a_workbook_has_a_state_and_no_version():
    row = {"name": "烟台市", "output_value": None, "submission": None}
    assert _workbook(row | {"state": None})[1:] == ("未上报", "–", "–", "–", status("missing"))
    assert _workbook(row | {"state": "sent_back"})[-1] == status("sent_back")


def test_a_block_says_what_it_is_held_to_and_how_late_it_is():
    light = {
        "status": "past_date", "days_late": 333, "at_least": True, "days_left": None,
        "held_to": assessment_day("2025-12-31"),
    }  # fmt: skip
    block = {"name": "中心", "status": "building", "planned_on": assessment_day("2026-06-30")}
    part = {"name": "平台", "operating": 1, "evidenced": 1, "planned": 2}

    said = text_of(
        _category(part | {"unmet": [block | {"light": light}, block | {"status": None}]})
    )
    assert said == (
        "平台：已建成运营1个，其中有佐证1个；计划2个；未建成运营："
        "中心 (◐ 在建、考核期限2025年12月31日、计划2026年6月30日完成、◆ 逾期未完成 至少333天)、"
        "中心 (未上报、计划2026年6月30日完成)"
    )


def assessment_day(text):
    """A day as an assessment's sheet has it."""
    return assessment_sheet({"parks": [], "changes": [], "as_of": text})["as_of"]
