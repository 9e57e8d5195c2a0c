"""kill -9 of everything in the middle of everything: nothing lost, half-written or stuck."""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable

import pytest
from django.db import connections

from clusters.models import Publication
from enterprises.models import EnterpriseReturn
from jobs.models import Job, JobState
from submissions.intake.originals import content_of
from submissions.models import Original, Submission
from submissions.verification.checks import faults
from tests.depth import DEEP
from tests.factories import CITIES
from tests.hosts.acts import Return, steadily
from tests.hosts.conftest import REVIEWER
from tests.hosts.processes import descendants, kill
from tests.hosts.rig import Rig
from tests.submissions.fault_catalogue import forge
from tests.submissions.robustness.production import wait_for

ACTS = ("upload", "check", "submit", "accept", "export")
# How many bureaus meet each of the four kinds of end.
ROUNDS = 12 if DEEP else 1
# Lines of the workbooks that are always being read, so that there is a child to be killed.
BUSY_LINES = 3_000
LINES = 40
# After how many seconds of an act the end comes at the latest.
WITHIN = 0.25


class Traffic(threading.Thread):
    """A bureau that only checks large files, one after the other: a child is always at work."""

    def __init__(self, hosts: Rig) -> None:
        """Sign in."""
        super().__init__()
        firms = [forge.enterprise(n) for n in range(1, BUSY_LINES + 1)]
        self.content = forge.workbook(enterprises=firms)
        self.browser = hosts.browser("heze")
        self.over = threading.Event()

    def run(self) -> None:
        """Hand in until told to end."""
        while not self.over.is_set():
            answer = self.browser.upload("/submissions/check/", self.content, period="2025Q3")
            while answer.location and not self.over.wait(0.5):
                page = self.browser.get(answer.location)
                if page.status == 200 and 'http-equiv="refresh"' not in page.text:
                    break


class Ends:
    """The ways in which something comes to a sudden end; counts them."""

    def __init__(self, hosts: Rig, chance: random.Random) -> None:
        """Take what is to be killed."""
        self.hosts, self.chance = hosts, chance
        self.counts: Counter[str] = Counter()
        self.after: Counter[str] = Counter()

    def web(self) -> None:
        """Kill a web host, or one of its processes."""
        web = self.chance.choice(self.hosts.webs)
        if self.chance.random() < 0.5:
            web.kill()
        else:
            kill(self.chance.choice(descendants(web.process.pid)))

    def worker(self) -> None:
        """Kill a worker with its child."""
        self.chance.choice(self.hosts.workers).kill()

    def child(self) -> None:
        """Kill a child that reads a workbook."""
        wait_for(self.hosts.children, 20)
        kill(*self.hosts.children())

    def database(self) -> None:
        """Stop PostgreSQL in the middle of everything, and start it."""
        self.hosts.restart_database()

    def during(self, act: Callable[[], None], kind: str) -> None:
        """Do an act and let an end come meanwhile."""
        wait_for(self.hosts.is_up)
        failed = []

        def do() -> None:
            try:
                act()
            except Exception as error:  # noqa: BLE001
                failed.append(error)
            finally:
                connections.close_all()

        doing = threading.Thread(target=do)
        doing.start()
        time.sleep(self.chance.uniform(0, WITHIN))
        getattr(self, kind)()
        self.counts[kind] += 1
        self.after[act.__name__] += 1
        doing.join()
        if failed:
            raise failed[0]


@pytest.fixture
def returns(hosts):
    """A bureau for each kind of end and round, each with a workbook of its own."""
    made = []
    reviewer = hosts.browser(REVIEWER)
    for number in range(4 * ROUNDS):
        at, quarter = number % 12, 1 + number // 12 % 3
        code = sorted(CITIES)[at]
        slug, name = CITIES[code][:2]
        months = {1: "3", 2: "6", 3: "9"}[quarter]
        firms = [
            forge.enterprise(n, code=forge.credit_code(n, code), park=None, remark="本季新增企业")
            for n in range(1 + number // 36, LINES + 1)
        ]
        content = forge.workbook(name, f"2025年1—{months}月", enterprises=firms)
        bureau = hosts.browser(slug)
        made.append(Return(bureau, reviewer, content, len(firms), f"2025Q{quarter}"))
    return made


def test_whatever_is_killed_nothing_is_lost_half_written_or_stuck(hosts, returns, capsys):
    seed = random.randrange(10**6) if DEEP else 311
    ends = Ends(hosts, random.Random(seed))
    traffic = Traffic(hosts)
    traffic.start()
    try:
        for number, one in enumerate(returns):
            kind = ("web", "worker", "child", "database")[number % 4]
            for act in ACTS:
                ends.during(getattr(one, act), kind)
    finally:
        traffic.over.set()
        traffic.join()
    connections.close_all()
    wait_for(lambda: not Job.objects.filter(state__in=OPEN).exists(), 60)

    browsers = {one.bureau for one in returns} | {returns[0].reviewer, traffic.browser}
    shown = [error for browser in browsers for error in browser.errors]
    with capsys.disabled():
        print(f"\nseed {seed}: {ends.counts.total()} kills {dict(ends.counts)} {dict(ends.after)}")
        print(f"error pages {len(shown)}: {Counter(status for _act, status in shown)}")
    assert [twice for browser in browsers for twice in browser.twice] == []
    for one in returns:
        is_whole(one)
    assert Submission.objects.filter(sha256__in=[one.sha256 for one in returns]).count() == len(
        returns
    )
    nothing_is_half_done()


OPEN = (JobState.WAITING, JobState.RUNNING)


def is_whole(one: Return) -> None:
    """Assert that what a bureau was told is so."""
    submission = Submission.objects.get(sha256=one.sha256)
    assert submission.get_absolute_url() == one.page
    assert content_of(submission) == one.content
    assert one.accepted
    assert submission.status == "accepted"
    assert submission.rows.filter(kind="enterprises").count() == submission.lines == one.lines
    figures = EnterpriseReturn.objects.in_force().filter(
        city=submission.city, period=submission.period
    )
    assert figures.count() == one.lines
    assert Publication.objects.filter(submission=submission).count() == 1


def nothing_is_half_done() -> None:
    """Assert that every job has ended, those that failed in words, and that verify agrees."""
    assert set(Job.objects.values_list("state", flat=True)) <= {JobState.DONE, JobState.FAILED}
    assert not Job.objects.filter(state=JobState.FAILED, error="").exists()
    assert Original.objects.count() == Submission.objects.count()
    for submission in Submission.objects.all():
        positions = submission.findings.values_list("position", flat=True)
        assert len(set(positions)) == len(positions)
        if submission.checked_at is None:
            assert not submission.rows.exists()
            assert not positions
    assert list(faults()) == []
