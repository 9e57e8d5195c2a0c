"""
The triggers that keep append-only tables append-only, made of the list in append_only.py.

They are made after every migrate, because Django rebuilds SQLite's tables and their triggers are
lost, and dropped before a migration that has something to do, which may have to change rows.
"""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from django.db import connection, transaction

from audit.append_only import AppendOnly, rules

FUNCTION = "refuse_change"
# Arguments: none for what never changes, else the rule as JSON.
BODY = """
DECLARE
    rule jsonb;
    was jsonb;
    becomes jsonb;
    name text;
BEGIN
    IF TG_OP = 'UPDATE' AND TG_NARGS > 0 THEN
        rule := TG_ARGV[0]::jsonb;
        was := to_jsonb(OLD);
        becomes := to_jsonb(NEW);
        FOR name IN SELECT jsonb_array_elements_text(rule -> 'once') LOOP
            IF coalesce(was ->> name, '') = '' THEN
                was := was - name;
                becomes := becomes - name;
            END IF;
        END LOOP;
        IF jsonb_array_length(rule -> 'steps') > 0 THEN
            IF was ->> 'status' = rule ->> 'first' THEN
                FOR name IN SELECT jsonb_array_elements_text(rule -> 'open') LOOP
                    was := was - name;
                    becomes := becomes - name;
                END LOOP;
            END IF;
            IF rule -> 'steps' ? concat(was ->> 'status', '>', becomes ->> 'status') THEN
                was := was - 'status';
                becomes := becomes - 'status';
            END IF;
        END IF;
        IF was = becomes THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END
"""
SQLITE_TABLES = "SELECT name, sql FROM sqlite_master WHERE type IN ('table', 'index')"
SQLITE_TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
POSTGRES_TRIGGERS = """
    SELECT t.tgname, pg_get_triggerdef(t.oid, true)
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
    WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A')
    AND c.relnamespace = current_schema()::regnamespace
    AND (p.proname <> %s OR p.prosrc = %s)
"""
# Before the name of a column, which Django always quotes.
COLUMN = re.compile(r'(?="\w+")')
NAME = re.compile(r"(.+)_no_(update|delete|replace|truncate)").fullmatch


def make(**_signal) -> None:
    """Make the triggers that are missing or differ. Cheap where nothing is to be done."""
    wanted, there = expected(), at_work()
    wrong = {name for name, sql in wanted.items() if there.get(name) != sql}
    if not wrong:
        return
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql"
                f" AS $${BODY}$$"
            )
        for name in sorted(wrong):
            _drop(cursor, name)
            cursor.execute(wanted[name])


def drop_for(plan=(), **_signal) -> None:
    """Drop all triggers before migrations that have something to do; make() follows them."""
    if not plan:
        return
    with transaction.atomic(), connection.cursor() as cursor:
        for name in expected():
            _drop(cursor, name)


def expected() -> dict[str, str]:
    """Return the definition of each trigger that must be there, by its name."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            return _for_tables(frozenset(connection.introspection.table_names(cursor)))
        cursor.execute(SQLITE_TABLES)
        return _for_tables(frozenset(cursor.fetchall()))


@cache
def _for_tables(schema: frozenset) -> dict[str, str]:
    """Return the same; schema is whatever it is made of: asked again only when that has changed."""
    made: dict[str, str] = {}
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        of_table = _of_postgres if connection.vendor == "postgresql" else _of_sqlite
        for table, rule in sorted(rules().items()):
            if table in there:
                made |= of_table(cursor, table, rule)
    return made


def at_work() -> dict[str, str]:
    """Return the definition of each trigger that is there and not switched off, by its name."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRES_TRIGGERS, [FUNCTION, BODY])
        else:
            cursor.execute(SQLITE_TRIGGERS)
        return dict(cursor.fetchall())


