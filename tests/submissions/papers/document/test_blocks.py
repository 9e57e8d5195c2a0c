"""What the blocks of a paper say where a figure, a status or a day is wanting."""

import pytest
from django.utils import translation

from submissions.papers.document.assessment_blocks import _category, _workbook
from submissions.papers.document.blocks import status
from submissions.papers.document.briefing_blocks import _city
from submissions.papers.document.parts import changes_in_short, changes_table
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
    return texts(changes_table(assessment_sheet(data)["changes"], "x", "y"))


def texts(block):
    """The cells of a block's table, as texts."""
    return [[" ".join(map(text_of, cell.lines)) for cell in row] for row in block.table.rows]


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


def in_short(*changes):
    """The table of changes with a row for each target, as texts."""
    data = {"period": "2025Q4", "previous": {"period": "2025Q3"}, "parks": [], "changes": changes}
    return texts(changes_in_short(assessment_sheet(data)["changes"], "x", "y"))


def test_in_short_a_target_has_one_row_with_its_standing_and_its_figure():
    assert in_short(
        change("standing", "on_pace", "cannot_judge", "status") | THING,
        change("value", "216", None) | THING,
        change("estimate", None, "298..300", "count_range") | THING,
        change("certain", None, "286..", "count_range") | THING,
        change("projection", "298", None) | THING,
        change("accepted", "16", "13", key="cities") | THING | {"difference": "-3"},
    ) == [
        ["企业数", "● 达到序时进度 216", "○ 暂无法判定 298—300", "–"],
        ["企业数：审核通过城市数", "16", "13", "−3"],
    ]


def test_in_short_what_is_certain_is_said_where_the_figure_is_as_it_was():
    assert in_short(change("certain", "6..7", "7..8", "count_range") | THING) == [
        ["企业数", "确定区间：6—7", "确定区间：7—8", "–"]
    ]


def test_how_long_a_city_is_late_is_said_once_and_from_which_day():
    def city(state, since):
        one = {"name": "聊城市", "state": state, "days": 9, "since": since}
        return text_of(_city(one))

    assert city("overdue", "due") == "聊城市 ◆ 逾期未报 9天"
    assert city("sent_back", "sent_back") == "聊城市 ■ 已退回，退回后9天"
    assert city("uploaded", "due") == "聊城市 ◐ 已上传 逾期9天"
    with translation.override("en"):
        assert city("overdue", "due") == "聊城市 ◆ Overdue 9 days"
        assert city("sent_back", "sent_back") == "聊城市 ■ Sent back, 9 days ago"


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
        "中心 (○ 没有记录、计划2026年6月30日完成)"
    )


def assessment_day(text):
    """A day as an assessment's sheet has it."""
    return assessment_sheet({"parks": [], "changes": [], "as_of": text})["as_of"]
