"""Real worker processes on the tests' database: killed, told to end, two beside each other."""

import io
import signal
from contextlib import ExitStack

import pytest
from django.db import connection

from jobs.models import Job, Worker
from submissions.intake.background import receive_and_check
from submissions.models import Submission
from tests.factories import make_city, make_period, make_user
from tests.jobs.processes import worker_process
from tests.submissions.fault_catalogue import forge
from tests.submissions.robustness.production import wait_for

pytestmark = pytest.mark.django_db(transaction=True)

# Long enough to be caught while it is read.
LINES = 3_000


@pytest.fixture
def start(tmp_path):
    """Return a function that starts a worker; all are ended at the end of the test."""
    with ExitStack() as started:
        yield lambda *arguments: started.enter_context(worker_process(tmp_path, *arguments))


@pytest.fixture
def upload(queue, city, officer):
    """Return a function that hands a workbook of many lines in, to be checked by a worker."""
    period = make_period()
    make_user("reviewer")

    def act(of=None, lines=LINES):
        firms = [forge.enterprise(n) for n in range(1, lines + 1)]
        return receive_and_check(
            io.BytesIO(forge.workbook(enterprises=firms)),
            city=of or city,
            period=period,
            by=officer,
            filename="报表.xlsx",
        )

    return act


def state(job="check") -> str:
    return Job.objects.latest("created_at").state


def checked(submission) -> bool:
    connection.close()
    return Submission.objects.get(pk=submission.pk).checked_at is not None


def test_a_worker_that_is_killed_loses_nothing(start, upload):
    submission = upload()
    first = start()
    wait_for(lambda: state() == "running")
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert not checked(submission)

    start("--only-worker")
    wait_for(lambda: checked(submission))
    wait_for(lambda: state() == "done")
    assert Submission.objects.get().lines == LINES
    assert Job.objects.get().attempts == 2
    assert submission.findings.values("position").distinct().count() == submission.findings.count()


def test_a_worker_that_is_told_to_end_finishes_what_it_has_begun(start, upload):
    submission = upload()
    worker = start()
    wait_for(lambda: state() == "running")
    worker.send_signal(signal.SIGTERM)

    assert worker.wait(60) == 0
    assert checked(submission)
    assert state() == "done"


def test_two_workers_share_cities_and_never_a_city(start, upload):
    other = make_city("370200")
    submissions = [upload(lines=400 + n) for n in range(3)]
    submissions += [upload(of=other, lines=400 + n) for n in range(3)]
    for _ in range(2):
        start()
    running = set()

    def all_done():
        lanes = list(Job.objects.filter(state="running").values_list("lane", flat=True))
        assert len(lanes) == len(set(lanes))
        running.add(len(lanes))
        return Job.objects.filter(state="done").count() == 6

    wait_for(all_done, 120)
    assert all(map(checked, submissions))
    assert Worker.objects.count() == 2
