import pytest

from submissions.models import Explanation
from tests.factories import make_period
from tests.submissions.cast import make_finding, make_submission
from tests.submissions.views.acts import messages, post


@pytest.fixture
def finding(city, officer):
    return make_finding(make_submission(city, by=officer))


def explain(client, user, finding, text="Moved here", submission=None):
    act = f"findings/{finding.pk}/explain"
    return post(client, user, submission or finding.submission, act, text=text)


def test_the_officer_explains_and_sees_a_message(client, officer, finding):
    assert "noted" in messages(explain(client, officer, finding))
    explanation = Explanation.objects.get()
    assert (explanation.text, explanation.given_by) == ("Moved here", officer)


def test_an_empty_explanation_is_refused(client, officer, finding):
    assert "Write the explanation" in messages(explain(client, officer, finding, "  "))
    assert not Explanation.objects.exists()


@pytest.mark.parametrize(
    ("role", "status"), [("reviewer", 403), ("official", 403), ("admin", 403), ("stranger", 404)]
)
def test_nobody_else_explains(client, request, role, status, finding):
    assert explain(client, request.getfixturevalue(role), finding).status_code == status
    assert not Explanation.objects.exists()


def test_a_finding_of_another_submission_is_404(client, officer, finding, city):
    other = make_submission(city, make_period("2025Q2"), by=officer)

    assert explain(client, officer, finding, submission=other).status_code == 404


def test_get_explains_nothing(client, officer, finding):
    client.force_login(officer)
    url = f"{finding.submission.get_absolute_url()}findings/{finding.pk}/explain/"

    assert client.get(url).status_code == 405


def test_a_stock_phrase_is_refused_with_what_an_explanation_must_say(client, officer, finding):
    assert "what changed at the enterprise" in messages(
        explain(client, officer, finding, "核实无误")
    )
    assert not Explanation.objects.exists()


def test_last_quarters_explanation_counts_once_confirmed(client, officer, finding, city):
    before = make_submission(city, make_period("2025Q2"), by=officer, status="accepted")
    make_finding(before, explained_in_cell="园区未批复")

    assert "last quarter" in messages(explain(client, officer, finding, "园区未批复"))
    act = f"findings/{finding.pk}/explain"
    answer = post(client, officer, finding.submission, act, text="园区未批复", confirmed="on")
    assert "noted" in messages(answer)
