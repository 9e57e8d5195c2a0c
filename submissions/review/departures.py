"""
Refuses that an enterprise with amounts of this year is declared gone (rules/departures.py).

Asked again at each act: an earlier quarter may have been accepted since the workbook was checked.
"""

from decimal import Decimal

from django.utils import timezone

from submissions.models import Explanation, StagedRow, Submission
from submissions.refused import Refused
from submissions.rules.catalogue import CATALOGUE
from submissions.rules.departures import Staying, says_gone
from submissions.rules.earlier_returns import FIRM_AMOUNTS, staying_amounts
from submissions.rules.nil import stays_params

VANISHES = "E206"


def refuse_gone(submission: Submission, firm: str, text: str) -> None:
    """Raise Refused if a text says that a missing enterprise is gone, and its amounts stay."""
    if not says_gone(text):
        return
    city, quarter = submission.city, submission.period.quarter
    if stays := staying_amounts(city, quarter, timezone.now(), code=firm).get(firm):
        raise _refused(stays)


def refuse_vanished(submission: Submission) -> None:
    """Raise Refused if a line or an answer declares gone an enterprise whose amounts stay."""
    declared = _declared(submission)
    if not declared:
        return
    staying = staying_amounts(submission.city, submission.period.quarter, timezone.now())
    for code in sorted(declared):
        if stays := staying.get(code):
            raise _refused(stays, code)


def _declared(submission: Submission) -> set[str]:
    """Return the credit codes that the submission declares to have no figures."""
    answers = Explanation.objects.in_force().filter(finding__submission=submission).exclude(nil="")
    rows = submission.rows.filter(kind=StagedRow.RowKind.ENTERPRISES, values__nil__isnull=False)
    return set(answers.values_list("finding__firm", flat=True)) | {
        row.key for row in rows if not any(Decimal(row.values.get(f) or 0) for f in FIRM_AMOUNTS)
    }


def _refused(stays: Staying, code: str = "") -> Refused:
    """Return the exception in the words of the rule, with the enterprise's code."""
    entry, params = CATALOGUE[VANISHES], stays_params(stays)
    parts = (code and f"{code}:", str(entry.message) % params, str(entry.remedy) % params)
    return Refused(" ".join(filter(None, parts)))
