import pytest

from audit.models import ProposedChange
from submissions.review.actions import accept
from tests.submissions.cast import make_row, make_submission
from tests.submissions.views.acts import messages, post

REASON = "上报的是全年计划数"


@pytest.fixture
def accepted(city, officer, reviewer):
    submission = make_submission(city, by=officer, status="submitted")
    make_row(submission)
    return accept(submission, by=reviewer)


def test_the_bureau_asks_and_the_reviewer_withdraws(client, officer, reviewer, accepted):
    answer = post(client, officer, accepted, "withdrawal", reason=REASON)
    assert "Another person decides" in messages(answer)
    assert REASON in answer.text
    assert "decision" not in answer.text.partition(REASON)[2].partition("</section>")[0]

    client.force_login(reviewer)
    assert "Withdraw the acceptance" in client.get(accepted.get_absolute_url()).text
    answer = post(client, reviewer, accepted, "withdrawal/decision", decision="withdraw")
    assert "do not count" in messages(answer)
    accepted.refresh_from_db()
    assert accepted.status == "withdrawn"

    client.force_login(officer)
    page = client.get(accepted.get_absolute_url()).text
    assert (REASON in page, "Upload a corrected workbook" in page) == (True, True)
    assert "everything is in order" not in page
    duties = client.get("/submissions/").text
    assert REASON in duties
    assert "was withdrawn on" in duties


def test_the_reviewer_leaves_it_in_force_with_a_reason(client, officer, reviewer, accepted):
    post(client, officer, accepted, "withdrawal", reason=REASON)
    refused = post(client, reviewer, accepted, "withdrawal/decision", decision="keep", why=" ")
    assert refused.status_code == 422

    post(client, reviewer, accepted, "withdrawal/decision", decision="keep", why="数据无误")
    accepted.refresh_from_db()
    assert accepted.status == "accepted"
    client.force_login(officer)
    assert "数据无误" in client.get(accepted.get_absolute_url()).text


def test_a_reason_that_is_too_long_is_kept_in_its_box(client, officer, accepted):
    answer = post(client, officer, accepted, "withdrawal", reason="长" * 201)

    assert answer.status_code == 422
    assert "长" * 201 in answer.text
    assert not ProposedChange.objects.exists()


@pytest.mark.parametrize(("role", "status"), [("official", 403), ("admin", 403), ("stranger", 404)])
def test_nobody_else_asks(client, request, role, status, accepted):
    answer = post(client, request.getfixturevalue(role), accepted, "withdrawal", reason=REASON)

    assert answer.status_code == status
    assert not ProposedChange.objects.exists()


@pytest.mark.parametrize("role", ["officer", "official", "admin"])
def test_nobody_else_decides(client, request, officer, role, accepted):
    post(client, officer, accepted, "withdrawal", reason=REASON)
    who = request.getfixturevalue(role)
    answer = post(client, who, accepted, "withdrawal/decision", decision="withdraw")

    assert answer.status_code == 403
    accepted.refresh_from_db()
    assert accepted.status == "accepted"


def test_the_official_sees_that_it_was_withdrawn_and_why(
    client, officer, reviewer, official, accepted
):
    post(client, officer, accepted, "withdrawal", reason=REASON)
    post(client, reviewer, accepted, "withdrawal/decision", decision="withdraw")

    client.force_login(official)
    assert REASON in client.get(accepted.get_absolute_url()).text


def test_the_next_version_is_the_answer(client, officer, reviewer, city, accepted):
    post(client, officer, accepted, "withdrawal", reason=REASON)
    post(client, reviewer, accepted, "withdrawal/decision", decision="withdraw")
    again = make_submission(city, by=officer)

    client.force_login(reviewer)
    page = client.get(again.get_absolute_url()).text
    assert "this one is the answer" in page
    assert REASON in page
