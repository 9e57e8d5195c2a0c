import io

import openpyxl
import pytest

from submissions.intake.originals import content_of
from submissions.models import AnswerDraft, Explanation, Submission
from tests.submissions.cast import make_finding, make_submission
from tests.submissions.fault_catalogue import forge
from tests.submissions.views.acts import messages, post

SHEET = "企业明细"
REASON = "六月停产，设备已拆除"
# D6 is no number; the staff of firm 3 is odd, and asks for an explanation.
FIRMS = [
    forge.enterprise(1),
    forge.enterprise(2, output_value="约一万"),
    forge.enterprise(3, rd_expenditure=2500),
]


@pytest.fixture
def submission(hand_in):
    return hand_in(forge.workbook(enterprises=FIRMS))


@pytest.fixture
def wrong(submission):
    """The finding at D6."""
    return submission.findings.get(cell="D6", code="E146")


def newest():
    return Submission.objects.latest("version")


def value(submission, cell, sheet=SHEET):
    return openpyxl.load_workbook(io.BytesIO(content_of(submission)))[sheet][cell].value


def correct(client, officer, finding, text="10,000"):
    return post(client, officer, finding.submission, "correct", **{f"right-{finding.pk}": text})


def test_the_value_is_written_into_the_next_version(client, officer, reviewer, submission, wrong):
    page = correct(client, officer, wrong)

    amended = newest()
    assert page.request["PATH_INFO"] == amended.get_absolute_url()
    assert (value(amended, "D6"), value(submission, "D6")) == (10000, "约一万")
    assert amended.checked_at
    assert not amended.findings.filter(cell="D6", code="E146").exists()
    [made] = amended.amendments.all()
    assert (made.amends, made.sheet, made.cell) == (submission, SHEET, "D6")
    assert (made.old, made.new, made.subject) == ("约一万", "10000", "环保业务产值")
    client.force_login(reviewer)
    seen = client.get(amended.get_absolute_url()).content.decode()
    assert "with these cells corrected on the page" in seen
    assert "约一万" in seen


def test_answers_typed_beside_it_are_kept_and_carried(client, officer, submission, wrong):
    other = submission.findings.advisory().filter(trial=False).first()
    texts = {f"right-{wrong.pk}": "10000", f"text-{other.pk}": REASON}
    post(client, officer, submission, "correct", **texts)

    assert newest().findings.get(code=other.code, cell=other.cell).draft.text == REASON


def test_saving_the_answers_writes_what_was_corrected_too(client, officer, submission, wrong):
    other = submission.findings.advisory().filter(trial=False).first()
    texts = {f"right-{wrong.pk}": "10000", f"text-{other.pk}": REASON}
    post(client, officer, submission, "answers", **texts)

    assert value(newest(), "D6") == 10000
    carried = Explanation.objects.get(finding__submission=newest())
    assert (carried.text, carried.carried_from) == (REASON, submission)


def test_a_refused_answer_comes_first_and_the_value_stays_in_its_box(
    client, officer, submission, wrong
):
    other = submission.findings.advisory().filter(trial=False).first()
    texts = {f"right-{wrong.pk}": "10000", f"text-{other.pk}": "核实无误"}
    page = post(client, officer, submission, "answers", **texts)

    assert page.status_code == 422
    assert 'value="10000"' in page.content.decode()
    assert newest() == submission


def test_what_is_no_number_stands_in_its_box_again(client, officer, submission, wrong):
    page = correct(client, officer, wrong, "一万")

    assert page.status_code == 422
    assert "is not a number" in messages(page)
    assert 'value="一万"' in page.content.decode()
    assert newest() == submission


def test_city_totals_are_corrected_alike(client, officer, submission):
    post(client, officer, submission, "correct", **{"total-output_value": "50001"})

    assert value(newest(), "C5", "城市汇总") == 50001
    [made] = newest().amendments.all()
    assert (made.old, made.new) == ("50000", "50001")


def test_nothing_typed_makes_no_version(client, officer, submission, wrong):
    correct(client, officer, wrong, " ")

    assert newest() == submission


def test_of_a_csv_the_same_field_changes(client, officer, hand_in):
    submission = hand_in(forge.as_csv(FIRMS), "报表.csv")
    finding = submission.findings.get(code="E146")
    correct(client, officer, finding)

    before, after = (content_of(one).decode("utf-8-sig") for one in (submission, newest()))
    assert after == before.replace("约一万", "10000")
    assert newest().filename == "报表.csv"


def test_an_older_version_is_not_corrected(client, officer, submission, wrong, city, period):
    make_submission(city, period, by=officer)

    assert "Only the newest version" in messages(correct(client, officer, wrong))


@pytest.mark.parametrize("status", ["submitted", "accepted"])
def test_what_was_handed_in_is_not_corrected(client, officer, city, status):
    submission = make_submission(city, by=officer, status=status)
    finding = make_finding(submission, cell="D5", about="enterprises/91/revenue")
    answer = correct(client, officer, finding)

    assert answer.status_code == 422
    assert newest() == submission


@pytest.mark.parametrize(
    ("role", "status"), [("reviewer", 403), ("official", 403), ("stranger", 404)]
)
def test_nobody_else_corrects(client, request, role, status, submission, wrong):
    assert correct(client, request.getfixturevalue(role), wrong).status_code == status
    assert newest() == submission
    assert not AnswerDraft.objects.exists()
