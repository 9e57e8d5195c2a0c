"""One answer to the same finding of several quarters, and what is in order submitted in one go."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from foundation.quarters import Quarter
from jobs.models import Job, JobState
from submissions.intake.background import check_subject
from submissions.models import Batch, Finding, Submission
from submissions.refused import Refused
from submissions.review import actions, answering
from submissions.review.answering import TypedAnswer
from submissions.workbook.foreign.firm_names import plain_firm_name
from submissions.workbook.foreign.firms import OPEN

Status = Submission.Status


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """
    A finding that waits for an answer, with the same finding of the city's other quarters.

    typed    what was typed and does not count yet
    refused  why what was just typed is no explanation; "" otherwise
    """

    findings: Sequence[Finding]
    typed: str = ""
    refused: str = ""

    @property
    def key(self) -> int:
        """Return the primary key of the first finding, by which the form names them all."""
        return self.findings[0].pk

    @property
    def quarters(self) -> list[Quarter]:
        """Return the quarters, the earliest first; each once."""
        return list(dict.fromkeys(one.submission.period.quarter for one in self.findings))


def open_questions(
    submissions: Iterable[Submission],
    typed: Mapping[int, TypedAnswer] | None = None,
    refused: Mapping[int, str] | None = None,
) -> list[OpenQuestion]:
    """
    Return what the open versions of a city are asked, the same in several quarters once.

    The same is the same rule in the same words, about the same line or enterprise, or about the
    whole file: other amounts are another question.
    typed and refused are of a form that was not carried out, by the key of each question.
    """
    typed, refused = typed or {}, refused or {}
    of_open = [one.pk for one in submissions if one.status == Status.UPLOADED]
    waiting = Finding.objects.filter(submission__in=of_open).unanswered()
    groups: dict[tuple, list[Finding]] = {}
    for finding in waiting.select_related("submission__period").order_by(
        "submission__period__code", "submission__version", "position"
    ):
        groups.setdefault(_identity(finding), []).append(finding)
    return [
        OpenQuestion(
            findings,
            typed[findings[0].pk].text if findings[0].pk in typed else "",
            refused.get(findings[0].pk, ""),
        )
        for findings in groups.values()
    ]


def _identity(finding: Finding) -> tuple:
    """Return what the same finding of another quarter has too; of one cell nothing else has it."""
    if finding.code == OPEN:
        return finding.code, plain_firm_name(finding.params.get("name", ""))
    words = json.dumps(finding.params, sort_keys=True)
    if finding.about or finding.firm or not finding.cell:
        return finding.code, finding.about, finding.firm, words
    return finding.code, finding.submission_id, finding.cell


def answer_together(
    submissions: Sequence[Submission], typed: Mapping[int, TypedAnswer], *, by
) -> tuple[int, dict[int, str]]:
    """
    Store one answer for all findings of each question; return how many are new, and refusals.

    Refusals are by the question's key; a refused text stays as a draft of each finding.
    """
    answers: dict[int, dict[int, TypedAnswer]] = {}
    key_of: dict[int, int] = {}
    for question in open_questions(submissions):
        answer = typed.get(question.key)
        if answer is None or answer.is_blank:
            continue
        for finding in question.findings:
            answers.setdefault(finding.submission_id, {})[finding.pk] = answer
            key_of[finding.pk] = question.key
    stored, refused = 0, {}
    for submission in submissions:
        if given := answers.get(submission.pk):
            new, why = answering.save_answers(submission, given, by=by)
            stored += new
            refused |= {key_of[pk]: words for pk, words in why.items()}
    return stored, refused


def submit_all(
    batch: Batch, submissions: Iterable[Submission], *, by
) -> tuple[int, list[tuple[Submission, str]]]:
    """Submit every open version that is the newest; return how many, and why others were not."""
    open_ones = [one for one in submissions if one.status == Status.UPLOADED]
    newest = {one.period_id: one for one in open_ones}
    submitted, refusals = 0, []
    for submission in newest.values():
        reason = _("Back-filled with the batch “%(batch)s”.") % {"batch": batch}
        try:
            actions.submit(submission, by=by, reason=reason)
            submitted += 1
        except Refused as refusal:
            refusals.append((submission, str(refusal)))
    return submitted, refusals


def being_checked(submissions: Iterable[Submission]) -> int:
    """Return how many versions wait for a check that is under way."""
    subjects = [check_subject(one) for one in submissions]
    open_states = (JobState.WAITING, JobState.RUNNING)
    jobs = Job.objects.filter(subject__in=subjects, state__in=open_states)
    return jobs.values("subject").distinct().count()
