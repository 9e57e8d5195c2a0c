"""A city's workbook reports on its tasks: from the template to the light, and back to the cell."""

import io
from datetime import UTC, date, datetime

import openpyxl
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from clusters.viewpoint import today
from foundation.quarters import Quarter
from measures.evidence_files import check
from measures.ledger import ledger
from measures.light import Because
from measures.models import Task, TaskEvidence, TaskReport
from submissions.models import Submission
from submissions.review import explaining, withdrawing
from submissions.workbook.layout import MARK_SIGN, TASKS
from submissions.workbook.template.writer import FIRST_ROW, HEADER_ROW
from tests.factories import make_city, make_period, make_user
from tests.measures.cast import make_area, make_node, make_report, make_task
from tests.submissions.in_process import without_children
from tests.submissions.views.acts import post

SHEET = TASKS.sheet
DONE = {
    "状态": "已完成",
    "进展说明": "方案已印发",
    "完成日期": date(2025, 8, 20),
    "佐证材料": "济环发〔2025〕9号",
}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _here(monkeypatch):
    """What is read is read here; other tests start the child that reads."""
    without_children(monkeypatch)


@pytest.fixture(autouse=True)
def _october():
    with time_machine.travel("2025-10-10 02:00", tick=True):
        yield


@pytest.fixture
def task(city):
    """A task of Jinan, whose step was due at the end of September."""
    return make_task("2-01", cities=[city], due=date(2025, 9, 30), begins="2025Q3")


@pytest.fixture
def desk(client, officer, reviewer, period, registered):
    """The browsers of an officer of Jinan and of a reviewer."""

    class Desk:
        def template(self, code="2025Q3"):
            client.force_login(officer)
            content = client.get(f"/submissions/template/?period={code}").content
            return openpyxl.load_workbook(io.BytesIO(content))

        def filled(self, **given):
            """The template with figures, and in its first step what is given by heading."""
            book = self.template()
            for row, figure in enumerate((50_000, 45_000, 120, 3, 1_500, 4_800), start=FIRST_ROW):
                book["城市汇总"][f"C{row}"] = figure
            firms = book["企业明细"]
            for row in range(FIRST_ROW, FIRST_ROW + 3):
                firms[f"D{row}"], firms[f"G{row}"] = 1_000 + row, 900 + row
            for heading, value in given.items():
                type_in(book, heading, value)
            return book

        def upload(self, book):
            client.force_login(officer)
            file = io.BytesIO()
            book.save(file)
            sent = SimpleUploadedFile("济南.xlsx", file.getvalue())
            answer = client.post("/submissions/new/", {"file": sent, "period": "2025Q3"})
            assert answer.status_code == 302, answer.context["form"].errors
            return Submission.objects.latest("pk")

        def submit(self, submission):
            for finding in submission.findings.unanswered():
                text = f"{finding.code}：{finding.cell or '全表'} 系今年新投产，已核对"
                explaining.explain(finding, text=text, by=officer, confirmed=True)
            post(client, officer, submission, "submit", why="更正三季度任务进展")
            submission.refresh_from_db()
            assert submission.status == "submitted", submission.findings.values("code", "cell")
            return submission

        def accept(self, submission):
            post(client, reviewer, self.submit(submission), "accept")
            submission.refresh_from_db()
            assert submission.status == "accepted"
            return submission

        def page(self, address, user=None):
            client.force_login(user or make_user("official"))
            answer = client.get(address)
            assert answer.status_code == 200
            return answer.content.decode()

        def codes(self, submission):
            every = submission.findings.filter(sheet=SHEET).values_list("code", "cell")
            return [f"{code} {cell}".strip() for code, cell in every]

    return Desk()


def letter(book, heading):
    """The letter of a column of 任务进展."""
    found = {str(one.value).lstrip("*"): one.column_letter for one in book[SHEET][HEADER_ROW]}
    return found[heading]


def type_in(book, heading, value, row=FIRST_ROW):
    book[SHEET][f"{letter(book, heading)}{row}"] = value


def matrix(client):
    """The ledger's matrix in the middle of November: (measure, who answers) -> its lights."""
    with time_machine.travel("2025-11-15 02:00", tick=False):
        client.force_login(make_user("official"))
        shown = client.get("/measures/?period=2025Q3").context["matrix"]
        heads = [str(one) for one in shown.columns]
        rows = [list(row.cells) for row in shown.rows]
    return {
        (str(row[0]), head): cell.words.context["counts"]
        for row in rows
        for head, cell in zip(heads, row, strict=True)
        if hasattr(cell, "words")
    }


