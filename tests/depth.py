"""How much a run tries: the ordinary one, or with DEEP=1 (`make test-deep`) far more."""

import os

DEEP = os.environ.get("DEEP", "") not in ("", "0")


def examples(number: int) -> int:
    """Return how many examples of a property to try, where the ordinary run tries so many."""
    return number * 10 if DEEP else number
