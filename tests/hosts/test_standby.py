"""A streaming standby takes over when the primary is killed: no acceptance is lost."""

import threading
import time
from itertools import count

import pytest
from django.db import connections

from submissions.models import Submission
from submissions.verification.checks import faults
from tests.factories import make_cities, make_period
from tests.hosts.acts import publications_of
from tests.hosts.browser import Browser
from tests.hosts.conftest import REVIEWER, make_people
from tests.hosts.processes import descendants, kill
from tests.hosts.rig import connected, migrated, rig
from tests.submissions.cast import make_original, make_row, make_submission
from tests.submissions.robustness.production import wait_for
from tests.throwaway_postgres import CAREFUL, Server, server

STANDBY = "standby_1"
# Acceptances before the primary is killed, and after it.
BEFORE, AFTER = 6, 6


@pytest.fixture
def pair(django_db_setup, django_db_blocker):
    """A primary that waits for its standby, the standby, and the DATABASE_URL of both."""
    standby = Server(*CAREFUL)
    with server(*CAREFUL, "wal_level=replica") as primary:
        try:
            migrated(primary)
            # In force once it is read again: the standby's copy has it too, and would wait for a
            # standby of its own as soon as it is promoted.
            sql(primary, f"ALTER SYSTEM SET synchronous_standby_names = '{STANDBY}'")
            follow(standby, primary)
            sql(primary, "SELECT pg_reload_conf()")
            url = f"postgres://tests@/postgres?host={primary.home},{standby.home}"
            url += "&target_session_attrs=read-write&connect_timeout=3"
            with connected(url, django_db_blocker.unblock()):
                wait_for(lambda: sync_state() == "sync")
                make_people()
                yield primary, standby, url
        finally:
            standby.remove()


def follow(standby: Server, primary: Server) -> None:
    """Make a standby of a primary, and start it."""
    where = f"host={primary.home} user=tests application_name={STANDBY}"
    standby.run(
        "pg_basebackup", "-d", where, "-D", standby.data, "-R", "-X", "stream", "-c", "fast"
    )
    standby.data.chmod(0o700)
    standby.start()


def sql(at: Server, statement: str) -> None:
    """Run a statement of an administrator at one server."""
    at.run("psql", "-q", "-h", at.home, "-U", "tests", "-d", "postgres", "-c", statement)


def sync_state() -> str:
    """Return what the primary says of its standby."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT sync_state FROM pg_stat_replication")
        return (cursor.fetchone() or [""])[0]


def take_over(standby: Server) -> None:
    """Do what an administrator does: promote; wait for no other standby."""
    standby.run("pg_ctl", "promote", "-w", "-D", standby.data)
    sql(standby, "ALTER SYSTEM RESET synchronous_standby_names")
    sql(standby, "SELECT pg_reload_conf()")


class Acceptances(threading.Thread):
    """A reviewer who accepts one return after the other, and what the pages said."""

    def __init__(self, reviewer: Browser, pages: list[str]) -> None:
        """Take the addresses of the submissions."""
        super().__init__()
        self.reviewer, self.pages = reviewer, pages
        self.acknowledged: list[tuple[str, float]] = []
        self.over = threading.Event()

    def run(self) -> None:
        """Accept; ask once more, as often as it takes, what was answered by an error page."""
        for page in self.pages:
            while not self.over.is_set():
                body = self.reviewer.body_of({})
                answer = self.reviewer.ask("POST", f"{page}accept/", body)
                if answer.status == 302 and "Accepted" in self.reviewer.ask("GET", page).text:
                    self.acknowledged.append((page, time.monotonic()))
                    break
                time.sleep(0.1)


def submitted() -> list[str]:
    """Return the addresses of returns that wait for a decision."""
    pages = []
    for period in map(make_period, ("2025Q1", "2025Q2", "2025Q3")):
        for number, city in zip(count(1), make_cities()[:6]):
            one = make_submission(city, period, status="submitted", lines=1)
            make_row(one, key=f"91370100{number:09}X")
            pages.append(make_original(one, b"1").get_absolute_url())
    return pages


def test_no_acceptance_is_lost_when_the_primary_is_killed(pair, tmp_path, capsys):
    primary, standby, url = pair
    pages = submitted()
    with rig(primary, tmp_path, url=url) as hosts:
        stream = Acceptances(hosts.browser(REVIEWER), pages)
        stream.start()
        try:
            wait_for(lambda: len(stream.acknowledged) >= BEFORE)
            killed_at = time.monotonic()
            kill(primary.process.pid, *descendants(primary.process.pid))
            before = [page for page, at in stream.acknowledged if at < killed_at]
            take_over(standby)
            promoted_at = time.monotonic()
            wait_for(lambda: len(stream.acknowledged) >= len(before) + AFTER)
        finally:
            stream.over.set()
            stream.join()

    connections.close_all()
    first = min(at for _page, at in stream.acknowledged if at > killed_at)
    with capsys.disabled():
        print(f"\n{len(stream.acknowledged)} acceptances, {len(before)} before the kill, then none")
        print(f"for {first - killed_at:.1f} s: until {first - promoted_at:.1f} s after promotion")
    for page, _at in stream.acknowledged:
        submission = Submission.objects.get(pk=page.split("/")[2])
        assert submission.status == "accepted"
        assert publications_of(submission) == 1
    assert [name for name, _fault in faults() if name not in ("originals",)] == []
