"""The explanation of a finding: given, replaced, or refused with the reason."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.acts import Act
from audit.recording import record
from audit.refusals import refusals_recorded
from enterprises.models import Nil
from foundation.texts.comparing import normalised
from submissions.models import AnswerDraft, Explanation, Finding, Submission
from submissions.models.explanation import LONGEST
from submissions.refused import Refused
from submissions.review.departures import refuse_gone
from submissions.rules.answers import refusal, refusal_message
from submissions.rules.catalogue import Severity
from submissions.validation.previous_explanations import previous_explanations
from submissions.workbook.reading.nil import WORDS
from submissions.workbook.reading.nil import NilDeclaration as NilWord

# The finding that an enterprise is missing.
ENTERPRISE_MISSING = "W160"


@refusals_recorded(Act.EXPLAINED, Refused, of="submission")
def explain(
    finding: Finding,
    *,
    text: str,
    by,
    confirmed: bool = False,
    nil: str = "",
    at: datetime | None = None,
) -> Explanation:
    """
    Store the explanation of an advisory finding, superseding an earlier one; return it.

    confirmed: last quarter's explanation still holds word for word. nil: why a missing
    enterprise has no figures (Nil), which needs no further text. at: see submit().

    Raises Refused for an empty text, a stock phrase, a text given for too many enterprises,
    last quarter's unless confirmed, one that says that an enterprise with amounts of this year is
    gone, a mandatory finding, or a submission that is not open.
    """
    text = text.replace("\0", "").strip()
    if nil:
        text = _nil_words(finding, nil, text)
    if not text:
        raise Refused(_("Write the explanation."))
    if len(text) > LONGEST:
        words = {"length": len(text), "most": LONGEST}
        raise Refused(
            _(
                "This has %(length)s characters; an explanation has at most %(most)s. "
                "Say it shorter."
            )
            % words
        )
    if finding.severity != Severity.ADVISORY:
        raise Refused(_("This must be corrected in the workbook; it cannot be explained."))
    with transaction.atomic():
        refuse_unless_open(finding.submission)
        if finding.code == ENTERPRISE_MISSING:
            refuse_gone(finding.submission, finding.firm, text)
        if not nil:
            _refuse_empty_words(finding, text, confirmed=confirmed)
        AnswerDraft.objects.filter(finding=finding).delete()
        earlier = finding.explanations.in_force().first()
        finding.explanations.supersede()
        given = {"text": text, "nil": nil, "given_by": by, "given_at": at or timezone.now()}
        stored = Explanation.objects.create(finding=finding, **given)
        record_explained(finding, earlier, stored, by=by)
        return stored


def record_explained(finding, earlier: Explanation | None, now: Explanation | None, *, by) -> None:
    """Record that an explanation was given, changed or taken back (`now` is None)."""
    record(
        Act.EXPLAINED,
        finding.submission,
        by=by,
        before={"text": earlier.text} if earlier else None,
        after={
            "code": finding.code,
            "sheet": finding.sheet,
            "cell": finding.cell,
            "text": now.text if now else None,
        },
    )


def refuse_unless_open(submission: Submission) -> None:
    """Lock a submission. Raises Refused if its answers can no longer change."""
    submission = Submission.objects.select_for_update().get(pk=submission.pk)
    if submission.status != Submission.Status.UPLOADED:
        raise Refused(_("This version has been submitted; its explanations stay as they are."))


def _nil_words(finding: Finding, nil: str, text: str) -> str:
    """
    Return the explanation of why an enterprise has no figures, in the words of 说明.

    Raises Refused for any finding but a missing enterprise.
    """
    if finding.code != ENTERPRISE_MISSING or nil not in Nil.values:
        raise Refused(_("Only of a missing enterprise it can be said why it has no figures."))
    return "：".join(filter(None, (WORDS[NilWord(nil)][0], text)))


def _refuse_empty_words(finding: Finding, text: str, *, confirmed: bool) -> None:
    """Raise Refused if a text does not explain a finding."""
    others = finding.submission.findings.exclude(pk=finding.pk).answers()
    if why := refusal(finding.code, finding.firm, text, others):
        raise Refused(refusal_message(why))
    last = previous_explanations(finding.submission, [finding]).get(finding.pk)
    if last and not confirmed and normalised(last) == normalised(text):
        raise Refused(
            _(
                "These are last quarter's words. Confirm that they still hold, or say what is "
                "different now."
            )
        )
