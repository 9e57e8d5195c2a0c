"""manage.py when the database refuses it: a line in words, on either database."""

from django.db import connection

from tests.config.test_manage import manage
from tests.submissions.robustness.production import database_url


def test_what_refuses_us_is_said(transactional_db, tmp_path):
    """A role that the server does not know; of the embedded one, a folder that is not there."""
    if connection.vendor == "postgresql":
        url, said = database_url().replace("//tests@", "//somebody@"), "somebody"
    else:
        url, said = f"sqlite:///{tmp_path}/nowhere/tracker.sqlite3", "unable to open"
    done = manage(tmp_path, url, "verify")

    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr
