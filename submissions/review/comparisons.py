"""What a version is compared with: the one last decided or in force, last quarter, last year."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from foundation.language import quarter_name
from submissions.models import Amendment, Submission

Status = Submission.Status


@dataclass(frozen=True, slots=True)
class ComparedVersion:
    """A version to compare with, and how it is called."""

    submission: Submission
    label: str

    @property
    def key(self) -> str:
        """Return what the address says for it."""
        return str(self.submission.pk)


def versions_and_earlier(shown: Submission) -> tuple[list[Submission], list[Submission]]:
    """
    Return all versions of a submission's slot, and what is in force a quarter and a year earlier.

    The newest version first, the newest quarter first; each with `is_amended`, whether cells of it
    were corrected on the page, and `recorded_at`, when its figures were stored. One query.
    """
    quarter = shown.period.quarter
    same = Q(period=shown.period_id)
    codes = [str(quarter.previous()), str(quarter.year_earlier())]
    earlier = Q(period__code__in=codes, status=Status.ACCEPTED)
    people = ("uploaded_by", "decided_by", "discarded_by")
    found = (
        Submission.objects.filter(same | earlier, city=shown.city_id)
        .select_related("city", "period", *people)
        .with_recorded_at()
        .annotate(is_amended=Exists(Amendment.objects.filter(submission=OuterRef("pk"))))
        .order_by("-period__code", "-version")
    )
    versions = [one for one in found if one.period_id == shown.period_id]
    return versions, [one for one in found if one.period_id != shown.period_id]


def comparisons(
    shown: Submission, versions: list[Submission], earlier: list[Submission]
) -> list[ComparedVersion]:
    """
    Return what a version can be compared with, the usual one first.

    First the version that was decided last before it, then the one in force, then the earlier
    quarters'; never one that nobody has decided.
    """
    found = [v for v in versions if v.version < shown.version and v.decided_at][:1]
    found += [v for v in versions if v.status == Status.ACCEPTED and v.pk != shown.pk]
    unique = {v.pk: v for v in found if v.checked_at}
    of_this_period = [ComparedVersion(v, _version_label(v)) for v in unique.values()]
    return of_this_period + [ComparedVersion(v, quarter_name(v.period.quarter)) for v in earlier]


def chosen(
    offered: list[ComparedVersion], key: str | None, shown: Submission
) -> ComparedVersion | None:
    """
    Return what an address asks to compare with, else the usual version of the same period.

    None if there is none: every figure differs from another quarter's, which is for who asks.
    """
    usual = next((one for one in offered if one.submission.period_id == shown.period_id), None)
    return next((one for one in offered if one.key == key), usual)


def _version_label(version: Submission) -> str:
    return _("version %(version)d (%(state)s)") % {
        "version": version.version,
        "state": version.get_status_display(),
    }


def last_returned(shown: Submission, versions: list[Submission]) -> Submission | None:
    """
    Return the version to whose reasons this one is the answer; None without one.

    The newest of those before it that were decided, if that one was sent back or withdrawn.
    """
    before = (v for v in versions if v.version < shown.version and v.decided_at)
    last = next(before, None)
    return last if last and last.status in (Status.SENT_BACK, Status.WITHDRAWN) else None
