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

# What a table's own triggers refuse to everybody is not granted either.
REFUSED = """
    SELECT c.relname, split_part(t.tgname, '_no_', 2)
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE c.relnamespace = current_schema()::regnamespace
    AND t.tgname IN (c.relname || '_no_update', c.relname || '_no_delete')
"""
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
        cursor.execute(REFUSED)
        for table, act in cursor.fetchall():
            revoke = sql.SQL("REVOKE {act} ON {table} FROM {role}").format(
                act=sql.SQL(act.upper()), table=sql.Identifier(table), **names
            )
            cursor.execute(revoke)
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
