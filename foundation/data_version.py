"""
What pages rest on: equal marks, equal pages.

Each app that shows what can change registers marks of its own: the newest number, the number of
rows, the newest moment. What is kept under them stays right until one of them moves. A request
asks for all of them in one query, the first time it needs any (clusters.middleware).
"""

from collections.abc import Callable
from functools import cache
from itertools import chain, islice
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Func, IntegerField, QuerySet, Subquery

Mark = tuple[Any, ...]
_registered: dict[str, Callable[[], list[Subquery]]] = {}


def register(name: str, marks: Callable[[], list[Subquery]]) -> None:
    """Add marks under a name; marks returns them, each a subquery of one value."""
    _registered[name] = marks


def one(rows: QuerySet, function: str, field: str) -> Subquery:
    """Return MAX or COUNT over all these rows, as a mark."""
    number = {"output_field": IntegerField()} if function == "COUNT" else {}
    every = rows.order_by().annotate(mark=Func(field, function=function, **number))
    return Subquery(every.values("mark"))


def asked(*wanted: str) -> dict[str, Mark]:
    """Return the marks of these names, or of all. One query."""
    query, widths = _query(wanted or tuple(_registered))
    values = iter(query.get())
    return {name: tuple(islice(values, width)) for name, width in widths.items()}


@cache
def _query(wanted: tuple[str, ...]) -> tuple[QuerySet, dict[str, int]]:
    """Return a query of one row with these marks, and how many each name has: dear to build."""
    marks = {name: _registered[name]() for name in wanted}
    widths = {name: len(of_name) for name, of_name in marks.items()}
    # Any table that is never empty.
    every = ContentType.objects.order_by("pk")
    return every.values_list(*chain.from_iterable(marks.values()))[:1], widths
