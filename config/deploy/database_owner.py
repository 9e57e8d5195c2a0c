"""
Two roles on PostgreSQL: DATABASE_OWNER_URL's owns the tables, DATABASE_URL's serves.

Who takes over a web server can then write what a page may write, and nothing else: no table is
changed, emptied or dropped, no trigger switched off, and what is frozen stays.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection, transaction
from django.utils.translation import gettext as _
from psycopg import sql

from audit import append_only

OWNED = """
    SELECT count(*) FROM pg_class
    WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'
    AND pg_has_role(%s, relowner, 'MEMBER')
"""

OWNS = """
    SELECT coalesce(has_schema_privilege(current_schema(), 'CREATE'), false) AND NOT EXISTS (
        SELECT FROM pg_class WHERE relnamespace = current_schema()::regnamespace
        AND relkind = 'r' AND NOT pg_has_role(relowner, 'USAGE')
    )
"""


@contextmanager
def owner_connected() -> Iterator[None]:
    """Connect as the owner of the tables in a with block; without DATABASE_OWNER_URL as ever."""
    served = connection.settings_dict
    if not settings.DATABASE_OWNER or connection.vendor != "postgresql":
        yield
        return
    connection.close()
    connection.settings_dict = served | settings.DATABASE_OWNER
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict = served


def grant() -> None:
    """
    Let the serving role read and write rows, and nothing else. Only while the owner is connected.

    Does nothing where one role does both. Raises CommandError if they are not apart.
    """
    role, owner = settings.DATABASES["default"].get("USER"), settings.DATABASE_OWNER.get("USER")
    if not owner or role == owner or connection.vendor != "postgresql":
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        names = {"schema": sql.Identifier(cursor.fetchone()[0]), "role": sql.Identifier(role)}
        for statement in (
            # Before PostgreSQL 15 everybody may make tables there.
            "REVOKE CREATE ON SCHEMA {schema} FROM PUBLIC",
            "GRANT USAGE ON SCHEMA {schema} TO {role}",
            "REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {role}",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {role}",
            "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {role}",
            "REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role}",
        ):
            cursor.execute(sql.SQL(statement).format(**names))
        for table, rule in append_only.rules().items():
            _grant_no_more_than(cursor, rule, table=sql.Identifier(table), **names)
        cursor.execute(OWNED, [role])
        if cursor.fetchone()[0]:
            raise CommandError(
                _(
                    "The role %(role)s of DATABASE_URL owns tables, or may act as their owner. "
                    "As an administrator of PostgreSQL, in this database: "
                    'REASSIGN OWNED BY "%(role)s" TO "%(owner)s";'
                )
                % {"role": role, "owner": owner}
            )


def _grant_no_more_than(cursor, rule: append_only.AppendOnly, **names: sql.Identifier) -> None:
    """Let the serving role add rows to an append-only table, and change what may change."""
    revoke = "REVOKE UPDATE, DELETE ON {table} FROM {role}"
    cursor.execute(sql.SQL(revoke).format(**names))
    if rule.changing:
        columns = sql.SQL(", ").join(map(sql.Identifier, rule.changing))
        allow = "GRANT UPDATE ({columns}) ON {table} TO {role}"
        cursor.execute(sql.SQL(allow).format(columns=columns, **names))


def refuse_unless_owner() -> None:
    """Raise CommandError if the connected role may not make tables, or does not own those here."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(OWNS)
        if not cursor.fetchone()[0]:
            raise CommandError(
                _(
                    "The role %(role)s may not change the tables of this database. "
                    "Set DATABASE_OWNER_URL to the role that owns them."
                )
                % {"role": connection.settings_dict["USER"]}
            )
