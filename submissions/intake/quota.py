"""
How much may be stored: versions and bytes of a city and quarter, and what stays free on the disk.

One bureau that uploads without end must not stop sign-in and acceptance for the whole province.
"""

import logging
import shutil
from datetime import timedelta

from django.conf import settings
from django.db.models import Count, Sum
from django.db.models.functions import Length
from django.utils import timezone
from django.utils.translation import gettext as _

from clusters.models import City, ReportingPeriod
from jobs.models import Job
from submissions.intake.originals import NotStored
from submissions.models import Submission
from submissions.refused import Refused
from submissions.workbook.limits import MIB

log = logging.getLogger(__name__)

VERSIONS = 100
BYTES = 100 * MIB
# Files of one user that are only checked, which are kept for a day.
CHECKED_BYTES = 100 * MIB
# Below this uploads are refused and decisions are not: an acceptance of 20,000 lines takes 30 MiB.
RESERVE = 512 * MIB


class NoReserve(NotStored):
    """There is room, but it is kept for decisions."""

    def __init__(self, free: int) -> None:
        """Log how many bytes are free, and make the message for the user."""
        log.error("Uploads are refused: %d MiB free", free // MIB)
        Refused.__init__(
            self,
            _(
                "The server has so little room left that it is kept for decisions: your file was "
                "not received. Tell the administrator, and try again later."
            ),
        )


def refuse_beyond_quota(city: City, period: ReportingPeriod, size: int) -> None:
    """Raise Refused if a file of this size is more than a city may store for a quarter."""
    stored = Submission.objects.filter(city=city, period=period).aggregate(
        versions=Count("pk"), bytes=Sum("size")
    )
    if stored["versions"] >= VERSIONS:
        raise Refused(
            _(
                "There are %(versions)d versions for this quarter already, more than which are not "
                "received. Ask the province what to do."
            )
            % {"versions": stored["versions"]}
        )
    if (stored["bytes"] or 0) + size > BYTES:
        raise Refused(
            _(
                "The versions for this quarter take %(used)d MiB with this file; at most %(most)d "
                "MiB are kept. Ask the province what to do."
            )
            % {"used": -(-((stored["bytes"] or 0) + size) // MIB), "most": BYTES // MIB}
        )


def refuse_beyond_day(user, size: int) -> None:
    """Raise Refused if a user has given too much within a day that is only to be checked."""
    since = timezone.now() - timedelta(days=1)
    kept = Job.objects.filter(requested_by=user, created_at__gt=since, file__isnull=False)
    used = kept.aggregate(bytes=Sum(Length("file")))["bytes"] or 0
    if used + size > CHECKED_BYTES:
        raise Refused(
            _("You have checked %(most)d MiB of files within a day. Go on tomorrow, or upload it.")
            % {"most": CHECKED_BYTES // MIB}
        )


def refuse_without_reserve() -> None:
    """Raise NoReserve if the disk has less room than decisions need."""
    free = shutil.disk_usage(settings.DATA_DIR).free
    if free < RESERVE:
        raise NoReserve(free)
