"""
A city's explanations of the same findings last quarter: offered, never counted by themselves.

Only explanations in accepted submissions are used.
"""

from collections.abc import Iterable

from django.db.models.functions import Coalesce

from submissions.models import Finding, Submission
from submissions.rules.catalogue import Severity


def previous_explanations(submission: Submission, findings: Iterable[Finding]) -> dict[int, str]:
    """
    Return primary key of a finding -> explanation of the same finding a quarter ago.

    The same finding has the same code and the same field of the same line, in whatever row; one
    without a line, the same enterprise, or only the code. One query, or none without advisory
    findings.
    """
    identities = {
        one.pk: _identity(one.code, one.about, one.firm)
        for one in findings
        if one.severity == Severity.ADVISORY and not one.trial
    }
    if not identities:
        return {}
    earlier = (
        Finding.objects.advisory()
        .with_explanation()
        .filter(
            submission__city=submission.city_id,
            submission__period__code=str(submission.period.quarter.previous()),
            submission__status=Submission.Status.ACCEPTED,
            code__in={code for code, _about, _firm in identities.values()},
        )
    )
    explanations = {
        _identity(code, about, firm): text
        for code, about, firm, text in earlier.annotate(
            answer=Coalesce("explanation__text", "explained_in_cell")
        )
        .exclude(answer="")
        .order_by("position")
        .values_list("code", "about", "firm", "answer")
    }
    return {
        pk: explanations[identity]
        for pk, identity in identities.items()
        if identity in explanations
    }


def _identity(code: str, about: str, firm: str) -> tuple[str, str, str]:
    """Return the key of a finding that is the same in another quarter."""
    return code, about, firm
