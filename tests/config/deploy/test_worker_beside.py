"""The worker that `make run` keeps beside its web server, in real processes."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from config.deploy.worker_beside import NICENESS
from tests.submissions.robustness.production import wait_for

# A parent that keeps a worker and waits; the worker notes its process and sleeps.
PARENT = """
import os, sys, time
from config.deploy import worker_beside

def note(name, **options):
    with open(sys.argv[1], "a") as file:
        file.write(f"{os.getpid()}\\n")
    if len(open(sys.argv[1]).readlines()) == 1 and sys.argv[2] == "breaks":
        raise RuntimeError("no database")
    while os.getppid() != 1:
        time.sleep(0.05)

worker_beside.call_command = note
worker_beside.keep_a_worker()
time.sleep(60)
"""


@pytest.fixture
def parent(tmp_path):
    """Return a function that starts a parent: its process, and a function for its workers."""
    started = []

    def act(how="lives"):
        file = tmp_path / "workers"
        file.touch()
        process = subprocess.Popen(
            [sys.executable, "-c", PARENT, str(file), how],
            env=os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"},
            start_new_session=True,
        )
        started.append(process)
        return process, lambda: [int(line) for line in file.read_text().split()]

    yield act
    for process in started:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def lives(pid: int) -> bool:
    """Return whether a process is there and not merely unburied."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_worker_that_is_killed_is_started_again(parent):
    _process, workers = parent()
    wait_for(lambda: len(workers()) == 1)
    os.kill(workers()[0], signal.SIGKILL)

    wait_for(lambda: len(workers()) == 2)
    assert lives(workers()[1])


def test_a_worker_that_breaks_off_is_started_again(parent):
    _process, workers = parent("breaks")

    wait_for(lambda: len(workers()) == 2)
    assert lives(workers()[1])


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL])
def test_it_ends_with_its_parent(parent, end):
    process, workers = parent()
    wait_for(lambda: len(workers()) == 1)
    process.send_signal(end)
    process.wait()

    wait_for(lambda: not lives(workers()[0]), 10)
    time.sleep(1.5)
    assert len(workers()) == 1


def test_pages_come_first(parent):
    _process, workers = parent()
    wait_for(lambda: len(workers()) == 1)

    ours = os.getpriority(os.PRIO_PROCESS, 0)
    assert os.getpriority(os.PRIO_PROCESS, workers()[0]) == min(ours + NICENESS, 19)
