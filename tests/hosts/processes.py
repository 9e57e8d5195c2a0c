"""Processes that are kept running as systemd does it, and killed on purpose."""

import contextlib
import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

# What systemd waits before it starts a service again: RestartSec of our units, shortened.
RESTART_AFTER = 0.5


def descendants(pid: int) -> list[int]:
    """Return the processes that a process has started, and theirs, as long as they are there."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            name, _, rest = stat.read_text().rpartition(")")
            state, parent = rest.split()[:2]
            if state != "Z":
                parents[int(name.split()[0])] = int(parent)
    found, of = [], {pid}
    while of := {child for child, parent in parents.items() if parent in of}:
        found += sorted(of)
    return found


def command_of(pid: int) -> str:
    """Return a process's command; "" if it has ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""


def kill(*pids: int) -> None:
    """Kill processes as the kernel would; those that have ended are left out."""
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


class Service:
    """A command that is started again whenever it ends, what it started being ended with it."""

    def __init__(self, name: str, command: list[str], **environment: str) -> None:
        """Take the command, and what is added to our environment."""
        self.name = name
        self.command = command
        self.environment = os.environ | environment
        self.process: subprocess.Popen | None = None
        self.starts = 0
        self.begin()

    def begin(self) -> None:
        """Start the process."""
        self.process = subprocess.Popen(
            self.command,
            env=self.environment,
            # What is said of a database that is away is wanted by nobody here.
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.starts += 1

    def kill(self) -> None:
        """Kill the process and all that it started: a power cut of its host."""
        kill(self.process.pid, *descendants(self.process.pid))

    def end(self) -> None:
        """End it for good."""
        self.kill()
        self.process.wait()


@contextlib.contextmanager
def kept(services: list[Service]) -> Iterator[None]:
    """Start again what ends, in a with block; end everything after it."""
    over = threading.Event()

    def keep() -> None:
        ended_at: dict[str, float] = {}
        while not over.wait(0.05):
            for one in services:
                if one.process.poll() is None:
                    continue
                since = ended_at.setdefault(one.name, time.monotonic())
                if time.monotonic() - since >= RESTART_AFTER:
                    del ended_at[one.name]
                    one.begin()

    keeper = threading.Thread(target=keep, name="as systemd")
    keeper.start()
    try:
        yield
    finally:
        over.set()
        keeper.join()
        for one in services:
            one.end()
