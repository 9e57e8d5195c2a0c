"""
The states of a submission and the acts that lead from one to the next.

    uploaded → submitted → accepted → superseded
             ↘ discarded ↘ sent back ↘ withdrawn

Sending back ends a version; its correction is another version. So each version has one decision
at most, and its row is the record of it.
"""

from django.utils.translation import gettext as _

from submissions.models import Submission
from submissions.refused import Refused

Status = Submission.Status

# act -> (the state it starts from, the state it leads to)
TRANSITIONS = {
    "discard": (Status.UPLOADED, Status.DISCARDED),
    "submit": (Status.UPLOADED, Status.SUBMITTED),
    "send_back": (Status.SUBMITTED, Status.SENT_BACK),
    "accept": (Status.SUBMITTED, Status.ACCEPTED),
    "supersede": (Status.ACCEPTED, Status.SUPERSEDED),
    "withdraw": (Status.ACCEPTED, Status.WITHDRAWN),
}


def may(act: str, submission: Submission) -> bool:
    """Return whether the submission's state allows the act."""
    return submission.status == TRANSITIONS[act][0]


def move(submission: Submission, act: str) -> None:
    """
    Set the state that an act leads to; the caller saves.

    Raises Refused if the submission is in another state than the act starts from: somebody else
    acted first, or the page is outdated.
    """
    start, end = TRANSITIONS[act]
    if submission.status != start:
        raise Refused(
            _("This cannot be done now: the state of “%(submission)s” is “%(state)s”.")
            % {"submission": submission, "state": submission.get_status_display()}
        )
    submission.status = end
