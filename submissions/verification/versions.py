"""Submissions: their versions, who decided them, and when."""

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from clusters.models import Publication
from submissions.lineage.canonical_figures import PUBLISHED
from submissions.models import Submission
from submissions.verification.discrepancy import Discrepancy

Status = Submission.Status


def several_in_force() -> Iterator[Discrepancy]:
    """Yield the cities and periods of which two versions are in force."""
    slots = Submission.objects.in_force().order_by().values("city__name", "period__code")
    several = slots.annotate(found=Count("pk")).filter(found__gt=1)
    for city, period in several.values_list("city__name", "period__code"):
        yield Discrepancy(f"{city} {period}", _("More than one version is in force."))


def gaps_in_versions() -> Iterator[Discrepancy]:
    """Yield the cities and periods whose versions are not numbered 1, 2, 3 …"""
    versions = defaultdict(list)
    rows = Submission.objects.order_by("version")
    for city, period, version in rows.values_list("city__name", "period__code", "version"):
        versions[city, period].append(version)
    for (city, period), found in versions.items():
        if found != list(range(1, len(found) + 1)):
            numbers = ", ".join(map(str, found))
            yield Discrepancy(
                f"{city} {period}",
                _("Versions are missing or double; there are: %(numbers)s.") % {"numbers": numbers},
            )


def decided_by_their_own() -> Iterator[Discrepancy]:
    """Yield the submissions that were decided by who uploaded or submitted them."""
    own = Q(decided_by=F("uploaded_by")) | Q(decided_by=F("submitted_by"))
    for submission in _named(own):
        yield Discrepancy(
            str(submission), _("It was decided by the person who uploaded or submitted it.")
        )


def states_without_their_times() -> Iterator[Discrepancy]:
    """Yield the submissions whose state does not go with when they were decided and published."""
    ended = Q(status__in=[Status.SUPERSEDED, Status.WITHDRAWN])
    accepted = Q(status=Status.ACCEPTED) | ended
    wrong = (
        accepted & (Q(published_at=None) | Q(decided_at=None) | Q(submitted_at=None))
        | ~accepted & Q(published_at__isnull=False)
        | ended & Q(superseded_at=None)
        | ~ended & Q(superseded_at__isnull=False)
        | Q(superseded_at__lt=F("published_at"))
    )
    for submission in _named(wrong):
        yield Discrepancy(str(submission), _("Its state and its times do not go together."))


def published_in_the_future() -> Iterator[Discrepancy]:
    """Yield what is said to be published at a time that is yet to come."""
    now = timezone.now()
    what = _("It is dated in the future; no page shows it yet.")
    for submission in _named(Q(published_at__gt=now)):
        yield Discrepancy(str(submission), what)
    for model in (Publication, *PUBLISHED):
        for pk in model.objects.filter(published_at__gt=now).values_list("pk", flat=True):
            yield Discrepancy(f"{model._meta.db_table} {pk}", what)
    for pk in Publication.objects.filter(recorded_at__gt=now).values_list("pk", flat=True):
        yield Discrepancy(
            f"{Publication._meta.db_table} {pk}", _("It was recorded while the clock was ahead.")
        )


def accepted_without_publication() -> Iterator[Discrepancy]:
    """Yield accepted submissions and publications that have no counterpart."""
    slots = ("city__code", "period__code", "published_at")
    published = set(Publication.objects.values_list(*slots))
    accepted = Submission.objects.filter(published_at__isnull=False)
    told = set(accepted.values_list(*slots))
    # A withdrawal is a publication of no figures.
    withdrawn = Submission.objects.filter(status=Status.WITHDRAWN)
    told |= set(withdrawn.values_list(*slots[:2], "superseded_at"))
    for city, period, at in sorted(told - published):
        yield Discrepancy(
            f"{city} {period} {at:%Y-%m-%d}", _("Accepted, but no publication is on record.")
        )
    for city, period, at in sorted(published - told):
        yield Discrepancy(
            f"{city} {period} {at:%Y-%m-%d}", _("A publication is on record, but nothing accepted.")
        )


def _named(wrong: Q):
    return Submission.objects.filter(wrong).select_related("city", "period").order_by("pk")
