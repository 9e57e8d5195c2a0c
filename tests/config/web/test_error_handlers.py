"""The pages of a machine in trouble: which error is told in which words."""

import errno
import re
import sqlite3

import psycopg
import pytest
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.db import DatabaseError, InterfaceError, OperationalError, ProgrammingError
from django.template.loader import render_to_string

from config.web import error_handlers


def caused_by(error, cause):
    error.__cause__ = cause
    return error


def of_sqlite(code):
    error = sqlite3.OperationalError("told by its number")
    error.sqlite_errorcode = code
    return caused_by(OperationalError("told by its number"), error)


@pytest.mark.parametrize(
    ("error", "status"),
    [
        pytest.param(OSError(errno.ENOSPC, "No space left on device"), 507, id="disk full"),
        pytest.param(OSError(errno.EDQUOT, "Disk quota exceeded"), 507, id="quota"),
        pytest.param(OSError(errno.EFBIG, "File too large"), 507, id="file-size limit"),
        pytest.param(of_sqlite(sqlite3.SQLITE_FULL), 507, id="SQLite: full"),
        pytest.param(of_sqlite(sqlite3.SQLITE_IOERR_WRITE), 507, id="SQLite: disk fails"),
        pytest.param(
            caused_by(OperationalError("x"), psycopg.errors.DiskFull()), 507, id="PostgreSQL: full"
        ),
        pytest.param(of_sqlite(sqlite3.SQLITE_READONLY), 503, id="SQLite: read-only"),
        pytest.param(
            caused_by(DatabaseError("x"), psycopg.errors.ReadOnlySqlTransaction()),
            503,
            id="PostgreSQL: read-only",
        ),
        pytest.param(OSError(errno.EROFS, "Read-only file system"), 503, id="disk read-only"),
        pytest.param(OperationalError("server closed the connection"), 503, id="database gone"),
        pytest.param(InterfaceError("the connection is closed"), 503, id="connection closed"),
        pytest.param(OSError(errno.ENOENT, "No such file"), 500, id="another error of a file"),
        pytest.param(ValueError("a fault of ours"), 500, id="a fault of ours"),
        pytest.param(None, 500, id="unknown"),
    ],
)
def test_an_error_has_the_status_of_its_cause(error, status):
    assert error_handlers.status_of(error) == status
    if error:
        # What Django or a view makes of it on the way does not hide it.
        assert error_handlers.status_of(caused_by(RuntimeError("x"), error)) == status


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), 507, "The disk is full"),
        (OperationalError("secret of the server"), 503, "The database does not answer"),
        (ValueError("secret of ours"), 500, "Something went wrong on our side"),
    ],
)
def test_a_page_says_it_in_words_and_the_log_in_full(
    error, status, words, client, monkeypatch, caplog
):
    def fail(*arguments):
        raise error

    # Before any page is asked for: there the session is read, and with it the database.
    monkeypatch.setattr("config.web.health.JsonResponse", fail)
    client.raise_request_exception = False
    answer = client.get("/healthz")

    page = answer.content.decode()
    assert answer.status_code == status
    assert answer.get("Retry-After") == ("60" if status == 503 else None)
    assert words in page
    assert "secret" not in page
    assert "Traceback" not in page
    assert str(error) in caplog.text


def failing(client, monkeypatch, error):
    """The answer of a page that raises an error before the database is asked."""

    def fail(*arguments):
        raise error

    monkeypatch.setattr("config.web.health.JsonResponse", fail)
    client.raise_request_exception = False
    return client.get("/healthz")


@pytest.mark.parametrize(
    "error",
    [
        caused_by(ProgrammingError("x"), psycopg.errors.UndefinedTable()),
        caused_by(ProgrammingError("x"), psycopg.errors.UndefinedColumn()),
        of_sqlite(sqlite3.SQLITE_ERROR),
    ],
)
def test_a_program_that_is_newer_than_its_tables_says_so(db, client, monkeypatch, error):
    monkeypatch.setattr(error_handlers, "migrations_missing", lambda: 2)
    answer = failing(client, monkeypatch, error)

    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert "is being updated" in answer.content.decode()
    monkeypatch.setattr(error_handlers, "migrations_missing", lambda: 0)
    assert "is being updated" not in failing(client, monkeypatch, error).content.decode()


def test_without_static_files_the_page_needs_none(db, client, monkeypatch, tmp_path):
    storage = ManifestStaticFilesStorage(location=tmp_path, base_url="/static/")
    monkeypatch.setattr("django.contrib.staticfiles.storage.staticfiles_storage", storage)
    client.raise_request_exception = False
    answer = client.get("/accounts/login/")

    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert "is being updated" in answer.content.decode()
    assert "stylesheet" not in answer.content.decode()


@pytest.mark.parametrize("status", ["400", "403_csrf", "500", "503", "507", "not_set_up"])
def test_an_error_page_needs_no_request_no_session_and_no_database(status):
    page = render_to_string(f"{status}.html")

    assert page.count("<h1>") == page.count('<a href="/">') == 1
    [title] = re.findall("<title>(.+)</title>", page)
    assert title


def test_a_program_is_answered_in_json(client, official, monkeypatch):
    client.force_login(official)
    client.raise_request_exception = False
    monkeypatch.setattr("config.api.views.viewpoint", broken_database)

    answer = client.get("/api/v1/indicators/")

    assert answer.status_code == 503
    assert answer.json() == {"detail": "The database does not answer, or cannot be written."}


def test_a_program_is_answered_in_json_where_there_is_no_such_address(client, official):
    client.force_login(official)
    answer = client.get("/api/v1/nothing/")

    assert (answer.status_code, answer.json()) == (404, {"detail": "There is no such address."})


def broken_database(*_arguments, **_options):
    raise OperationalError("server closed the connection")


@pytest.mark.parametrize(("admins", "told"), [([], False), ([("a@b.cn", "a@b.cn")], True)])
def test_a_page_says_that_somebody_was_told_only_if_somebody_was(rf, settings, admins, told):
    settings.ADMINS = admins
    try:
        broken_database()
    except OperationalError:
        page = error_handlers.server_error(rf.get("/")).content.decode()
    assert ("administrators have been sent" in page) is told
