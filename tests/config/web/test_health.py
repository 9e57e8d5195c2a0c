from django.db import DatabaseError
from django.db.migrations.executor import MigrationExecutor


def test_it_is_alive_without_a_sign_in_and_without_a_query(client, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        assert client.get("/healthz").json() == {"status": "ok"}


def test_it_is_ready_when_every_migration_is_applied(client, db):
    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json() == {"status": "ok"}


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
