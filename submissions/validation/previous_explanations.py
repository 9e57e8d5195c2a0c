"""
What a city said last quarter to the same finding, at the same line: offered, and never counted.

Only what was in force counts as said: an answer that a reviewer has read and accepted.
"""

from collections.abc import Iterable

from django.db.models.functions import Coalesce

from submissions.models import Finding, Submission
from submissions.rules.catalogue import Severity


def previous_explanations(submission: Submission, findings: Iterable[Finding]) -> dict[int, str]:
    """
    Return finding's primary key -> what was said to the same finding a quarter ago.

    The same is one of the same rule, about the same field of the same line, wherever the line
    stands now; for one about no line, of the same enterprise, or of the same rule alone. One
    query, or none if nothing is to be explained.
    """
    asked = {
        one.pk: _identity(one.code, one.about, one.firm)
        for one in findings
        if one.severity == Severity.ADVISORY and not one.trial
    }
    if not asked:
        return {}
    earlier = Finding.objects.advisory().filter(
        submission__city=submission.city_id,
        submission__period__code=str(submission.period.quarter.previous()),
        submission__status=Submission.Status.ACCEPTED,
        code__in={code for code, _about, _firm in asked.values()},
    )
    said = {
        _identity(code, about, firm): text
        for code, about, firm, text in earlier.annotate(
            answer=Coalesce("explanation__text", "explained_in_cell")
        )
        .exclude(answer="")
        .order_by("position")
        .values_list("code", "about", "firm", "answer")
    }
    return {pk: said[same] for pk, same in asked.items() if same in said}


def _identity(code: str, about: str, firm: str) -> tuple[str, str, str]:
    """Return what a finding is known again by in another quarter."""
    return code, about, firm