def light_of(task, day=None):
    with time_machine.travel(day or datetime(2025, 10, 20, tzinfo=UTC), tick=False):
        [row] = ledger(Task.objects.filter(pk=task.pk), today(Quarter(2025, 3)))
        return row.light


def test_a_workbook_moves_one_cell_of_the_matrix_traced_to_its_cell(
    desk, city, task, officer, client
):
    make_task("2-02", cities=[make_city("370200")])
    make_task("7-01", cities=[city], area=make_area(2, "强化资金支持"))
    before = matrix(client)

    submission = desk.upload(desk.filled(**DONE))
    # Of the other task nothing is said.
    assert desk.codes(submission) == ["W265"]
    assert not TaskReport.objects.exists()
    desk.accept(submission)

    after = matrix(client)
    assert before.keys() == after.keys()
    [moved] = [place for place, cell in after.items() if cell != before[place]]
    assert moved == ("加快释放市场需求", "Jinan")
    assert (before[moved], after[moved]) == ([("light_red", 1)], [("light_yellow", 1)])
    assert light_of(task).reasons[0].because is Because.UNCHECKED
    [report] = TaskReport.objects.all()
    assert (report.state, report.done_on) == ("done", date(2025, 8, 20))
    assert report.published_at == submission.published_at
    assert report.reported_by == officer
    # From the task to the cell, and from the cell to the task.
    page = desk.page("/measures/2-01/")
    assert report.place in page
    cell = f"/submissions/{submission.pk}/cell/?at="
    assert cell in page
    assert "/measures/2-01/" in desk.page(f"{cell}{report.place}")

    [evidence] = TaskEvidence.objects.all()
    assert (evidence.document, evidence.checked_at) == ("济环发〔2025〕9号", None)
    check(evidence, by=make_user("reviewer"))
    assert light_of(task).reasons[0].because is Because.DONE_IN_TIME


def test_another_city_that_answers_too_sees_neither_the_report_nor_its_cell(desk, city, task):
    neighbour = make_city("370200")
    task.cities.add(neighbour)
    submission = desk.accept(desk.upload(desk.filled(**DONE)))
    page = desk.page("/measures/2-01/", make_user("bureau", neighbour))
    assert "方案已印发" not in page
    assert f"/submissions/{submission.pk}/" not in page


def test_the_template_has_the_open_steps_of_the_citys_own_tasks(desk, city, task):
    make_task("2-02", cities=[make_city("370200")])
    make_task("2-03", cities=[])
    make_task("2-04", cities=[city], begins="2026Q1")
    make_node(task, what="通过验收", due=None)
    make_period("2025Q2")
    make_report(task, city, "2025Q2", text="完成招标")
    book = desk.template()
    sheet, rows = book[SHEET], range(FIRST_ROW, book[SHEET].max_row + 1)

    assert [sheet[f"A{row}"].value for row in rows] == ["2-01", "2-01"]
    assert [sheet[f"{letter(book, '节点')}{row}"].value for row in rows] == ["印发方案", "通过验收"]
    assert sheet[f"{letter(book, '参考：上季度进展说明')}5"].value == "完成招标"
    assert sheet[f"{letter(book, '参考：上季度状态')}5"].value == "推进中"
    assert sheet[f"{letter(book, '节点标识')}5"].value == "2-01#1"
    assert sheet.column_dimensions[letter(book, "节点标识")].hidden


def test_a_city_without_open_tasks_has_no_such_sheet(desk, city, task):
    assert SHEET in desk.template().sheetnames
    task.cities.set([make_city("370200")])
    assert SHEET not in desk.template().sheetnames


def test_a_workbook_without_the_sheet_is_accepted_and_reports_nothing(desk, task):
    book = desk.filled()
    del book[SHEET]
    submission = desk.upload(book)
    assert not submission.findings.filter(code__in=["W265", "W266"]).exists()
    desk.accept(submission)
    assert not TaskReport.objects.exists()


def test_a_template_that_nobody_filled_in_reports_nothing_and_is_asked_why(desk, task):
    submission = desk.upload(desk.filled())
    assert desk.codes(submission) == ["W265"]
    desk.accept(submission)
    assert not TaskReport.objects.exists()


def test_without_the_hidden_column_a_step_is_found_by_its_words(desk, task):
    book = desk.filled(**DONE)
    column = letter(book, "节点标识")
    book[SHEET].delete_cols(openpyxl.utils.column_index_from_string(column))
    submission = desk.accept(desk.upload(book))
    assert TaskReport.objects.get().node == task.nodes.get()
    assert submission.rows.get(kind="tasks").key == "2-01 印发方案"


