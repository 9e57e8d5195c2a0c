"""Sessions are Django's own; nothing of a reader's rights is kept from one request to the next."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from accounts.models import CityAssignment, User
from tests.factories import make_city, make_user

pytestmark = pytest.mark.django_db


def test_a_session_that_is_over_or_was_deleted_is_gone_with_the_next_request(client, official):
    for end in (
        lambda: Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1)),
        lambda: Session.objects.all().delete(),
    ):
        client.force_login(official)
        assert client.get("/").status_code == 200
        end()
        assert client.get("/").status_code == 302


def test_who_signs_in_sweeps_out_the_sessions_that_are_over(client, second_client, official):
    client.force_login(official)
    over = Session.objects.get().pk
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    second_client.force_login(make_user("official", username="second"))
    assert Session.objects.exclude(pk=over).count() == Session.objects.count() == 1


def test_a_right_taken_away_is_gone_with_the_next_request(client, reviewer):
    client.force_login(reviewer)
    assert client.get("/briefing/2025Q3/").status_code != 403
    reviewer.groups.clear()
    assert client.get("/briefing/2025Q3/").status_code == 403


def test_a_city_taken_away_is_gone_with_the_next_request(client, officer, city):
    client.force_login(officer)
    assert list(client.get("/").wsgi_request.cities) == [city]
    officer.assignments.all().delete()
    assert list(client.get("/").wsgi_request.cities) == []


@pytest.mark.parametrize("is_there", [True, False])
def test_users_roles_and_cities_survive_the_migration_to_djangos_own_sessions(
    transactional_db, is_there
):
    """Whether or not an earlier migration has dropped Django's own table of sessions."""
    city = make_city()
    officer = make_user("bureau", city, username="officer")
    migrate("0005_session_with_user")
    if not is_there:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE django_session")

    migrate("0006_stock_sessions")
    # To the newest: the tests after this one need all tables.
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
    assert Session.objects.count() == 0
    assert list(User.objects.all()) == [officer]
    assert [group.name for group in officer.groups.all()] == ["bureau"]
    assert CityAssignment.objects.get().city == city
    assert "accounts_session" not in connection.introspection.table_names()


def migrate(name):
    MigrationExecutor(connection).migrate([("accounts", name)])
