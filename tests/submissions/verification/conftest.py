import io
from contextlib import contextmanager

import pytest
from django.db import connection

from audit import guards
from submissions.intake import receiving
from submissions.review import actions
from submissions.verification import checks
from tests.measures.cast import make_task
from tests.submissions.fault_catalogue import forge

OF_CHAIN = {"chain", "chain-figures", "ends"}
# Reads the definitions of all tables, which no act on rows changes; on SQLite that is slow.
OF_TABLES = {"constraints"}


@pytest.fixture
def accepted(registered, city, period, officer, reviewer):
    """A workbook that went the whole way: its figures and its report on a task are in force."""
    make_task("2-01", cities=[city], begins="2025Q3")
    said = {"number": "2-01", "step": "印发方案", "state": "推进中", "remark": "完成招标"}
    content = io.BytesIO(forge.workbook(tasks=[said]))
    submission = receiving.receive(
        content, city=city, period=period, by=officer, filename="报表.xlsx"
    )
    submission = receiving.read_and_check(submission)
    actions.submit(submission, by=officer)
    return actions.accept(submission, by=reviewer)


@pytest.fixture
def found():
    """
    Return a function: the places of the faults that a check finds, and nothing of the others.

    Without those of the chain, which finds most changes too (test_chain.py), and of the tables
    where they are not expected.
    """

    def act(name, besides=()):
        by_check = {}
        left_out = OF_CHAIN | OF_TABLES - {name, *besides}
        for check, fault in checks.faults(tuple(checks.CHECKS.keys() - left_out)):
            by_check.setdefault(check, []).append(f"{fault.place}: {fault.what}")
        assert by_check.keys() <= {name, *besides}, by_check
        return by_check.get(name, [])

    return act


@contextmanager
def without_guards():
    """Let SQL do in a with block what triggers and constraints of the database refuse."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            try:
                yield cursor
            finally:
                cursor.execute("SET session_replication_role = DEFAULT")
            return
        cursor.execute("SELECT sql, name FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for _sql, name in triggers:
            cursor.execute(f'DROP TRIGGER "{name}"')
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        try:
            yield cursor
        finally:
            cursor.execute("PRAGMA ignore_check_constraints = OFF")
            for sql, _name in triggers:
                cursor.execute(sql)


def drop(name):
    """Drop a unique index or a trigger of the database."""
    with connection.cursor() as cursor:
        if name not in guards.at_work():
            cursor.execute(f'DROP INDEX "{name}"')
            if connection.vendor == "sqlite":
                # It keeps what the index would refuse from being replaced.
                cursor.execute("DROP TRIGGER submissions_submission_no_replace")
        elif connection.vendor == "postgresql":
            table = name.rpartition("_no_")[0]
            cursor.execute(f'DROP TRIGGER "{name}" ON "{table}"')
        else:
            cursor.execute(f'DROP TRIGGER "{name}"')
