"""How many things wait for the reader: a bureau's duties, a reviewer's decisions. Cached."""

from collections.abc import Collection
from hashlib import sha256

from django.core.cache import cache
from django.utils import timezone

from submissions import access
from submissions.deadlines.duties import duties
from submissions.deadlines.obligations import obligations, started_periods, waiting

SECONDS = 3600


def number_to_do(request, may: Collection[str]) -> int | None:
    """
    Return how many things wait for the reader of a request; None for whoever has no such work.

    may  the reader's permissions

    Cached in each process under what it is counted from: the data version, the day, the reader's
    cities. So at most the query of the data version, which most pages make anyway.
    """
    reviews = access.REVIEW in may
    if not reviews and access.UPLOAD not in may:
        return None
    cities = () if reviews else tuple(city.pk for city in request.cities)
    counted_from = (reviews, cities, timezone.localdate(), *sorted(request.data_version.items()))
    key = f"to-do-{sha256(repr(counted_from).encode()).hexdigest()}"
    return cache.get_or_set(key, lambda: _counted(request, reviews), SECONDS)


def _counted(request, reviews: bool) -> int:
    if reviews:
        return waiting(request.cities).count()
    now = timezone.now()
    return len(duties(obligations(list(request.cities), started_periods(now), now), now))
