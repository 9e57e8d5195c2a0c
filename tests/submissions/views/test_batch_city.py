import pytest

from submissions.backfill.answering_together import _identity
from submissions.intake.background import check_subject, check_submission
from submissions.models import Explanation, Finding, Submission
from submissions.review import explaining
from tests.config.test_submit_returns import file_of
from tests.factories import make_user
from tests.jobs.cast import make_job
from tests.submissions.backfill.bringing import archive
from tests.submissions.views.conftest import QUARTERS

Status = Submission.Status


def accept(client, batch, city="jinan"):
    """Press the one button of a city's page, as the page of the signed-in user has it."""
    address = f"{batch.get_absolute_url()}cities/{city}/"
    page = client.get(address)
    versions = [f"{pk}:{base}" for pk, base in page.context["waiting"]]
    return client.post(f"{address}accept/", {"version": versions}, follow=True)


def test_a_reviewer_accepts_all_quarters_of_a_city_with_one_button(bring, client, three, reviewer):
    batch = bring(archive(three))
    client.force_login(reviewer)

    answer = accept(client, batch)
    assert b"3 quarters accepted" in answer.content
    in_force = Submission.objects.in_force().order_by("decided_at")
    assert [one.period.code for one in in_force] == list(QUARTERS)
    assert {one.decided_by for one in in_force} == {reviewer}


def test_the_page_shows_what_does_not_follow_on(bring, client, three, reviewer):
    three["2.xlsx"] = file_of("2024Q3", figure=500)
    batch = bring(archive(three))
    client.force_login(reviewer)

    page = client.get(f"{batch.get_absolute_url()}cities/jinan/").content.decode()
    assert "a cumulative figure falls" in page
    assert "环保业务营业收入" in page
    sheet = client.get(f"{batch.get_absolute_url()}cities/jinan/?download=continuity.csv")
    assert sheet.status_code == 200


def test_what_was_not_shown_is_not_accepted(bring, client, three, reviewer):
    batch = bring(archive(three))
    client.force_login(reviewer)

    client.post(f"{batch.get_absolute_url()}cities/jinan/accept/", {"version": ["999:", "x"]})
    assert not Submission.objects.in_force().exists()


def test_the_first_refusal_ends_it(bring, client, three, reviewer):
    batch = bring(archive(three))
    client.force_login(reviewer)
    address = f"{batch.get_absolute_url()}cities/jinan/"
    versions = [f"{pk}:{base}" for pk, base in client.get(address).context["waiting"]]
    # Another version than the page showed is said to be in force.
    versions[1] = f"{versions[1].partition(':')[0]}:12345"

    answer = client.post(f"{address}accept/", {"version": versions}, follow=True)
    assert b"was not accepted, nor what follows" in answer.content
    assert [one.period.code for one in Submission.objects.in_force()] == ["2024Q1"]


def test_an_administrator_never_accepts_and_nobody_their_own(bring, client, three):
    admin = make_user("admin")
    batch = bring(archive(three), by=admin, published_on="2024-12-01")

    assert accept(client, batch).status_code == 403
    everything = make_user(is_superuser=True)
    again = file_of("2024Q1", remark="又一份")
    own = bring(archive({"a.xlsx": again}), by=everything)
    client.post(f"{own.get_absolute_url()}decide/", {"file": own.files.get().pk, "how": "only"})
    answer = accept(client, own)
    assert b"somebody else" in answer.content.lower() or b"Somebody other" in answer.content


def test_a_dated_history_is_published_on_its_day_however_it_is_accepted(
    bring, client, three, reviewer
):
    batch = bring(archive(three), by=make_user("admin"), published_on="2024-12-01")
    client.force_login(reviewer)
    first = Submission.objects.get(period__code="2024Q1")

    client.post(f"{first.get_absolute_url()}accept/", {"base": ""})
    accept(client, batch)
    days = {str(one.published_at.date()) for one in Submission.objects.in_force()}
    # The beginning of the day in the province.
    assert days == {"2024-11-30"}
    assert Submission.objects.in_force().count() == 3


