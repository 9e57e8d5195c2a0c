"""Two servers that start together set up one empty database."""

import os
import subprocess
import sys
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def empty_database(tmp_path):
    """The URL of an empty database of the kind that the tests run on."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.sqlite3'}?transaction_mode=IMMEDIATE&timeout=60"
        return
    with connection.cursor() as cursor:
        cursor.execute("DROP DATABASE IF EXISTS setup_race")
        cursor.execute("CREATE DATABASE setup_race")
    yield urlsplit(os.environ["DATABASE_URL"])._replace(path="/setup_race").geturl()
    with connection.cursor() as cursor:
        cursor.execute("DROP DATABASE setup_race WITH (FORCE)")


def test_two_set_ups_at_once_both_succeed(empty_database, tmp_path):
    environment = os.environ | {"DATABASE_URL": empty_database, "DATA_DIR": str(tmp_path)}
    command = [sys.executable, "manage.py", "setup", "--no-static"]
    both = [
        subprocess.Popen(
            command,
            env=environment | {"DJANGO_SETTINGS_MODULE": "config.settings"},
            cwd=settings.BASE_DIR,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for _n in range(2)
    ]
    said = [each.communicate(timeout=180)[0] for each in both]

    assert [each.returncode for each in both] == [0, 0], said
