"""
Withdraws an acceptance that was a mistake: one person asks with a reason, another confirms.

It is a proposed change (audit.proposals) of the submission's state. Nothing is deleted: the figures
end, and a publication without figures says so in the chain. What was in force before the withdrawn
version does not come back: the city reports again.
"""

from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.acts import Act
from audit.models import ProposedChange
from audit.proposals import deciding, keepers, records
from audit.proposals.keepers import Keeper
from audit.refusals import refusals_recorded
from clusters.viewpoint import Viewpoint
from indicators.data.snapshot_after import snapshot_after
from indicators.data.snapshot_reader import snapshot
from indicators.data.unpublished import Unpublished
from indicators.results.proposed_effect import turned
from indicators.results.scorecard import results_in
from submissions.access import REVIEW
from submissions.locks import one_at_a_time_in_the_province
from submissions.models import Submission
from submissions.refused import Refused
from submissions.review.publishing import end_figures, publish
from submissions.review.transitions import move

FIELDS = ("status",)
# As long as the reason of any proposal.
LONGEST_REASON = ProposedChange._meta.get_field("reason").max_length


class WithdrawalKeeper(Keeper):
    """The rules of a withdrawal: a reviewer decides, and the figures end."""

    def may_decide(self, user: Any, proposal: ProposedChange) -> bool:
        """Return whether a user reviews submissions."""
        return user.is_active and user.has_perm(REVIEW)

    def effect(self, proposal: ProposedChange) -> list[str]:
        """Return a sentence for each verdict of the quarter that would be another."""
        return _effect(_submission(proposal)) or super().effect(proposal)

    def put_in_force(
        self, proposal: ProposedChange, *, by: Any, reason: str
    ) -> tuple[models.Model, str]:
        """End the submission's figures; return it. Nothing is handed over."""
        one_at_a_time_in_the_province()
        return _withdraw(_submission(proposal), reason=proposal.reason), ""


keepers.register("submissions.submission", WithdrawalKeeper())


def asked(submission: Submission) -> ProposedChange | None:
    """Return what was asked for last of a submission, with its people; None if nothing was."""
    every = ProposedChange.objects.select_related("proposed_by", "confirmed_by", "rejected_by")
    mine = every.filter(object_type=submission._meta.label_lower, object_id=str(submission.pk))
    return mine.order_by("-pk").first()


@refusals_recorded(Act.PROPOSED, Refused)
@transaction.atomic
def ask(submission: Submission, *, by: Any, reason: str) -> ProposedChange:
    """
    Ask for an acceptance to be withdrawn; return the request. Nothing else changes.

    Raises Refused without a reason, or if the submission is not in force or is asked for already.
    """
    reason = reason.replace("\0", "").strip()
    if not reason:
        raise Refused(_("Say why it is withdrawn: the city must know what to do."))
    if len(reason) > LONGEST_REASON:
        raise Refused(_("At most %(most)d characters.") % {"most": LONGEST_REASON})
    one_at_a_time_in_the_province()
    submission = Submission.objects.get(pk=submission.pk)
    before = [records.stored_record(submission, FIELDS)]
    if (last := asked(submission)) and last.is_open:
        raise Refused(_("This has been asked for already."))
    move(submission, "withdraw")
    after = [records.as_record(submission, FIELDS)]
    return deciding.propose(submission, before, after, by=by, reason=reason)


@refusals_recorded(Act.CONFIRMED, Refused)
def confirm(submission: Submission, *, by: Any) -> None:
    """
    Withdraw an acceptance as it was asked for. One transaction.

    Raises Refused if nothing is asked for, if `by` asked for it, or it is not in force any more.
    """
    try:
        with transaction.atomic():
            # Before the rows of deciding.py: an acceptance locks in this order too.
            one_at_a_time_in_the_province()
            deciding.confirm(_open(submission), by=by)
    except deciding.ProposalRefused as refusal:
        raise Refused(str(refusal)) from refusal


@refusals_recorded(Act.REJECTED, Refused)
def reject(submission: Submission, *, by: Any, why: str) -> None:
    """Leave an acceptance in force, with the reason why. Raises Refused without one."""
    try:
        deciding.reject(_open(submission), by=by, why=why)
    except deciding.ProposalRefused as refusal:
        raise Refused(str(refusal)) from refusal


def _open(submission: Submission) -> ProposedChange:
    """Return what is asked for and not decided. Raises Refused."""
    request = asked(submission)
    if request is None or not request.is_open:
        raise Refused(_("Nobody asks for this any more. Look at it again."))
    return request


def _submission(proposal: ProposedChange) -> Submission:
    return Submission.objects.select_related("city", "period").get(pk=proposal.object_id)


def _withdraw(submission: Submission, *, reason: str) -> Submission:
    """End the figures in force from now on. Only under the lock of the province."""
    now = timezone.now()
    move(submission, "withdraw")
    end_figures(submission, at=now)
    submission.reason, submission.superseded_at = reason, now
    submission.save(update_fields=["status", "reason", "superseded_at"])
    publish(submission, at=now, recorded_at=now)
    return submission


def _effect(submission: Submission) -> list[str]:
    """Return what would turn in the submission's quarter, and what targets would say there."""
    quarter, now = submission.period.quarter, timezone.now()
    seen = snapshot(Viewpoint(quarter, None, now))
    without = Unpublished(
        city=submission.city,
        period=submission.period,
        at=now,
        totals=(),
        enterprises=(),
        parks=(),
        ending=frozenset(),
        joining=0,
    )
    after = snapshot_after(seen, without)
    said = zip(results_in(seen, quarter), results_in(after, quarter), strict=True)
    return turned(seen, after, quarter) + [
        f"{then.indicator.short_name}: {then.explanation}"
        for before, then in said
        if then.explanation != before.explanation
    ]
