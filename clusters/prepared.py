"""
Queries that every page begins with: written out once, and on PostgreSQL planned once a connection.

To build such a query takes longer than to ask it, and so does to plan it. Behind a pooler that
gives each transaction another connection nothing can be prepared: say so by Django's own
DISABLE_SERVER_SIDE_CURSORS, and they are asked as any other.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import QuerySet


@dataclass(frozen=True)
class Prepared:
    """
    A query with some last parameters that differ from one asking to the next.

    name     of the statement; unique in the product
    sql      with %s for each parameter
    fixed    the first parameters
    varying  how many follow them
    read     what Django makes of a row as the database gives it
    """

    name: str
    sql: str
    fixed: tuple[Any, ...]
    varying: int
    read: Callable[[Sequence[Any]], Sequence[Any]]

    @classmethod
    def of(cls, name: str, rows: QuerySet, varying: int = 0) -> "Prepared":
        """Return a queryset's query; its last so many parameters only hold their places."""
        compiler = rows.query.get_compiler(connection=connection)
        sql, given = compiler.as_sql()
        converters = compiler.get_converters([column for column, _sql, _name in compiler.select])

        def read(row: Sequence[Any]) -> Sequence[Any]:
            return next(compiler.apply_converters([row], converters)) if converters else row

        return cls(name, sql, tuple(given[: len(given) - varying]), varying, read)

    def first(self, *varying: Any) -> Sequence[Any] | None:
        """Return the first row; None if there is none. One query."""
        database = connections[DEFAULT_DB_ALIAS]
        with database.cursor() as cursor:
            cursor.execute(*self._statement(database, varying))
            row = cursor.fetchone()
        return row and self.read(row)

    def _statement(self, database, varying: tuple[Any, ...]) -> tuple[str, tuple[Any, ...]]:
        """Return what to execute, and its parameters; prepare it if this connection has not."""
        if not can_prepare(database):
            return self.sql, (*self.fixed, *varying)
        known = database.connection.__dict__.setdefault("statements_prepared", set())
        if self.name not in known:
            self._prepare(database.connection)
            known.add(self.name)
        return self.execute, varying

    @cached_property
    def execute(self) -> str:
        """What asks for a prepared statement."""
        places = ", ".join(["%s"] * self.varying)
        return f"EXECUTE {self.name}" + (f" ({places})" if places else "")

    def _prepare(self, server) -> None:
        sql = self.sql
        for number in range(self.varying, 0, -1):
            before, _, after = sql.rpartition("%s")
            sql = f"{before}${number}{after}"
        with server.cursor() as cursor:
            # Not by Django's cursor: it is no question of the page's.
            cursor.execute(f"PREPARE {self.name} AS " + cursor.mogrify(sql, self.fixed))


def can_prepare(database) -> bool:
    """Return whether a statement stays prepared on this database's connection."""
    pooled = database.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS")
    return database.vendor == "postgresql" and not pooled
