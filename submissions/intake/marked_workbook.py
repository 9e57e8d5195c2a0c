"""A submission's original with its findings in its cells, in the active language."""

from collections.abc import Iterable
from pathlib import Path, PurePath

from django.utils.translation import gettext as _

from submissions.intake.originals import as_file
from submissions.models import Finding, Submission
from submissions.validation.findings_list import answer_of
from submissions.workbook.annotation.annotation import Annotation, Answer, MarkedWorkbook, Wording
from submissions.workbook.annotation.marking_sandbox import mark_sandboxed

REMARK = "remark"
# Between several texts in one 说明.
BETWEEN = "；"


def marked_workbook(submission: Submission) -> MarkedWorkbook:
    """
    Return a submission's original with its findings, and answers given on the page in 说明.

    Made in a child process. A file that cannot be annotated gives the index alone, with the
    reason. Two queries. Raises Lost without an original.
    """
    findings = list(submission.findings.with_explanation())
    marks = annotations_of(submission, findings)
    with as_file(submission) as path:
        return mark_sandboxed(path, marks, wording(), answers_in(findings))


def marked_copy(path: Path, findings: Iterable[Finding]) -> MarkedWorkbook:
    """Return a file with findings, which need not be stored."""
    annotations = [annotation for each in findings for annotation in annotations_for(each)]
    return mark_sandboxed(path, annotations, wording())


def annotations_of(
    submission: Submission, findings: Iterable[Finding] | None = None
) -> list[Annotation]:
    """
    Return the annotations of a submission; first the reason why it was sent back.

    findings are all of it, with their explanations; one query without them.
    """
    if findings is None:
        findings = submission.findings.with_explanation()
    annotations = []
    if submission.reason:
        annotations.append(Annotation(None, None, "", REMARK, submission.reason, ""))
    for each in findings:
        annotations += annotations_for(each)
    return annotations


def answers_in(findings: Iterable[Finding]) -> list[Answer]:
    """
    Return the texts of the 说明 cells to which answers given on the page are added.

    What stands there stays, and comes first; several answers of a row stand in one cell.
    """
    texts: dict[tuple[str, str], list[str]] = {}
    given = set()
    for each in findings:
        at = (each.sheet, each.answer_cell)
        explanation = getattr(each, "explanation", None)
        if not each.answer_cell:
            continue
        said = [each.explained_in_cell or each.refused_in_cell]
        if explanation:
            given.add(at)
            said.append(explanation.text)
        there = texts.setdefault(at, [])
        there += [text for text in said if text and text not in there]
    return [Answer(*at, BETWEEN.join(texts[at])) for at in sorted(given)]


def annotations_for(finding: Finding) -> list[Annotation]:
    """Return the annotation of a finding, and one at its 说明 if that was refused."""
    sheet, answer = finding.sheet or None, answer_of(finding)
    texts = (finding.message, finding.remedy, answer)
    annotations = [Annotation(sheet, finding.cell or None, finding.code, finding.severity, *texts)]
    if finding.refusal and not answer and finding.answer_cell != finding.cell:
        refused = (finding.code, finding.severity, finding.refusal, finding.remedy)
        annotations.append(Annotation(sheet, finding.answer_cell, *refused))
    return annotations


def marked_name(filename: str) -> str:
    """Return the name of the annotated file: the original's with a suffix, which it may have."""
    marked = _("marked")
    suffix = f"（{marked}）"
    stem = PurePath(filename).stem
    while stem.endswith(suffix):
        stem = stem.removesuffix(suffix)
    return f"{stem}{suffix}.xlsx"


def wording() -> Wording:
    """Return the texts around the findings in the active language."""
    return Wording(
        title=_("Findings"),
        counts=_("To correct: %(mandatory)s. To explain: %(advisory)s."),
        keep=_(
            "You may correct this very file and upload it again: fills, our comments and this "
            "sheet are not read."
        ),
        colours=_("Red cells must be corrected, yellow ones explained. Click a cell to go there."),
        mandatory=_("must be corrected"),
        advisory=_("must be explained"),
        reviewer=_("remark of the reviewer"),
        level=_("Level"),
        code=_("Code"),
        sheet=_("Sheet"),
        cell=_("Cell"),
        problem=_("What is wrong"),
        remedy=_("What to do"),
        remark=_("Explanation"),
        whole_file=_("whole file"),
        index_only=_(
            "Nothing could be marked in your file; the findings are only listed here. Correct them "
            "in the original. The reason: %(reason)s"
        ),
        unreadable=_("The file cannot be read."),
        died=_("Marking the file took too much time or memory."),
        too_large=_("The marked file would be larger than an upload may be."),
        no_colour=_("No colour could be added to the file's styles."),
        no_comments=_("No comments could be added to these sheets: %(places)s."),
        threaded=_("These cells hold a conversation already and got no comment: %(places)s."),
        converted=_(
            "The file was of the old kind; this one is its copy as .xlsx, with values, number "
            "formats and widths. Formulas have become their results."
        ),
        signature=_("The file was signed digitally; marked, its signature no longer holds."),
    )
