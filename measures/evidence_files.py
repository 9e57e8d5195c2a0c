"""Evidence of a step: added by who answers for it, kept as it came, checked by a reviewer."""

import hashlib

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.acts import Act
from audit.recording import record
from audit.refusals import refusals_recorded
from clusters.models import City
from measures.light import TaskState
from measures.models import Department, EvidenceFile, Node, TaskEvidence, TaskReport
from measures.refusal import LedgerRefusal

MIB = 1024 * 1024
# Of one file, and of all files of a city or department in a year.
LARGEST = 2 * MIB
QUOTA = 50 * MIB
LONGEST_DOCUMENT, LONGEST_NAME = 300, 255


@refusals_recorded(Act.EVIDENCE_ADDED, LedgerRefusal)
@transaction.atomic
def add(
    node: Node,
    *,
    by,
    who: City | Department,
    document: str = "",
    filename: str = "",
    content: bytes | None = None,
) -> TaskEvidence:
    """
    Add a document's number, a file, or both, as evidence of a step; return it.

    Raises LedgerRefusal for neither, an empty or too large file, one that is there already, and
    beyond the quota of the year.
    """
    document = document.replace("\0", "").strip()
    if not document and content is None:
        raise LedgerRefusal(_("Give the document and its number, or choose a file."))
    if len(document) > LONGEST_DOCUMENT:
        raise LedgerRefusal(_("The document's name and number may have 300 characters at most."))
    type(who).objects.select_for_update().get(pk=who.pk)
    of = {"city": who} if isinstance(who, City) else {"department": who}
    kept = {}
    if content is not None:
        kept = _file(node, of, content) | {"filename": filename.replace("\0", "")[-LONGEST_NAME:]}
    evidence = TaskEvidence.objects.create(node=node, document=document, added_by=by, **of, **kept)
    if content is not None:
        EvidenceFile.objects.create(evidence=evidence, content=content)
    after = {"filename": evidence.filename, "sha256": evidence.sha256, "text": document}
    record(
        Act.EVIDENCE_ADDED, evidence, by=by, after={name: one for name, one in after.items() if one}
    )
    return evidence


def claim(report: TaskReport) -> None:
    """Enter the document that a report of completion names as evidence, for somebody to check."""
    of = {"node": report.node, "city": report.city, "department": report.department}
    named = report.evidence_named
    if report.state != TaskState.DONE or not named:
        return
    if not TaskEvidence.objects.filter(document=named, **of).exists():
        TaskEvidence.objects.create(
            document=named, added_by=report.reported_by, added_at=report.published_at, **of
        )


def refuse_too_large() -> None:
    """Raise LedgerRefusal: the file is larger than any that is kept."""
    raise LedgerRefusal(
        _("The file is larger than 2 MiB: it was not kept. Name the document instead.")
    )


def _file(node: Node, of: dict, content: bytes) -> dict:
    """Return hash and size of a file that may be kept."""
    if not content:
        raise LedgerRefusal(_("The file is empty."))
    if len(content) > LARGEST:
        refuse_too_large()
    year = timezone.localdate().year
    there = TaskEvidence.objects.filter(**of)
    used = there.filter(added_at__year=year).aggregate(bytes=Sum("size"))["bytes"] or 0
    if used + len(content) > QUOTA:
        raise LedgerRefusal(
            _("The files of this year would take more than 50 MiB. Name the document instead.")
        )
    sha256 = hashlib.sha256(content).hexdigest()
    if there.filter(node=node, sha256=sha256).exists():
        raise LedgerRefusal(_("This file is evidence of this step already."))
    return {"sha256": sha256, "size": len(content)}


@refusals_recorded(Act.EVIDENCE_CHECKED, LedgerRefusal)
@transaction.atomic
def check(evidence: TaskEvidence, *, by) -> TaskEvidence:
    """
    Note that evidence was checked; return it.

    Raises LedgerRefusal if it has been checked, or by who added it.
    """
    evidence = TaskEvidence.objects.select_for_update().get(pk=evidence.pk)
    if evidence.checked_at:
        raise LedgerRefusal(_("It has been checked meanwhile."))
    if evidence.added_by_id == by.pk:
        raise LedgerRefusal(_("Somebody other than the person who added it must check it."))
    evidence.checked_by, evidence.checked_at = by, timezone.now()
    evidence.save(update_fields=["checked_by", "checked_at"])
    record(Act.EVIDENCE_CHECKED, evidence, by=by)
    return evidence
