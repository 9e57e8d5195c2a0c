"""
What pages rest on, asked in one query a request: equal marks, equal pages.

Each app that shows what can change registers marks of its own: the newest number, the number of
rows, the newest moment. What is kept under them stays right until one of them moves.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache
from itertools import islice
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import Func, IntegerField, QuerySet, Subquery

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
    number = {"output_field": IntegerField()} if function == "COUNT" else {}
    every = rows.order_by().annotate(mark=Func(field, function=function, **number))
    return Subquery(every.values("mark"))


def names() -> tuple[str, ...]:
    """Return the names of all marks that are registered by now, to be asked beside anything."""
    return tuple(_registered)


def columns(wanted: Sequence[str]) -> list[Subquery]:
    """Return the marks of these names as columns."""
    return [mark for name in wanted for mark in _registered[name]()]


def by_name(row: Iterable[Any], wanted: Sequence[str]) -> dict[str, Mark]:
    """Return what these columns brought, by name."""
    values = iter(row)
    return {name: tuple(islice(values, _width(name))) for name in wanted}


def asked(*wanted: str) -> dict[str, Mark]:
    """Return the marks of these names, or of all. One query."""
    wanted = wanted or names()
    return by_name(_query(connection.vendor, wanted).first() or (), wanted)


@lru_cache(maxsize=8)
def _query(_vendor: str, wanted: tuple[str, ...]) -> Prepared:
    # Any table that is never empty.
    every = ContentType.objects.order_by("pk").values_list(*columns(wanted))
    return Prepared.of("marks_of_" + "_and_".join(wanted), every[:1])


@cache
def _width(name: str) -> int:
    return len(_registered[name]())
