import pytest

from submissions.models import Submission
from submissions.refused import Refused
from submissions.review.transitions import TRANSITIONS, may, move
from tests.submissions.cast import make_submission

Status = Submission.Status


@pytest.mark.parametrize("state", Status.values)
@pytest.mark.parametrize("act", TRANSITIONS)
def test_an_act_is_allowed_from_its_own_state_only(act, state):
    submission = Submission(status=state, version=1)
    start, end = TRANSITIONS[act]

    assert may(act, submission) == (state == start)
    if state == start:
        move(submission, act)
        assert submission.status == end


@pytest.mark.parametrize("state", Status.values)
@pytest.mark.parametrize("act", TRANSITIONS)
def test_from_any_other_state_it_is_refused_with_a_message(db, act, state):
    submission = make_submission(status=state)
    if state != TRANSITIONS[act][0]:
        with pytest.raises(Refused, match=submission.get_status_display()):
            move(submission, act)
        assert submission.status == state


def test_sent_back_and_superseded_are_ends():
    assert {Status.SENT_BACK, Status.SUPERSEDED} & {start for start, _ in TRANSITIONS.values()} == (
        set()
    )
