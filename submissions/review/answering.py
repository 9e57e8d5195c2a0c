"""
The answers to all findings of a submission, from one form: saved together, or kept as typed.

Fields of the form are `text-<pk>`, `nil-<pk>`, `confirmed-<pk>`, `same-<pk>` and `had-<pk>` of each
finding. Where the page showed an empty box and it stayed empty, somebody else may have answered.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from enterprises.models import Nil
from submissions.models import AnswerDraft, Finding, Submission
from submissions.refused import Refused
from submissions.review.explaining import explain, record_explained, refuse_unless_open
from submissions.validation.findings_list import own_words
from submissions.validation.previous_explanations import previous_explanations

FIELD = re.compile(r"(text|nil|confirmed|same|had)-([0-9]{1,18})").fullmatch


@dataclass(frozen=True, slots=True)
class TypedAnswer:
    """
    What the form says of one finding.

    nil        why a missing enterprise has no figures; "" for another reason
    confirmed  last quarter's explanation still holds
    same       the text is also for the enterprise's other findings that have none
    had        the key of the explanation that the page showed, 0 for a draft, None for an empty box
    """

    text: str = ""
    nil: str = ""
    confirmed: bool = False
    same: bool = False
    had: int | None = None

    @property
    def is_blank(self) -> bool:
        """Return whether nothing is said."""
        return not (self.text or self.nil or self.confirmed)


def typed_answers(form: Mapping[str, str]) -> dict[int, TypedAnswer]:
    """Return what a form says, by the finding's primary key; other fields are left out."""
    fields: dict[int, dict] = {}
    for name in form:
        if match := FIELD(name):
            fields.setdefault(int(match[2]), {})[match[1]] = form[name]
    return {pk: _typed(given) for pk, given in fields.items()}


def _typed(given: dict) -> TypedAnswer:
    """Return the answer of one finding's fields."""
    nil = given.get("nil", "")
    return TypedAnswer(
        text=given.get("text", "").replace("\0", "").strip(),
        nil=nil if nil in Nil.values else "",
        confirmed="confirmed" in given,
        same="same" in given,
        had=int(given["had"]) if given.get("had", "").isdecimal() else None,
    )


@transaction.atomic
def save_drafts(submission: Submission, typed: Mapping[int, TypedAnswer], *, by) -> None:
    """Keep what was typed, without judging it. Raises Refused if the submission is not open."""
    refuse_unless_open(submission)
    for finding in _findings(submission, typed):
        _keep(finding, typed[finding.pk], by=by)


@transaction.atomic
def save_answers(
    submission: Submission, typed: Mapping[int, TypedAnswer], *, by
) -> tuple[int, dict[int, str]]:
    """
    Store the answers of a form; return how many are new, and why others were refused.

    Reasons are by the finding's primary key; a refused text stays as a draft. A box that was
    emptied takes its answer back. What is unchanged keeps its date.

    Raises Refused if the submission is not open.
    """
    refuse_unless_open(submission)
    typed = _with_same(submission, typed)
    findings = _findings(submission, typed)
    last = previous_explanations(submission, findings)
    stored, refused = 0, {}
    for finding in findings:
        answer = typed[finding.pk]
        if answer.confirmed and not answer.text:
            answer = replace(answer, text=last.get(finding.pk, ""))
        if (answer.is_blank and answer.had is None) or _is_stored(finding, answer):
            continue
        if words := _changed_meanwhile(finding, answer):
            refused[finding.pk] = words
            _keep(finding, answer, by=by)
        elif answer.is_blank:
            _take_back(finding, by=by)
        elif not _is_untouched(finding, answer):
            try:
                explain(
                    finding,
                    text=answer.text,
                    nil=answer.nil,
                    confirmed=answer.confirmed,
                    by=by,
                )
                stored += 1
            except Refused as refusal:
                refused[finding.pk] = str(refusal)
                _keep(finding, answer, by=by)
    return stored, refused


def _findings(submission: Submission, pks: Iterable[int]) -> list[Finding]:
    """Return the submission's findings to explain, of these primary keys."""
    to_explain = submission.findings.advisory().filter(trial=False, pk__in=list(pks))
    return list(to_explain.with_explanation().select_related("draft"))


def _with_same(
    submission: Submission, typed: Mapping[int, TypedAnswer]
) -> Mapping[int, TypedAnswer]:
    """Return the answers, with those added that are the same for all cells of an enterprise."""
    spread = {pk: one.text for pk, one in typed.items() if one.same and one.text}
    if not spread:
        return typed
    firms = dict(submission.findings.filter(pk__in=spread).values_list("firm", "pk"))
    added = dict(typed)
    for pk, firm in (
        submission.findings.unanswered().filter(firm__in=firms).values_list("pk", "firm")
    ):
        if firm and added.get(pk, TypedAnswer()).is_blank:
            added[pk] = TypedAnswer(text=spread[firms[firm]])
    return added


def _is_stored(finding: Finding, typed: TypedAnswer) -> bool:
    """Return whether a finding has this answer already."""
    given = getattr(finding, "explanation", None)
    return given is not None and (given.nil, own_words(given)) == (typed.nil, typed.text)


def _changed_meanwhile(finding: Finding, typed: TypedAnswer) -> str:
    """Return that a colleague has answered since the page was opened, if it was changed there."""
    stored = getattr(finding, "explanation", None)
    if stored is None or stored.pk == typed.had or _is_untouched(finding, typed):
        return ""
    words = _(
        "%(who)s has answered since you opened this page: “%(text)s”. What you typed stands in the "
        "box; save again to replace it."
    )
    return words % {"who": stored.given_by or "–", "text": stored.text}


def _is_untouched(finding: Finding, typed: TypedAnswer) -> bool:
    """Return whether a box still says what the page showed in it."""
    shown = finding.explanations.filter(pk=typed.had or 0).first()
    return shown is not None and (shown.nil, own_words(shown)) == (typed.nil, typed.text)


def _keep(finding: Finding, typed: TypedAnswer, *, by) -> None:
    """Store what was typed as a draft; none for a blank box or an answer that is stored."""
    if not (typed.text or typed.nil) or _is_stored(finding, typed):
        AnswerDraft.objects.filter(finding=finding).delete()
        return
    kept = {"text": typed.text, "nil": typed.nil, "saved_by": by, "saved_at": timezone.now()}
    AnswerDraft.objects.update_or_create(finding=finding, defaults=kept)


def _take_back(finding: Finding, *, by) -> None:
    """Remove the answer of a box that was emptied."""
    AnswerDraft.objects.filter(finding=finding).delete()
    if earlier := finding.explanations.in_force().first():
        record_explained(finding, earlier, None, by=by)
        finding.explanations.supersede()
