"""How long what is made from a snapshot is kept: as long as the snapshot itself, and not at all
if that was read from what will be rolled back."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import lru_cache, wraps
from threading import Lock
from typing import Any, TypeVar, cast

Made = TypeVar("Made")
Function = TypeVar("Function", bound=Callable[..., Any])


def kept(maxsize: int) -> Callable[[Function], Function]:
    """
    Keep what a function makes of a snapshot, its first argument, for the next who asks.

    A passing snapshot (review.preview) is of figures that nobody has accepted: what is made
    of it is made anew each time, and takes nobody else's place.
    """

    def decorate(function: Function) -> Function:
        keeping = lru_cache(maxsize=maxsize)(function)

        @wraps(function)
        def ask(of: Any, *others: Any, **named: Any) -> Any:
            return (function if of.passing else keeping)(of, *others, **named)

        return cast(Function, ask)

    return decorate


# What is kept under a key of its own, the least recently asked for first.
_under: OrderedDict[Hashable, Any] = OrderedDict()
_MOST_UNDER = 8
_lock = Lock()


def kept_under(key: Hashable, make: Callable[[], Made]) -> Made:
    """
    Return what is kept under a key; make it, and keep it for the next who asks, if nothing is.

    For what outlives a snapshot. The key names everything that it was made from.
    """
    with _lock:
        if key in _under:
            _under.move_to_end(key)
            return cast(Made, _under[key])
    made = make()
    with _lock:
        _under[key] = made
        while len(_under) > _MOST_UNDER:
            _under.popitem(last=False)
    return made


def forget() -> None:
    """Forget what is kept under keys: for tests, where numbers start anew with each database."""
    with _lock:
        _under.clear()
