from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """
    Something in the database that must not be.

    place  the object, and where in it: a submission with its cell, a table with its row
    what   what is wrong with it, in the active language
    """

    place: str
    what: str


Check = Callable[[], Iterator[Discrepancy]]
