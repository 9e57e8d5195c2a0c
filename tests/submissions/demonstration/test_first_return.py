"""With reference data alone, a city's first workbook is submitted with one answer."""

from io import BytesIO

import pytest

from clusters.models import City
from config.deploy import reference_data
from enterprises.models import Enterprise
from foundation.quarters import Quarter
from submissions.demonstration import places, province, workbooks
from submissions.intake import receiving
from submissions.models import Submission
from submissions.review import actions, explaining
from tests.audit.rewritten import erase
from tests.factories import make_period, make_user
from tests.submissions.in_process import read

FIRST = province.FIRST
ANSWER = "名录由市局据2022年四经普单位库整理，首次报送"


@pytest.fixture(scope="module")
def _set_up(module_db):
    reference_data.load()


@pytest.fixture
def hand_in(_set_up, db, monkeypatch):
    """Return a function: a city's workbook of a quarter, received and checked."""
    monkeypatch.setattr(receiving, "read_sandboxed", read)
    there = places.places()

    def act(code: str, quarter: Quarter, by) -> Submission:
        content = workbooks.workbook(there[code], quarter, 1)
        submission = receiving.receive(
            BytesIO(content),
            city=City.objects.get(code=code),
            period=make_period(str(quarter)),
            by=by,
            filename="报表.xlsx",
        )
        return receiving.read_and_check(submission)

    return act


def bureau(code):
    return make_user("bureau", City.objects.get(code=code))


@pytest.mark.parametrize("code", province.PROFILES)
def test_a_citys_first_workbook_needs_one_answer(hand_in, code):
    by = bureau(code)
    submission = hand_in(code, FIRST, by)

    [question] = submission.findings.unanswered()
    assert (question.code, question.cell) == ("W210", "")
    assert not submission.findings.mandatory().exists()
    explaining.explain(question, text=ANSWER, by=by)
    assert actions.submit(submission, by=by).status == Submission.Status.SUBMITTED


def test_what_joins_later_is_asked_one_by_one(hand_in):
    code, by = "371700", bureau("371700")
    first = hand_in(code, FIRST, by)
    explaining.explain(first.findings.unanswered().get(), text=ANSWER, by=by)
    actions.accept(actions.submit(first, by=by), by=make_user("reviewer"))
    gone = Enterprise.objects.filter(city__code=code).first()
    erase(gone.returns)
    gone.delete()

    second = hand_in(code, FIRST.next(), by)
    assert [one.code for one in second.findings.unanswered()] == ["W152"]
