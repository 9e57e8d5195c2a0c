"""`make run` on the embedded database, whose write lock somebody holds for longer than we wait."""

import os
import re
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager

import pytest
from django.db import connection

from jobs.models import Job
from submissions.models import Submission
from tests.config.deploy.server.serving import free_port
from tests.depth import DEEP
from tests.factories import make_city, make_period, make_user
from tests.hosts.browser import PASSWORD, Browser
from tests.submissions.fault_catalogue import forge
from tests.submissions.robustness.production import answers, wait_for

pytestmark = pytest.mark.django_db(transaction=True)

# How long the lock is held, and how long a writer waits for it (settings: 20 s).
HELD, WAITS = (30, 20) if DEEP else (4, 1)
# A server as `make run` starts it, without its set-up and demonstration.
SERVE = """
import sys, django
django.setup()
from django.db import connections
from config.deploy.worker_beside import keep_a_worker
from config.management.commands.serve import run_gunicorn
connections.close_all()
keep_a_worker()
run_gunicorn(int(sys.argv[1]))
"""


@pytest.fixture
def site(tmp_path):
    """The port of the server with its worker."""
    port = free_port()
    file = connection.settings_dict["NAME"]
    settings = {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "WITH_QUEUE": "1",
        "DATABASE_URL": f"sqlite:///{file}?transaction_mode=IMMEDIATE&timeout={WAITS}",
        "DATA_DIR": str(tmp_path),
    }
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE, str(port)],
        env=os.environ | settings,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(lambda: answers(port))
        yield port
    finally:
        process.terminate()
        process.wait(60)


@contextmanager
def write_lock():
    """Hold the write lock of the embedded database, as another program."""
    with closing(sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def test_after_a_long_write_lock_the_worker_is_back_and_no_job_is_lost(site):
    make_period()
    make_user("bureau", make_city("370100"), username="jinan", password=PASSWORD)
    browser = Browser(site, "127.0.0.1", tls=False)
    browser.sign_in("jinan")
    firms = [forge.enterprise(n) for n in range(1, 3_000)]
    content = forge.workbook(enterprises=firms)
    assert browser.upload("/submissions/new/", content, period="2025Q3").status == 302
    wait_for(lambda: Job.objects.get().state == "running")

    with write_lock():
        until = time.monotonic() + HELD
        # Pages that only read go on; what would write says within the time-out that it cannot.
        page = Submission.objects.get().get_absolute_url()
        assert browser.ask("GET", page).status == 200
        began = time.monotonic()
        refused = browser.ask("POST", f"{page}discard/", browser.body_of({}))
        assert refused.status == 503
        assert re.search("database", refused.text)
        assert time.monotonic() - began < WAITS + 5
        time.sleep(max(0.0, until - time.monotonic()))

    wait_for(lambda: Submission.objects.get().checked_at is not None, 30)
    wait_for(lambda: Job.objects.get().state == "done")
    assert Submission.objects.get().lines == 2_999
    second = browser.upload("/submissions/check/", content, period="2025Q3")
    assert second.status == 302
    wait_for(lambda: Job.objects.latest("created_at").state == "done")
