"""How many things wait for the reader: a bureau's duties, decisions of a reviewer or an admin."""

from collections.abc import Callable, Collection
from hashlib import sha256

from django.core.cache import cache
from django.utils import timezone

from audit.models import ProposedChange
from audit.proposals.deciding import why_not
from measures.reporting.report_tables import waiting_for
from submissions import access
from submissions.deadlines.duties import duties
from submissions.deadlines.obligations import obligations, started_periods, waiting

SECONDS = 300


def number_to_do(request, may: Collection[str]) -> int | None:
    """
    Return how many things wait for the reader of a request; None without such work.

    may  the reader's permissions

    Cached in each process under the data version, the day and the reader: so at most the query of
    the data version, which most pages make anyway. For five minutes, because cities can be
    assigned to a reader without a change of the version.
    """
    reviews = access.REVIEW in may
    if not reviews and access.UPLOAD not in may:
        return None
    return _kept(request, f"to-do-{reviews}", lambda: _counted(request, reviews))


def number_in_ledger(request, may: Collection[str]) -> int | None:
    """
    Return how many reports, pieces of evidence and later dates of the ledger wait for a reviewer.

    None for anybody else. Cached as number_to_do is.
    """
    if access.REVIEW not in may:
        return None
    first, *others = (one.order_by().values("pk") for one in waiting_for(request.user))
    return _kept(request, "in-ledger", first.union(*others, all=True).count)


def _kept(request, what: str, count: Callable[[], int]) -> int:
    """Return a number of the reader's, counted anew when the data version or the day changes."""
    version = sorted(request.data_version.items())
    counted_from = (what, request.user.pk, timezone.localdate(), *version)
    key = f"to-do-{sha256(repr(counted_from).encode()).hexdigest()}"
    return cache.get_or_set(key, count, SECONDS)


def _counted(request, reviews: bool) -> int:
    if reviews:
        return waiting(request.cities).count()
    now = timezone.now()
    return len(duties(obligations(list(request.cities), started_periods(now), now), now))


def number_to_confirm(request, _may: Collection[str]) -> int:
    """Return how many proposals wait that the reader of a request may confirm."""
    waiting = ProposedChange.objects.filter(confirmed_by=None, rejected_by=None)
    return sum(not why_not(request.user, one) for one in waiting)
