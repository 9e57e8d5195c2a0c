from datetime import date

import pytest

from foundation.quarters import Quarter
from measures.reporting.report_rules import ReportFault, StepReport, faults_of

QUARTER, DAY = Quarter(2025, 3), date(2025, 10, 9)
UNDER_WAY = StepReport("under_way", "方案已报送审定")
DONE = StepReport("done", "文件已印发", "2025-09-28", "鲁环发〔2025〕9号")


def found(said, *, last=None, has_evidence=False, day=DAY):
    return faults_of(said, quarter=QUARTER, day=day, last=last, has_evidence=has_evidence)


def but(said, **changes):
    return StepReport(**said.as_json() | changes)


@pytest.mark.parametrize(
    ("said", "faults"),
    [
        (UNDER_WAY, []),
        (DONE, []),
        (but(DONE, done_on="2024-12-31"), []),
        (StepReport(), [ReportFault.NO_STATE, ReportFault.NO_TEXT]),
        (but(UNDER_WAY, state="finished"), [ReportFault.NO_STATE]),
        (but(UNDER_WAY, text="——。"), [ReportFault.NO_TEXT]),
        (but(DONE, done_on=""), [ReportFault.NO_DATE]),
        (but(DONE, done_on="九月"), [ReportFault.WRONG_DATE]),
        (but(DONE, done_on="2025-09-30"), []),
        (but(DONE, done_on="2025-10-01"), [ReportFault.DATE_AFTER_PERIOD]),
        (but(UNDER_WAY, done_on="2025-09-01"), [ReportFault.DATE_NOT_DONE]),
        (but(DONE, evidence=""), [ReportFault.NO_EVIDENCE]),
        (but(UNDER_WAY, state="needs_coordination"), [ReportFault.NO_HELP_WANTED]),
        (but(UNDER_WAY, state="needs_coordination", help_wanted="用地指标"), []),
        (but(UNDER_WAY, help_wanted="用" * 2001), [ReportFault.TOO_LONG]),
    ],
)
def test_what_is_wrong_with_a_step(said, faults):
    assert found(said) == faults


def test_a_day_still_to_come_is_refused_within_the_quarter():
    assert found(DONE, day=date(2025, 9, 27)) == [ReportFault.DATE_AHEAD]
    assert found(DONE, day=date(2025, 9, 28)) == []


def test_a_file_on_record_is_evidence():
    assert found(but(DONE, evidence=""), has_evidence=True) == []


@pytest.mark.parametrize(
    "text", ["方案已报送审定", " 方案，已报送审定。", "方案已报送审定\u3000！"]
)
def test_last_quarters_sentence_is_refused_whatever_its_spaces_and_points(text):
    assert found(but(UNDER_WAY, text=text), last=UNDER_WAY) == [ReportFault.REPEATED]


def test_what_stays_done_has_nothing_new_to_say():
    assert found(DONE, last=DONE) == []


def test_going_back_from_done_needs_a_reason():
    assert found(but(UNDER_WAY, text="重新推进"), last=DONE) == [ReportFault.NO_REASON]
    assert found(but(UNDER_WAY, text="验收未通过，需补充监测材料后重新申请"), last=DONE) == []


def test_what_is_typed_is_kept_without_what_no_database_stores():
    assert StepReport.of({"text": " a\0b\r\nc ", "state": None, "other": "x"}) == StepReport(
        text="ab\nc"
    )
