"""
Answers of earlier versions, for the findings of a later one.

An answer holds on while the rule, the cell and the value are as they were; so does what was typed
and not saved. What is unchanged is found by what the cell is about, in whatever row it stands.
"""

from collections.abc import Callable, Iterable

from submissions.models import AnswerDraft, Explanation, Finding, Submission
from submissions.rules.catalogue import Severity

BATCH = 1000


def carry_answers(submission: Submission, findings: list[Finding]) -> None:
    """
    Give stored findings that nobody answered the newest answer of an earlier version.

    Two queries that read; none without a finding to explain.
    """
    open_ones = [one for one in findings if _is_open(one)]
    if not open_ones:
        return
    answered = set(
        Explanation.objects.in_force()
        .filter(finding__submission=submission)
        .values_list("finding", flat=True)
    )
    open_ones = [one for one in open_ones if one.pk not in answered]
    given = _newest(Explanation.objects.in_force(), submission)
    Explanation.objects.bulk_create(_copies(open_ones, given, _carried), batch_size=BATCH)
    rest = [one for one in open_ones if _identity(one) not in given]
    typed = _newest(AnswerDraft.objects.all(), submission)
    AnswerDraft.objects.bulk_create(_copies(rest, typed, _kept), batch_size=BATCH)


def _is_open(finding: Finding) -> bool:
    """Return whether a finding needs an answer that its row does not give."""
    advisory = finding.severity == Severity.ADVISORY and not finding.trial
    return advisory and not finding.explained_in_cell


def _identity(finding: Finding) -> tuple:
    """Return the key of a finding that is the same in another version."""
    place = finding.about or f"{finding.sheet}!{finding.cell}"
    params = () if finding.cell else tuple(sorted(finding.params.items()))
    return finding.code, place, finding.firm, finding.value, params


def _newest(answers, submission: Submission) -> dict[tuple, Explanation | AnswerDraft]:
    """Return the newest answers of earlier versions, by the key of their finding."""
    earlier = (
        answers.filter(
            finding__submission__city=submission.city_id,
            finding__submission__period=submission.period_id,
            finding__submission__version__lt=submission.version,
        )
        .select_related("finding")
        .order_by("finding__submission__version")
    )
    return {_identity(one.finding): one for one in earlier}


def _copies(findings: Iterable[Finding], given: dict, copy: Callable) -> list:
    """Return a copy of the answer of each finding that has one."""
    return [copy(one, given[key]) for one in findings if (key := _identity(one)) in given]


def _carried(finding: Finding, old: Explanation) -> Explanation:
    """Return an answer for a finding of a later version, unsaved."""
    return Explanation(
        finding=finding,
        text=old.text,
        nil=old.nil,
        given_at=old.given_at,
        given_by_id=old.given_by_id,
        carried_from_id=old.carried_from_id or old.finding.submission_id,
    )


def _kept(finding: Finding, old: AnswerDraft) -> AnswerDraft:
    """Return a draft for a finding of a later version, unsaved."""
    return AnswerDraft(
        finding=finding,
        text=old.text,
        nil=old.nil,
        saved_at=old.saved_at,
        saved_by_id=old.saved_by_id,
    )
