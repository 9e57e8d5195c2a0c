"""Rules on 任务进展. What is wrong with a report is decided in measures.reporting.report_rules."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.light import TaskState
from submissions.rules.task_steps import WORDS, Steps, state_of
from submissions.workbook.contents import Fault
from tests.submissions.rules.workshop import (
    codes,
    firm,
    measures,
    only,
    reading,
    step,
    task,
    violations,
)

DONE = {"state": "已完成", "done_on": date(2025, 8, 20), "evidence": "鲁环发〔2025〕9号"}
LAST = {"state": "under_way", "text": "完成招标，开工两处"}


def found(*lines, steps=None, elsewhere=(), **given):
    """What the rules say of some lines of 任务进展."""
    known = Steps.of(steps or [step()], elsewhere)
    looked_at = reading(enterprises=[firm()], tasks=list(lines), **given)
    return violations(looked_at, steps=known)


@given(st.permutations([1, 2, 3, 4]), st.sets(st.sampled_from([1, 2, 3, 4])))
def test_rows_may_be_sorted_and_lose_their_keys(order, keyless):
    steps = [step(f"1-0{number}", f"第{number}步") for number in range(1, 5)]
    lines = [
        task(f"1-0{at}", f"第{at}步", **{"node": None} if at in keyless else {}) for at in order
    ]
    assert found(*lines, steps=steps) == []


@pytest.mark.parametrize("line", [task(), task(**DONE), task(node=None), task(task=None)])
def test_a_report_on_ones_own_step_raises_nothing(line):
    assert found(line) == []


def test_each_state_of_the_ledger_has_its_word_and_every_word_one_state():
    words = [word for said in WORDS.values() for word in said]
    assert set(WORDS) == set(TaskState)
    assert len(words) == len(set(words))
    assert state_of("已 完成") is TaskState.DONE
    assert state_of("良好") is None


@pytest.mark.parametrize(
    "line",
    [task("9-99"), task(node=None, step="另一节点"), task(node="1-01#7"), task("9-99", node=None)],
)
def test_e250_a_step_that_the_ledger_does_not_have(line):
    raised = [one for one in found(line) if one.code != "W265"]
    assert only(raised, "E250").cell == "A5"


def test_e250_a_row_without_a_number_has_one_finding_from_the_reader():
    fault = Fault("E150", "任务进展", "A5", "", {"column": "任务编号"})
    line = task(number=None, node=None)
    assert codes(found(line, faults=[fault])) == ["W265"]


def test_e251_a_task_of_another_city():
    raised = found(task(), task("2-02"), elsewhere=["2-02"])
    assert only(raised, "E251").cell == "A6"
    assert "济南市" in raised[0].message


@pytest.mark.parametrize(
    ("changed", "cell"),
    [
        ({"task": "推进提标"}, "B5"),
        ({"step": "印发办法"}, "C5"),
        ({"standard": "无"}, "D5"),
        ({"first_due": date(2025, 12, 31)}, "E5"),
        ({"number": "1-02", "node": "1-01#1"}, "A5"),
    ],
)
def test_e252_the_ledger_is_changed_in_the_sheet(changed, cell):
    assert only(found(task(**changed)), "E252").cell == cell


def test_e253_a_step_stands_twice():
    raised = only(found(task(), task(node=None, remark="另一句话")), "E253")
    assert (raised.cell, raised.params["first"]) == ("A6", "A5")


def test_e254_an_unknown_word_of_state_is_the_rows_only_finding():
    raised = only(found(task(state="顺利", done_on=date(2025, 8, 1), remark=None)), "E254")
    assert raised.cell == "F5"
    assert "未启动、推进中、基本完成、已完成、需协调" in raised.remedy


def test_e255_a_sentence_without_a_state():
    assert only(found(task(state=None)), "E255").cell == "F5"


def test_e256_a_state_without_a_sentence():
    assert only(found(task(remark=None)), "E256").cell == "G5"
    assert only(found(task(remark="——。")), "E256").cell == "G5"


def test_e257_last_quarters_sentence_again():
    raised = found(task(remark="完成招标，开工 两处。"), steps=[step(last=LAST)])
    assert only(raised, "E257").cell == "G5"
    assert found(task(remark="两处完工"), steps=[step(last=LAST)]) == []


def test_e258_done_last_quarter_and_no_longer():
    before = {"state": "done", "text": "已印发", "done_on": "2025-06-20", "evidence": "9号"}
    assert only(found(task(remark="重做"), steps=[step(last=before)]), "E258").cell == "G5"
    why = task(remark="文件因上位规划调整撤回修订，重新征求意见")
    assert found(why, steps=[step(last=before)]) == []


def test_e259_done_on_no_day():
    assert only(found(task(**DONE | {"done_on": None})), "E259").cell == "H5"


def test_e259_is_not_raised_where_the_reader_refused_the_day():
    fault = Fault("E148", "任务进展", "H5", "下周", {"column": "完成日期"})
    assert found(task(**DONE | {"done_on": None}), faults=[fault]) == []


@pytest.mark.parametrize("day", [date(2025, 10, 1), date(2025, 10, 11)])
def test_e260_done_after_the_quarter(day):
    raised = only(found(task(**DONE | {"done_on": day})), "E260")
    assert (raised.cell, raised.params["day"]) == ("H5", day.isoformat())


def test_e261_a_day_without_being_done():
    assert only(found(task(done_on=date(2025, 8, 1))), "E261").cell == "H5"


def test_e262_done_without_evidence():
    line = task(**DONE | {"evidence": None})
    assert only(found(line), "E262").cell == "I5"
    assert found(line, steps=[step(has_evidence=True)]) == []


def test_e263_needs_coordination_in_nothing():
    assert only(found(task(state="需协调")), "E263").cell == "J5"
    assert found(task(state="需协调", help_wanted="请协调用地指标")) == []


@pytest.mark.parametrize(
    ("typed", "cell"),
    [({"evidence": "号" * 301}, "I5"), ({"remark": "字" * 2001}, "G5")],
)
def test_e264_a_text_that_the_ledger_does_not_keep_whole(typed, cell):
    assert only(found(task(**DONE | typed)), "E264").cell == cell


def test_w265_open_steps_of_which_nothing_is_reported():
    blank = {name: None for name in ("state", "remark")}
    steps = [step(), step("1-02"), step("1-03"), step("1-04", is_open=False)]
    raised = only(found(task(), task("1-02", **blank), steps=steps), "W265")
    assert (raised.sheet, raised.cell) == ("任务进展", None)
    assert (raised.params["found"], raised.params["steps"]) == ("2", "1-02 印发方案、1-03 印发方案")


def test_w265_says_nothing_without_the_sheet_or_of_a_city_without_anything_to_report():
    assert found() == []


def test_w266_a_later_version_without_the_sheet():
    looked_at = reading(enterprises=[firm()], city=measures())
    assert only(violations(looked_at, reported=frozenset({"tasks"})), "W266").sheet is None