@contextmanager
def lifted(*tables: str, only: str = "") -> Iterator[None]:
    """
    Let the owner of the tables change and delete rows in a with block, which is one transaction.

    Everybody else meets the triggers meanwhile. only: the one act that is allowed, as in the name
    of its trigger.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            _switch(cursor, tables, "DISABLE", only)
            yield
            _switch(cursor, tables, "ENABLE", only)
            return
        cursor.execute(SQLITE_TRIGGERS)
        off = {
            name: sql
            for name, sql in cursor.fetchall()
            if (match := NAME(name)) and match[1] in tables and only in ("", match[2])
        }
        for name in off:
            _drop(cursor, name)
        yield
        for sql in off.values():
            cursor.execute(sql)


def _switch(cursor, tables: tuple[str, ...], how: str, only: str) -> None:
    """Switch the triggers of tables; what is deferred is checked first, or PostgreSQL refuses."""
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for table in tables:
        which = f"{table}_no_{only}" if only else "USER"
        cursor.execute(f"ALTER TABLE {table} {how} TRIGGER {which}")
    cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _drop(cursor, name: str) -> None:
    on = f' ON "{NAME(name)[1]}"' if connection.vendor == "postgresql" else ""
    cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"{on}')


def _of_postgres(cursor, table: str, rule: AppendOnly) -> dict[str, str]:
    given = {"once": rule.once, "open": rule.open, "first": rule.first, "steps": _steps(rule)}
    argument = f"'{json.dumps(given)}'" if rule.changing else ""
    each = {
        "update": f"FOR EACH ROW EXECUTE FUNCTION {FUNCTION}({argument})",
        "delete": f"FOR EACH ROW EXECUTE FUNCTION {FUNCTION}()",
        "truncate": f"FOR EACH STATEMENT EXECUTE FUNCTION {FUNCTION}()",
    }
    return {
        (
            name := f"{table}_no_{act}"
        ): f"CREATE TRIGGER {name} BEFORE {act.upper()} ON {table} {how}"
        for act, how in each.items()
    }


def _of_sqlite(cursor, table: str, rule: AppendOnly) -> dict[str, str]:
    changed = f"WHEN {_changed(cursor, table, rule)} " if rule.changing else ""
    each = {
        "update": f"BEFORE UPDATE ON {table} {changed}",
        "delete": f"BEFORE DELETE ON {table} ",
        # INSERT OR REPLACE deletes what is in its way without asking the trigger of DELETE.
        "replace": f"BEFORE INSERT ON {table} WHEN {_in_the_way(cursor, table)} ",
    }
    return {
        f"{table}_no_{act}": f"CREATE TRIGGER {table}_no_{act} {how}BEGIN "
        f"SELECT RAISE(ABORT, '{table} is append-only: {act.upper()} refused'); END"
        for act, how in each.items()
    }


def _steps(rule: AppendOnly) -> list[str]:
    return [f"{start}>{end}" for start, end in rule.steps]


def _changed(cursor, table: str, rule: AppendOnly) -> str:
    """Return the condition that an update changes what must not change."""
    steps = ", ".join(f"'{step}'" for step in _steps(rule))
    conditions = []
    for column in (
        one.name for one in connection.introspection.get_table_description(cursor, table)
    ):
        changes = f'OLD."{column}" IS NOT NEW."{column}"'
        if column in rule.once:
            changes += f" AND coalesce(OLD.\"{column}\", '') <> ''"
        elif column in rule.open:
            changes += f" AND OLD.\"status\" <> '{rule.first}'"
        elif column == "status" and steps:
            changes += f' AND OLD."status" || \'>\' || NEW."status" NOT IN ({steps})'
        conditions.append(f"({changes})")
    return " OR ".join(conditions)


def _in_the_way(cursor, table: str) -> str:
    """Return the condition that a row has the key of a new one, or is unique beside it."""
    cursor.execute(f'PRAGMA table_info("{table}")')
    keys = [([name for _no, name, *_rest, pk in cursor.fetchall() if pk], "")]
    cursor.execute(
        "SELECT i.name, m.sql FROM pragma_index_list(%s) i LEFT JOIN sqlite_master m"
        ' ON m.name = i.name WHERE i."unique" ORDER BY i.name',
        [table],
    )
    for index, sql in cursor.fetchall():
        cursor.execute("SELECT name FROM pragma_index_info(%s)", [index])
        keys.append(([name for (name,) in cursor.fetchall()], (sql or "").partition(" WHERE ")[2]))
    return " OR ".join(_alike(table, columns, where) for columns, where in keys)


def _alike(table: str, columns: list[str], where: str) -> str:
    """Return the condition that a row is like a new one; where is that of a partial index."""
    same = [f'"{one}" = NEW."{one}"' for one in columns]
    if where:
        same += [f"({where})", f"({COLUMN.sub('NEW.', where)})"]
    return f"EXISTS (SELECT 1 FROM {table} WHERE {' AND '.join(same)})"  # noqa: S608
