"""How long what is made from a snapshot is kept: as long as the snapshot itself, and not at all
if that was read from what will be rolled back."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, TypeVar, cast

Function = TypeVar("Function", bound=Callable[..., Any])


def kept(maxsize: int) -> Callable[[Function], Function]:
    """
    Keep what a function makes of a snapshot, its first argument, for the next who asks.

    A passing snapshot (submissions.preview) is of figures that nobody has accepted: what is made
    of it is made anew each time, and takes nobody else's place.
    """

    def decorate(function: Function) -> Function:
        keeping = lru_cache(maxsize=maxsize)(function)

        @wraps(function)
        def ask(of: Any, *others: Any, **named: Any) -> Any:
            return (function if of.passing else keeping)(of, *others, **named)

        return cast(Function, ask)

    return decorate
