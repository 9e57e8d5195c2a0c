"""What a restatement needs before it is submitted: a reason, and a difference."""

from django.utils.translation import gettext as _

from submissions.models import StagedRow, Submission
from submissions.refused import Refused
from submissions.review.differences import differences
from submissions.rules.stock_phrases import says_nothing


def version_in_force(submission: Submission) -> Submission | None:
    """Return the version whose figures a submission would restate; None without one."""
    slot = Submission.objects.in_force().filter(city=submission.city, period=submission.period)
    return slot.exclude(pk=submission.pk).first()


def set_restated(submission: Submission, *, reason: str) -> None:
    """
    Set on a submission which version it restates and why; the caller saves.

    Nothing is set without a version in force. Raises Refused without a reason or a difference.
    """
    old = version_in_force(submission)
    if old is None:
        return
    if not differences(_rows(old), _rows(submission)):
        raise Refused(
            _(
                "Nothing differs from version %(version)d, which is in force: there is nothing to "
                "restate. Discard this version."
            )
            % {"version": old.version}
        )
    reason = reason.replace("\0", "").strip()
    if not reason or says_nothing(reason):
        raise Refused(
            _(
                "This restates figures that are in force (version %(version)d). Say why: what was "
                "wrong, how it was noticed, and by what document the right figure can be seen."
            )
            % {"version": old.version}
        )
    submission.restates, submission.restatement_reason = old, reason


def _rows(submission: Submission) -> list[StagedRow]:
    """Return the staged rows of a submission."""
    return list(submission.rows.all())
