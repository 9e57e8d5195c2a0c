import pytest

from submissions.intake.carried_answers import carry_answers
from submissions.models import AnswerDraft, Explanation
from tests.factories import make_period
from tests.submissions.cast import MANDATORY, make_finding, make_submission

CELL = {"sheet": "企业明细", "cell": "D5", "about": "enterprises/9137/revenue", "firm": "9137"}


@pytest.fixture
def first(city, period, officer):
    return make_submission(city, period, by=officer)


@pytest.fixture
def answered(first, officer):
    """The first version's finding, with its answer."""
    finding = make_finding(first, value="12", **CELL)
    Explanation.objects.create(finding=finding, text="六月停产", given_by=officer)
    return finding


def next_version(first, **changed):
    """The finding of the next version, once answers have been carried."""
    later = make_submission(first.city, first.period, by=first.uploaded_by)
    finding = make_finding(later, **{"value": "12"} | CELL | changed)
    carry_answers(later, [finding])
    return finding


def answer(finding):
    return Explanation.objects.filter(finding=finding).first()


def test_an_answer_holds_on_with_its_author_and_its_version(answered, first, officer):
    carried = answer(next_version(first))

    assert (carried.text, carried.given_by, carried.carried_from) == ("六月停产", officer, first)
    third = answer(next_version(first))
    assert third.carried_from == first


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"value": "13"}, id="another value"),
        pytest.param({"about": "enterprises/9137/output_value"}, id="another field"),
        pytest.param({"about": "enterprises/9138/revenue", "firm": "9138"}, id="another firm"),
        pytest.param({"code": "W159"}, id="another rule"),
        pytest.param({"explained_in_cell": "已停产"}, id="explained in its row"),
        pytest.param({"trial": True}, id="on trial"),
        pytest.param({"code": MANDATORY}, id="to be corrected"),
    ],
)
def test_an_answer_to_something_else_is_not_carried(answered, first, changed):
    assert answer(next_version(first, **changed)) is None


def test_the_row_may_have_moved(answered, first):
    assert answer(next_version(first, cell="D9")).text == "六月停产"


def test_of_several_the_newest_holds_on(answered, first, officer):
    second = next_version(first)
    second.explanations.supersede()
    Explanation.objects.create(finding=second, text="七月停产", given_by=officer)

    assert answer(next_version(first)).text == "七月停产"


def test_another_period_is_another_question(answered, first, city):
    other = make_submission(city, make_period("2025Q2"))
    finding = make_finding(other, value="12", **CELL)
    carry_answers(other, [finding])

    assert answer(finding) is None


def test_a_finding_without_a_cell_is_known_by_its_parameters(first, officer):
    about_the_file = make_finding(first, params={"code": "A"})
    Explanation.objects.create(finding=about_the_file, text="六月停产", given_by=officer)
    later = make_submission(first.city, first.period)
    same, other = (make_finding(later, params={"code": code}) for code in "AB")
    carry_answers(later, [same, other])

    assert answer(same)
    assert answer(other) is None


def test_what_was_typed_and_not_saved_is_kept_too(first, officer):
    finding = make_finding(first, value="12", **CELL)
    AnswerDraft.objects.create(finding=finding, text="六月停", saved_by=officer)
    later = next_version(first)

    assert later.draft.text == "六月停"
    assert answer(later) is None
