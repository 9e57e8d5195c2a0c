"""
What pages rest on, asked in one query a request: equal marks, equal pages.

Each app that shows what can change registers marks of its own: the newest number, the number of
rows, the newest moment. What is kept under them stays right until one of them moves.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Func, QuerySet, Subquery

from clusters.models import City
from clusters.prepared import Prepared

Mark = tuple[Any, ...]
_registered: dict[str, Callable[[], list[Subquery]]] = {}


def register(name: str, marks: Callable[[], list[Subquery]]) -> None:
    """Add marks under a name; marks returns them, each a subquery of one value."""
    _registered[name] = marks


def tell_all(view: Callable[..., Any]) -> Callable[..., Any]:
    """
    Say of a view that the marks tell whatever may change what it shows to a reader.

    Not of one that shows anything no mark is registered for: its pages would go stale.
    """
    view.rests_on_marks = True  # type: ignore[attr-defined]
    return view


def one(rows: QuerySet, function: str, field: str) -> Subquery:
    """Return MAX or COUNT over all these rows, as a mark."""
    every = rows.order_by().annotate(mark=Func(field, function=function))
    return Subquery(every.values("mark"))


def asked(*names: str) -> dict[str, Mark]:
    """Return the marks of these names, or of all; none where there is no city yet. One query."""
    wanted = names or tuple(_registered)
    query, widths = _query(connection.vendor, wanted)
    row = query.first() or ()
    ends = [sum(widths[: n + 1]) for n in range(len(widths))]
    cut = zip(wanted, widths, ends, strict=True)
    return {name: tuple(row[end - width : end]) for name, width, end in cut}


@lru_cache(maxsize=8)
def _query(_vendor: str, names: tuple[str, ...]) -> tuple[Prepared, list[int]]:
    """Return the query of marks, and how many there are of each name."""
    marks = [_registered[name]() for name in names]
    # Any table that is never empty while there is something to show.
    every = City.objects.order_by("pk").values_list(*(m for group in marks for m in group))
    query = Prepared.of("marks_of_" + "_and_".join(names), every[:1])
    return query, [len(group) for group in marks]
