"""Runs one of our programs as a child without secrets, and collects its output. Pure."""

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import IO

MIB = 1024 * 1024

# Where xlrd and openpyxl are installed: an isolated interpreter does not look there by itself.
LIBRARIES = str(Path(find_spec("openpyxl").origin).parent.parent)

# No DATABASE_URL, no SECRET_KEY.
ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "LIBRARIES": LIBRARIES}

# Signals by which the kernel ends a process over its time or memory.
RESOURCE_SIGNALS = {-signal.SIGXCPU, -signal.SIGKILL, -signal.SIGXFSZ}


class ChildFailed(Exception):
    """
    A child process failed.

    too_much  whether it took too much time or memory, or wrote too much; else it could not be
              started, or its answer makes no sense
    killed    whether somebody else killed it, as the kernel does when memory is short: that says
              nothing of the file
    """

    def __init__(self, *, too_much: bool = False, killed: bool = False) -> None:
        """Take why."""
        super().__init__("too much" if too_much else "broken")
        self.too_much = too_much
        self.killed = killed


def pieces(
    program: Path, *arguments: str, stdin: IO[bytes] | None = None, seconds: float, output: int
) -> Iterator[bytes]:
    """
    Yield a child's output as it comes; closed early, end the child. Raises ChildFailed.

    stdin    a file it can read from
    seconds  how long it may take
    output   how many bytes it may write

    A program that exits early gives its output so far.
    """
    command = [sys.executable, "-I", "-S", "-X", "utf8", str(program), *arguments]
    try:
        child = subprocess.Popen(
            command,
            stdin=stdin or subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=ENVIRONMENT,
            cwd="/",
            start_new_session=True,
        )
    except OSError as error:
        raise ChildFailed() from error
    try:
        yield from _output(child, time.monotonic() + seconds, output)
    finally:
        _end(child)
    if child.returncode in RESOURCE_SIGNALS:
        raise ChildFailed(too_much=True, killed=child.returncode == -signal.SIGKILL)


def _output(child: subprocess.Popen, deadline: float, most: int) -> Iterator[bytes]:
    """Yield output until the child ends. Raises ChildFailed if it is too much or too late."""
    pipe = child.stdout.fileno()
    size = 0
    waiting = select.poll()
    waiting.register(pipe, select.POLLIN | select.POLLHUP)
    while True:
        left = deadline - time.monotonic()
        if left <= 0 or not waiting.poll(left * 1000):
            raise ChildFailed(too_much=True)
        piece = os.read(pipe, MIB)
        if not piece:
            break
        size += len(piece)
        if size > most:
            raise ChildFailed(too_much=True)
        yield piece
    # It may have closed its output and be running still.
    try:
        child.wait(max(0.0, deadline - time.monotonic()))
    except subprocess.TimeoutExpired as late:
        raise ChildFailed(too_much=True) from late


def _end(child: subprocess.Popen) -> None:
    """Kill the child and its process group if it still runs."""
    if child.poll() is None:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
    child.stdout.close()
