"""The period that a file says it is for, where another was chosen at the upload."""

from collections.abc import Iterable

from django.utils import timezone

from clusters.models import ReportingPeriod
from submissions.deadlines.obligations import ended_periods, owed_or_submitted
from submissions.models import Finding, Submission

# The template's stamp is of another period; the 报告期 of a sheet is another. Parameter of each.
TEMPLATE_IS_ANOTHER, PERIOD_IS_ANOTHER = "E136", "E155"
FOUND = {TEMPLATE_IS_ANOTHER: "found_period", PERIOD_IS_ANOTHER: "found"}


def right_period(
    submission: Submission, findings: Iterable[Finding] | None = None
) -> ReportingPeriod | None:
    """
    Return the period that an open submission's file names, if it is another and can be chosen.

    None if it names none, several, or one that the city does not owe. One query without a
    finding of this kind; findings are the submission's, if they are known.
    """
    if submission.status != Submission.Status.UPLOADED:
        return None
    if findings is None:
        findings = submission.findings.filter(code__in=FOUND)
    named = {
        (one.params.get("found_city", ""), one.params.get(FOUND[one.code], ""))
        for one in findings
        if one.code in FOUND
    }
    if len(named) != 1:
        return None
    [(city, code)] = named
    if city not in ("", submission.city.name) or code == submission.period.code:
        return None
    offered = owed_or_submitted(ended_periods(timezone.now()), [submission.city])
    return offered.filter(code=code).first()
