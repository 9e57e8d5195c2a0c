from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.acts import Act
from audit.models import ActOutcome
from clusters.viewpoint import today
from foundation.quarters import Quarter
from measures.ledger import ledger
from measures.light import Colour
from measures.models import DepartmentDraft, DepartmentReturn, Task, TaskReport
from measures.refusal import LedgerRefusal
from measures.reporting import returns
from measures.reporting.department_report import keep_draft, report_of
from measures.reporting.report_rules import StepReport
from tests.audit.cast import only
from tests.factories import make_city, make_period, make_user
from tests.measures.cast import (
    make_department,
    make_evidence,
    make_handed_in,
    make_member,
    make_report,
    make_task,
)

pytestmark = pytest.mark.django_db
DONE = {"state": "done", "text": "文件已印发", "done_on": "2025-06-20", "evidence": "鲁环发9号"}


@pytest.fixture(autouse=True)
def period():
    for code in ("2025Q1", "2025Q2"):
        make_period(code)
    return make_period("2025Q3")


@pytest.fixture
def member():
    return make_member(make_department())


def submit(task, member, period, **said):
    """Hand in what is typed of a task's only step."""
    typed = StepReport.of({"state": "under_way", "text": "方案已报送审定"} | said).as_json()
    keep_draft(task.lead, period, member, {task.nodes.get().key: typed})
    seen = report_of(task.lead, period, member).stamp
    return returns.submit(task.lead, by=member, period=period, seen=seen)


def keys(member, period, department=None):
    report = report_of(department or make_department(), period, member)
    return [step.row.node.task.number for step in report.steps]


def test_a_department_reports_its_own_open_steps_and_no_others(member, period, reviewer):
    make_task("1-01")
    make_task("1-02", cities=[make_city("370100")])
    make_task("1-03", lead=make_department("reform", "省发展改革委", "Reform"))
    make_task("1-04", begins="2025Q4")
    done = make_report(make_task("1-05"), quarter="2025Q2", state="done", done_on=date(2025, 6, 1))
    make_evidence(done, by=member, checked_by=reviewer, checked_at=timezone.now())
    assert keys(member, period) == ["1-01"]


def test_it_begins_with_last_quarters_words_and_then_with_what_was_typed(member, period):
    task = make_task()
    make_report(task, quarter="2025Q2", text="正在征求意见")
    [step] = report_of(task.lead, period, member).steps
    assert step.said.text == "正在征求意见"
    keep_draft(task.lead, period, member, {step.key: {"text": "已报", "done_on": "x"}})
    [step] = report_of(task.lead, period, member).steps
    assert (step.said.text, step.said.done_on) == ("已报", "x")
    [others] = report_of(task.lead, period, make_member(task.lead)).steps
    assert others.said.text == "正在征求意见"


def test_what_is_handed_in_counts_once_it_is_accepted_and_the_light_follows(
    member, period, reviewer
):
    task = make_task(due=date(2025, 6, 30))

    def colour():
        [row] = ledger(Task.objects.all(), today(Quarter(2025, 3)))
        return row.light.colour

    returned = submit(task, member, period, **DONE)
    assert colour() is Colour.RED
    assert not TaskReport.objects.exists()
    assert not DepartmentDraft.objects.exists()

    returns.accept(returned, by=reviewer)
    assert colour() is Colour.YELLOW
    report = TaskReport.objects.get()
    make_evidence(report, by=member, checked_by=reviewer, checked_at=timezone.now())
    assert colour() is Colour.GREEN
    assert (report.department, report.period, report.reported_by) == (task.lead, period, member)
    assert (report.done_on, report.evidence_named) == (date(2025, 6, 20), "鲁环发9号")
    assert only(Act.DEPARTMENT_SUBMITTED).user == member
    assert only(Act.DEPARTMENT_ACCEPTED).after == {"status": "accepted"}


