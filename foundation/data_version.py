"""
What pages rest on: equal marks, equal pages.

Each app that shows what can change registers marks of its own: the newest number, the number of
rows, the newest moment. What is kept under them stays right until one of them moves.

They are asked in one query, and again only if the database has been written to since. PostgreSQL
says so beside anything else that is asked (State); SQLite does not, and is asked each time.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache
from itertools import islice
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import CharField, Func, IntegerField, QuerySet, Subquery

from clusters.prepared import Prepared, can_prepare

Mark = tuple[Any, ...]
_registered: dict[str, Callable[[], list[Subquery]]] = {}


class State(Func):
    """
    A text that stays equal while nothing is written to the database by anybody; None on SQLite.

    It is PostgreSQL's own account of which transactions a query sees.
    """

    function = "PG_CURRENT_SNAPSHOT"
    template = "%(function)s()::text"
    output_field = CharField()

    def as_sqlite(self, compiler, connection, **context):
        """Say nothing."""
        return self.as_sql(compiler, connection, template="NULL", **context)


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


def asked(*wanted: str) -> dict[str, Mark]:
    """Return the marks of these names, or of all. One query."""
    _state, found = _asked(wanted or tuple(_registered))
    return found


def under(state: str | None) -> dict[str, Mark]:
    """Return all marks, given the State just read. No query if they were asked in that very one."""
    database, wanted = connections[DEFAULT_DB_ALIAS], tuple(_registered)
    # Behind a pooler it may be another server that answers, and what a transaction has written
    # itself is not in the state.
    if state is None or database.in_atomic_block or not can_prepare(database):
        return asked()
    kept = database.connection.__dict__.setdefault("marks_kept", {})
    if (found := kept.get((state, wanted))) is None:
        own, found = _asked(wanted)
        kept.clear()
        kept[own, wanted] = found
    return found


def _asked(wanted: tuple[str, ...]) -> tuple[str | None, dict[str, Mark]]:
    """Return the state in which they were asked, and the marks. One query."""
    state, *values = _query(connection.vendor, wanted).first() or (None,)
    return state, _by_name(values, wanted)


@lru_cache(maxsize=8)
def _query(_vendor: str, wanted: tuple[str, ...]) -> Prepared:
    # Any table that is never empty.
    marks = (mark for name in wanted for mark in _registered[name]())
    every = ContentType.objects.order_by("pk").values_list(State(), *marks)
    return Prepared.of("marks_of_" + "_and_".join(wanted), every[:1])


def _by_name(row: Iterable[Any], wanted: Sequence[str]) -> dict[str, Mark]:
    values = iter(row)
    return {name: tuple(islice(values, _width(name))) for name in wanted}


@cache
def _width(name: str) -> int:
    return len(_registered[name]())
