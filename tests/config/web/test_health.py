from django.conf import settings
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.db import DatabaseError
from django.db.migrations.executor import MigrationExecutor

from jobs.models import OperatorRun
from jobs.workers import SignsOfLife


def test_it_is_alive_without_a_sign_in_and_without_a_query(client, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        assert client.get("/healthz").json() == {"status": "ok", "version": settings.VERSION}


def test_it_is_alive_for_who_has_signed_in_too_when_the_database_is_gone(
    client, official, django_assert_num_queries
):
    client.force_login(official)
    with django_assert_num_queries(0):
        assert client.get("/healthz").status_code == 200


def test_it_is_ready_when_every_migration_is_applied(client, db):
    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json()["status"] == "ok"


def test_what_is_merely_degraded_does_not_make_it_unready(client, db, monkeypatch, time_machine):
    time_machine.move_to("2026-11-29 04:00Z", tick=False)
    monkeypatch.setattr("config.web.health.LITTLE_SPACE", 10**18)
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["degraded"] == ["worker", "disk", "backup"]

    SignsOfLife("host-1").sign()
    OperatorRun.note_down(OperatorRun.RunKind.BACKUP, "tonight.zip")
    assert client.get("/readyz").json()["degraded"] == ["disk"]
    time_machine.move_to("2026-12-01 05:00Z", tick=False)
    assert client.get("/readyz").json()["degraded"] == ["worker", "disk", "backup"]


def test_it_is_not_ready_without_static_files(client, db, monkeypatch, tmp_path):
    storage = ManifestStaticFilesStorage(location=tmp_path, base_url="/static/")
    monkeypatch.setattr("config.web.health.staticfiles_storage", storage)

    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["static_files"] == "not collected"


def test_it_is_not_ready_while_migrations_are_missing(client, db, monkeypatch):
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda self, nodes: ["one", "two"])

    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["migrations"] == 2


def test_it_is_not_ready_without_a_database_and_says_nothing_of_it(client, db, monkeypatch):
    def refuse(self, connection):
        raise DatabaseError("password of tracker is wrong")

    monkeypatch.setattr(MigrationExecutor, "__init__", refuse)

    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "password" not in answer.content.decode()
