"""
What is made of a snapshot, kept in this process for the next who asks.

key       the function and what else it is given: a quarter, a city, who reads; a chart's language
lifetime  that of the snapshot, which holds it (Snapshot.made): a newer one begins with nothing
most      so many results of a function, the least recently asked for goes first
never     of a passing snapshot (a preview, a what-if): figures that nobody has accepted

Only the record of past estimates outlives a snapshot (cached_under), because a new figure of the
newest quarter changes nothing of it: it is in Django's cache, and its key names everything that
it was made from.
"""

from collections.abc import Callable, Hashable
from functools import lru_cache, partial, wraps
from hashlib import sha256
from typing import Any, TypeVar, cast

from django.core.cache import cache

from indicators.data.snapshot import Snapshot

Made = TypeVar("Made")
Function = TypeVar("Function", bound=Callable[..., Any])


def cached_by_snapshot(maxsize: int) -> Callable[[Function], Function]:
    """Keep so many results of a function whose first argument is a snapshot, with that."""

    def decorate(function: Function) -> Function:
        @wraps(function)
        def ask(snapshot: Snapshot, *others: Any, **named: Any) -> Any:
            if snapshot.is_ephemeral:
                return function(snapshot, *others, **named)
            if (known := snapshot.made.get(function)) is None:
                # setdefault, because another thread may have been quicker.
                known = snapshot.made.setdefault(
                    function, lru_cache(maxsize)(partial(function, snapshot))
                )
            return known(*others, **named)

        return cast(Function, ask)

    return decorate


def cached_under(snapshot: Snapshot, key: Hashable, make: Callable[[], Made]) -> Made:
    """Return what is kept under a key, or make and keep it; of a passing snapshot, make it."""
    if snapshot.is_ephemeral:
        return make()
    name = f"indicators.data.snapshot_cache:{sha256(repr(key).encode()).hexdigest()}"
    return cast(Made, cache.get_or_set(name, make, timeout=None))