def test_a_correction_supersedes_what_differs_and_keeps_the_rest(member, period, reviewer):
    task = make_task()
    other = make_task("1-02").nodes.get().key
    same = StepReport("under_way", "已完成征求意见").as_json()

    def hand_in(text):
        typed = {task.nodes.get().key: same | {"text": text}, other: same}
        keep_draft(task.lead, period, member, typed)
        seen = report_of(task.lead, period, member).stamp
        return returns.submit(task.lead, by=member, period=period, seen=seen)

    returns.accept(hand_in("初稿已完成"), by=reviewer)
    returns.accept(hand_in("送审稿已完成"), by=reviewer)
    assert TaskReport.objects.count() == 3
    assert {one.text for one in TaskReport.objects.in_force()} == {"送审稿已完成", "已完成征求意见"}
    with pytest.raises(LedgerRefusal, match="Nothing is new"):
        hand_in("送审稿已完成")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"state": "done"}, "1 step has a fault"),
        ({"text": "正在征求意见"}, "1 step has a fault"),
    ],
)
def test_what_has_faults_is_refused_and_stays_a_draft(member, period, said, words):
    task = make_task()
    make_report(task, quarter="2025Q2", text="正在征求意见")
    with pytest.raises(LedgerRefusal, match=words):
        submit(task, member, period, **said)
    assert DepartmentDraft.objects.exists()
    assert only(Act.DEPARTMENT_SUBMITTED, ActOutcome.REFUSED).user == member


def test_one_version_waits_at_a_time(member, period):
    task = make_task()
    submit(task, member, period)
    with pytest.raises(LedgerRefusal, match="waits for the reviewer"):
        submit(task, member, period, text="已印发通知")


def test_what_changed_since_the_page_was_shown_is_not_handed_in(member, period):
    task = make_task()
    with pytest.raises(LedgerRefusal, match="has changed since"):
        returns.submit(task.lead, by=member, period=period, seen="another")


def test_nothing_is_reported_for_a_quarter_that_has_not_begun(member):
    make_task()
    with pytest.raises(LedgerRefusal, match="has not begun"):
        returns.submit(make_department(), by=member, period=make_period("2098Q1"), seen="")


def test_sent_back_with_a_reason_it_can_be_corrected(member, period, reviewer):
    task = make_task()
    returned = submit(task, member, period)
    with pytest.raises(LedgerRefusal, match="Say why"):
        returns.send_back(returned, by=reviewer, reason=" \0")
    returns.send_back(returned, by=reviewer, reason="请补充完成时间")
    assert only(Act.DEPARTMENT_SENT_BACK).why == "请补充完成时间"
    report = report_of(task.lead, period, member)
    assert report.steps[0].said.text == "方案已报送审定"
    assert submit(task, member, period, text="九月底前印发").version == 2
    with pytest.raises(LedgerRefusal, match="decided meanwhile"):
        returns.accept(returned, by=reviewer)


def test_nobody_decides_on_what_they_submitted(member):
    returned = make_handed_in(make_task(), by=member)
    with pytest.raises(LedgerRefusal, match="Somebody other"):
        returns.accept(returned, by=member)
    with pytest.raises(LedgerRefusal, match="Somebody other"):
        returns.send_back(returned, by=member, reason="x")
    decided = {"decided_by": member, "decided_at": timezone.now(), "status": "accepted"}
    with pytest.raises(IntegrityError, match="decided_by_another"), transaction.atomic():
        DepartmentReturn.objects.filter(pk=returned.pk).update(**decided)


def test_a_decision_stays_and_what_was_handed_in_never_changes(reviewer):
    returned = returns.accept(make_handed_in(make_task()), by=reviewer)
    same = DepartmentReturn.objects.filter(pk=returned.pk)
    for change in (
        {"lines": []},
        {"status": "sent_back", "reason": "x"},
        {"decided_by": make_user()},
        {"version": 7},
    ):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            same.update(**change)