def test_sorted_rows_are_still_of_their_steps(desk, city, task):
    other = make_task("2-05", cities=[city], begins="2025Q3")
    book = desk.filled(**DONE)
    sheet = book[SHEET]
    for column in range(1, sheet.max_column + 1):
        first, second = sheet.cell(5, column), sheet.cell(6, column)
        first.value, second.value = second.value, first.value
    desk.accept(desk.upload(book))
    assert TaskReport.objects.get().node == task.nodes.get() != other.nodes.get()


def test_what_is_wrong_stands_in_its_cell_of_the_marked_workbook(desk, task, client, officer):
    """M-12: a report that contradicts itself, and a ledger that is changed."""
    book = desk.filled(**DONE | {"佐证材料": None, "完成日期": date(2025, 12, 1)})
    type_in(book, "原定完成", date(2025, 12, 31))
    submission = desk.upload(book)
    at = {name: letter(book, name) for name in ("原定完成", "完成日期", "佐证材料")}
    assert desk.codes(submission) == [
        f"E252 {at['原定完成']}5",
        f"E260 {at['完成日期']}5",
        f"E262 {at['佐证材料']}5",
    ]
    client.force_login(officer)
    marked = client.get(f"{submission.get_absolute_url()}marked/").getvalue()
    sheet = openpyxl.load_workbook(io.BytesIO(marked))[SHEET]
    for column in at.values():
        assert sheet[f"{column}5"].comment.text.startswith(MARK_SIGN)


def test_a_row_of_another_citys_task_or_of_none_is_refused(desk, task):
    """M-11: a task that is not the city's."""
    make_task("2-02", cities=[make_city("370200")])
    book = desk.filled(**DONE)
    for row, number in ((6, "2-02"), (7, "8-88")):
        for heading, value in (("任务编号", number), ("节点", "印发方案"), ("状态", "推进中")):
            type_in(book, heading, value, row)
        type_in(book, "进展说明", f"完成招标{row}", row)
    assert desk.codes(desk.upload(book)) == ["E251 A6", "E250 A7"]


def test_a_later_version_replaces_what_an_earlier_one_reported(desk, task):
    desk.accept(desk.upload(desk.filled(**DONE)))
    again = desk.filled(**{"状态": "推进中", "进展说明": "文件撤回修订，重新征求意见"})
    second = desk.accept(desk.upload(again))
    old, new = TaskReport.objects.order_by("pk")
    assert old.superseded_at == new.published_at == second.published_at
    assert (new.state, new.superseded_at) == ("under_way", None)
    assert light_of(task).reasons[0].because is Because.MISSED


def test_a_later_version_without_the_sheet_takes_the_reports_back_and_is_asked_why(desk, task):
    desk.accept(desk.upload(desk.filled(**DONE)))
    book = desk.filled()
    del book[SHEET]
    second = desk.upload(book)
    assert second.findings.filter(code="W266").exists()
    desk.accept(second)
    assert not TaskReport.objects.in_force().exists()


def test_a_task_that_was_taken_from_the_city_meanwhile_refuses_acceptance(
    desk, task, client, reviewer
):
    submission = desk.submit(desk.upload(desk.filled(**DONE)))
    task.cities.clear()
    page = post(client, reviewer, submission, "accept").content.decode()
    assert f"{SHEET}!A5" in page
    assert not TaskReport.objects.exists()


def test_the_page_of_a_submission_lists_what_was_read_and_what_differs(desk, task, officer):
    first = desk.accept(desk.upload(desk.filled(**DONE)))
    cells = desk.page(f"{first.get_absolute_url()}cells/?table=tasks", officer)
    assert "方案已印发" in cells
    assert "2-01#1" not in cells
    again = desk.filled(**DONE | {"进展说明": "方案已印发，并已公布"})
    page = desk.page(desk.upload(again).get_absolute_url(), officer)
    assert "方案已印发，并已公布" in page
    assert "2-01 印发方案" in page


def test_a_withdrawn_acceptance_takes_its_reports_out_of_the_ledger(desk, task, officer, reviewer):
    accepted = desk.accept(desk.upload(desk.filled(**DONE)))
    assert TaskReport.objects.in_force().count() == 1

    withdrawing.ask(accepted, by=officer, reason="上报的是全年计划数")
    withdrawing.confirm(accepted, by=reviewer)
    assert TaskReport.objects.in_force().count() == 0
