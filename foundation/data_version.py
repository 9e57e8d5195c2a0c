"""
The data version: numbers that change whenever what pages show has changed.

Each app that shows what can change registers parts of its own: the newest number, the number of
rows, the newest moment. What is cached under a version stays right until it changes. A request
asks for all parts in one query, the first time it needs any (clusters.middleware).
"""

from collections.abc import Callable
from functools import cache
from itertools import chain, islice
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import Func, IntegerField, QuerySet, Subquery

Version = tuple[Any, ...]
_registered: dict[str, Callable[[], list[Subquery]]] = {}


def register(name: str, parts: Callable[[], list[Subquery]]) -> None:
    """Add parts under a name; parts returns them, each a subquery of one value."""
    _registered[name] = parts


def part(rows: QuerySet, function: str, field: str) -> Subquery:
    """Return MAX or COUNT over all these rows, as a part of a version."""
    number = {"output_field": IntegerField()} if function == "COUNT" else {}
    every = rows.order_by().annotate(part=Func(field, function=function, **number))
    return Subquery(every.values("part"))


def current(*wanted: str) -> dict[str, Version]:
    """Return the versions of these names, or of all. One query."""
    sql, parameters, widths = _query(wanted or tuple(_registered))
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        values = iter(cursor.fetchone())
    return {name: tuple(islice(values, width)) for name, width in widths.items()}


@cache
def _query(wanted: tuple[str, ...]) -> tuple[str, tuple[Any, ...], dict[str, int]]:
    """
    Return a query of one row with these parts, its parameters, and how many parts each name has.

    Kept, because to write it takes four times as long as to ask it, and every page does.
    """
    parts = {name: _registered[name]() for name in wanted}
    widths = {name: len(of_name) for name, of_name in parts.items()}
    # Any table that is never empty.
    every = ContentType.objects.order_by("pk")
    query = every.values_list(*chain.from_iterable(parts.values()))[:1].query
    return *query.sql_with_params(), widths
