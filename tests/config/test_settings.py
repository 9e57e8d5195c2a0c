import os
import re
import subprocess
import sys
from pathlib import Path

import environ
import pytest
from django.db.backends.postgresql.base import DatabaseWrapper as PostgresWrapper

ROOT = Path(__file__).resolve().parent.parent.parent
# Read by Makefile and gunicorn, not by the settings.
ELSEWHERE = {"PORT", "WEB_CONCURRENCY"}
# What Django adds to the settings of a database.
DEFAULTS = {"TIME_ZONE": None, "CONN_HEALTH_CHECKS": True, "AUTOCOMMIT": True, "CONN_MAX_AGE": 60}


def start(tmp_path, **environment):
    """Import the settings in a process of their own, with nothing inherited."""
    return subprocess.run(
        [sys.executable, "-c", "import config.settings as s; print(s.DEBUG, s.SECRET_KEY)"],
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path)} | environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_refuses_to_start_without_a_secret_key(tmp_path):
    started = start(tmp_path)

    assert started.returncode != 0
    assert "SECRET_KEY is not set" in started.stderr


def test_debug_is_off_unless_asked_for(tmp_path):
    assert start(tmp_path, SECRET_KEY="a key").stdout.split() == ["False", "a", "key"]


def test_the_demonstrations_key_is_taken_from_its_folder(tmp_path):
    (tmp_path / "secret_key").write_text("kept")

    assert start(tmp_path).stdout.split() == ["False", "kept"]


def test_every_variable_that_is_read_is_in_the_example():
    read = set(re.findall(r'env\.\w+\(\s*"(\w+)"', (ROOT / "config/settings.py").read_text()))
    shown = set(re.findall(r"^(\w+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))

    assert shown - ELSEWHERE == read


def test_it_starts_with_the_example_as_it_is_but_for_the_key(tmp_path):
    lines = (ROOT / ".env.example").read_text().splitlines()
    example = dict(line.split("=", 1) for line in lines if line and line[0] != "#")
    started = start(tmp_path, **example | {"SECRET_KEY": "a key", "DATA_DIR": str(tmp_path)})

    assert started.stdout.split() == ["False", "a", "key"], started.stderr


@pytest.mark.parametrize(
    ("url", "hosts"),
    [
        ("postgres://t:p%40w@db1:5432,db2:5433/tracker?{}", "db1,db2 5432,5433"),
        ("postgres://t:p%40w@/tracker?host=/a,/b&port=5432,5433&{}", "/a,/b 5432,5433"),
    ],
)
def test_two_servers_of_postgresql_are_named_in_one_address(url, hosts):
    """libpq chooses the one that can be written: a standby that took over is found by itself."""
    given = environ.Env.db_url_config(url.format("target_session_attrs=read-write"))
    parameters = PostgresWrapper(given | DEFAULTS).get_connection_params()

    assert f"{parameters['host']} {parameters['port']}" == hosts
    assert parameters["target_session_attrs"] == "read-write"
    assert (parameters["user"], parameters["password"]) == ("t", "p@w")


def test_check_deploy_is_quiet_behind_tls(tmp_path):
    tmp_path.chmod(0o700)
    key = "".join(chr(65 + n % 26) for n in range(60))
    checked = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), "TLS": "on", "SECRET_KEY": key},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stderr


def test_behind_tls_cookies_are_the_sites_own(tmp_path):
    told = subprocess.run(
        [
            *(sys.executable, "-c"),
            "import config.settings as s; print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, "
            "s.KNOWN_BROWSER_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, "
            "s.SECURE_HSTS_INCLUDE_SUBDOMAINS)",
        ],
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), "TLS": "on", "SECRET_KEY": "k"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    names = ["sessionid", "csrftoken", "known_browser"]
    assert told == [*(f"__Host-{name}" for name in names), "True", "True", "True"]
