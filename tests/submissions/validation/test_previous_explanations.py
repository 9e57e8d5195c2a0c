import pytest

from submissions.models import Explanation, Submission
from submissions.review.actions import Refused
from submissions.review.explaining import explain
from submissions.validation.previous_explanations import previous_explanations
from tests.audit.rewritten import rewrite
from tests.factories import credit_code, make_city, make_period
from tests.submissions.cast import MANDATORY, make_finding, make_submission

CODE = "W159"
SAID = "合同终止，冲回收入"


@pytest.fixture
def about():
    """The revenue of one enterprise."""
    firm = credit_code(7)
    return {"firm": firm, "about": f"enterprises/{firm}/revenue"}


@pytest.fixture
def last(city, officer, about):
    """The second quarter's finding, answered and accepted."""
    submission = make_submission(city, make_period("2025Q2"), by=officer, status="accepted")
    finding = make_finding(submission, CODE, cell="E9", **about)
    Explanation.objects.create(finding=finding, text=SAID, given_by=officer)
    return finding


@pytest.fixture
def now(city, officer, period, about):
    """The same finding a quarter later, in another row."""
    return make_finding(make_submission(city, period, by=officer), CODE, cell="E17", **about)


def said(finding):
    return previous_explanations(finding.submission, [finding]).get(finding.pk)


def test_the_same_finding_of_the_same_enterprise_is_recognised(last, now):
    assert said(now) == SAID


def test_an_explanation_in_the_cell_is_offered_too(last, now):
    last.explanations.supersede()
    last.explained_in_cell = "见合同"
    last.save()

    assert said(now) == "见合同"


@pytest.mark.parametrize(
    "other",
    [
        {"code": "W176"},
        {"about": "enterprises/x/output_value"},
        {"firm": "91370100MA0000008X", "about": "enterprises/91370100MA0000008X/revenue"},
    ],
    ids=["another rule", "another field", "another enterprise"],
)
def test_another_finding_has_none(last, now, other):
    for name, value in other.items():
        setattr(now, name, value)

    assert said(now) is None


@pytest.mark.parametrize("status", ["submitted", "sent_back", "superseded"])
def test_only_an_accepted_submissions_explanation_is_offered(last, now, status, reviewer):
    other = make_submission(last.submission.city, make_period("2025Q1"), status=status)
    last.submission = other
    last.save()
    now.submission.period = make_period("2025Q2")

    assert said(now) is None


def test_another_citys_explanation_is_not_offered(last, now):
    rewrite(Submission.objects.filter(pk=last.submission_id), city=make_city("370700"))

    assert said(now) is None


def test_a_mandatory_finding_has_no_previous_explanation(now, django_assert_num_queries):
    finding = make_finding(now.submission, MANDATORY)

    with django_assert_num_queries(0):
        assert said(finding) is None


def test_last_quarters_explanation_counts_only_once_confirmed(last, now, officer):
    with pytest.raises(Refused, match="last quarter"):
        explain(now, text=f" {SAID}。", by=officer)
    assert not Explanation.objects.filter(finding=now).exists()
    explain(now, text=SAID, by=officer, confirmed=True)
    assert now.explanations.get().text == SAID


def test_another_text_needs_no_confirmation(last, now, officer):
    assert explain(now, text="三季度又有两份合同终止", by=officer)
