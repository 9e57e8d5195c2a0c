"""manage.py when the database is not there: a line in words, and no code of ours."""

import os
import subprocess
import sys

import pytest

# A port on which nothing listens.
NOBODY = "postgres://tracker:secret@127.0.0.1:1/tracker"


def manage(tmp_path, url, *arguments):
    settings = {"DATABASE_URL": url, "DATA_DIR": str(tmp_path), "SECRET_KEY": "of this test"}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        env=os.environ | settings | {"DJANGO_SETTINGS_MODULE": "config.settings"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    "command", [["setup"], ["serve"], ["verify"], ["db_worker", "--batch"], ["backup", "x.zip"]]
)
def test_without_a_server_a_command_ends_with_a_line(tmp_path, command):
    done = manage(tmp_path, NOBODY, *command)

    assert done.returncode == 1
    assert "does not answer" in done.stderr
    assert "Connection refused" in done.stderr
    assert "Traceback" not in done.stderr
    assert "secret" not in done.stderr
    assert not (tmp_path / "x.zip").exists()


def test_asked_for_it_shows_our_code_too(tmp_path):
    assert "Traceback" in manage(tmp_path, NOBODY, "verify", "--traceback").stderr