def test_the_citys_bureau_answers_the_findings_of_a_history_that_an_administrator_brought(
    bring, client, periods, officer, reviewer
):
    batch = bring(
        archive({"a.xlsx": file_of("2024Q1", remark=None)}),
        by=make_user("admin"),
        published_on="2024-12-01",
    )
    submission = Submission.objects.get()
    assert submission.status == Status.UPLOADED
    for finding in submission.findings.unanswered():
        explaining.explain(finding, text="本季度新纳入统计口径", by=officer, confirmed=True)
    client.force_login(officer)
    client.post(f"{submission.get_absolute_url()}submit/")
    client.force_login(reviewer)
    accept(client, batch)
    accepted = Submission.objects.get()
    assert (accepted.submitted_by, accepted.decided_by) == (officer, reviewer)
    assert str(accepted.published_at.date()) == "2024-11-30"


@pytest.fixture
def unexplained(bring, periods):
    """A batch of three quarters without codes that the register knows: each is asked why."""
    return bring(archive({f"{at}.xlsx": file_of(code, remark=None)
                          for at, code in enumerate(QUARTERS)}))  # fmt: skip


def answer(client, batch, text):
    """Give one answer to each question of a city's page, and press its button."""
    address = f"{batch.get_absolute_url()}cities/jinan/"
    questions = client.get(address).context["questions"]
    texts = {f"text-{one.key}": text for one in questions}
    return client.post(f"{address}answers/", texts, follow=True)


def test_the_same_finding_of_several_quarters_is_answered_once_and_all_are_submitted(
    unexplained, client
):
    page = client.get(f"{unexplained.get_absolute_url()}cities/jinan/")
    questions = page.context["questions"]
    assert {len(one.findings) for one in questions} == {3}
    assert "One answer for 3" in page.text

    said = answer(client, unexplained, "2024年起纳入统计口径，见名录")
    assert "3 quarters are submitted" in said.text
    assert Submission.objects.waiting().count() == 3
    stored = set(Explanation.objects.values_list("text", "given_by__username"))
    assert stored == {("2024年起纳入统计口径，见名录", "officer")}


def test_a_stock_phrase_answers_no_quarter_and_stays_in_its_box(unexplained, client):
    page = answer(client, unexplained, "情况属实")

    assert page.status_code == 422
    assert page.text.count("情况属实</textarea>") == len(page.context["questions"])
    assert "field__error" in page.text
    assert not Submission.objects.waiting().exists()


def test_what_has_no_answer_stays_and_the_others_are_submitted(bring, client, periods):
    batch = bring(archive({"0.xlsx": file_of("2024Q1"), "1.xlsx": file_of("2024Q2", remark=None)}))
    assert Submission.objects.waiting().count() == 1

    page = answer(client, batch, "")
    assert "was not submitted" in page.text
    assert [one.period.code for one in Submission.objects.waiting()] == ["2024Q1"]


def test_other_amounts_are_another_question():
    findings = [Finding(code="W1", about="a", params={"by": by}) for by in ("12", "13", "12")]

    assert len({_identity(one) for one in findings}) == 2


def test_only_who_reports_for_the_city_answers(unexplained, client, reviewer):
    client.force_login(reviewer)
    address = f"{unexplained.get_absolute_url()}cities/jinan/"

    assert "questions" not in client.get(address).context
    assert client.post(f"{address}answers/").status_code == 403


def test_while_quarters_are_being_checked_nothing_can_be_answered_yet(unexplained, client):
    address = f"{unexplained.get_absolute_url()}cities/jinan/"
    assert 'data-state="done"' in client.get(f"{address}?progress").text

    subject = check_subject(Submission.objects.first())
    make_job(check_submission, state="waiting", subject=subject)
    page = client.get(address)
    assert "1 quarter is being checked" in page.text
    assert "/answers/" not in page.text
    assert '<noscript><meta http-equiv="refresh"' in page.text
    assert 'data-state="running"' in client.get(f"{address}?progress").text
