"""Reading a file in a process of its own: what the web process and the commands call."""

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import IO, NamedTuple, TypeVar

from submissions.workbook import limits
from submissions.workbook.contents import Fault, Reading
from submissions.workbook.protocol import InvalidMessage, progress_in
from submissions.workbook.protocol import reading as unwire

CHILD = Path(__file__).with_name("reading") / "reading_child.py"

# Nothing of ours: no DATABASE_URL, no SECRET_KEY.
ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C.UTF-8"}

# How the kernel ends a process that has used up its time or memory.
RESOURCE_SIGNALS = {-signal.SIGXCPU, -signal.SIGKILL, -signal.SIGXFSZ}


Result = TypeVar("Result")


class ProgressStep(NamedTuple):
    """
    How far a workbook has come.

    stage   "reading", then "checking"
    read    rows read so far
    of      rows there are; 0 if that is not known
    """

    stage: str
    read: int = 0
    of: int = 0


CHECKING = ProgressStep("checking")


class ChildFailed(Exception):
    """The child did not come to its end; the code of the catalogue says why."""

    def __init__(self, code: str) -> None:
        """Keep the code: E104 for too much time or memory, E199 for anything else."""
        super().__init__(code)
        self.code = code


def read_sandboxed(
    path: Path,
    name: str | None = None,
    *,
    program: Path = CHILD,
    seconds: float = limits.CHILD_WALL_SECONDS,
) -> Reading:
    """
    Return what a file says, read by a child process with little memory, time and no secrets.

    `name` is the file's name in the user's own words; without it the path's.

    Never raises for what the child does. One that takes too long or too much gives a Reading
    with the fault E104, one that dies or does not make sense E199, and no tables.
    """
    return result_of(_reading(program, path, name, seconds=seconds))


def read_with_progress(
    path: Path,
    name: str | None = None,
    *,
    program: Path = CHILD,
    seconds: float = limits.CHILD_WALL_SECONDS,
) -> Generator[ProgressStep, None, Reading]:
    """Return what read_in_child() returns, and tell on the way how many rows have been read."""
    return _reading(program, path, name, "progress", seconds=seconds)


def result_of(steps: Generator[object, None, Result]) -> Result:
    """Return what steps come to, without asking how far they are."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def _reading(
    program: Path, path: Path, name: str | None, *how: str, seconds: float
) -> Generator[ProgressStep, None, Reading]:
    """Yield how many rows have been read, if the child is asked to tell; return the reading."""
    pieces: list[bytes] = []
    try:
        # The child stands in another folder.
        arguments = (str(path.resolve()), name or path.name, *how)
        for piece in _pieces(program, *arguments, seconds=seconds):
            pieces.append(piece)
            if told := progress_in(piece):
                yield ProgressStep("reading", *told)
        output = b"".join(pieces)
        pieces.clear()
        return unwire(output)
    except ChildFailed as death:
        return _failed(death.code)
    except InvalidMessage:
        return _failed("E199")


def run(program: Path, *arguments: str, stdin: IO[bytes] | None = None, seconds: float) -> bytes:
    """
    Return what a program of ours writes, run as a child with little memory, time and no secrets.

    `said` is a file it can read from. Raises Died: E104 if it takes too long or too much, E199
    if it cannot be started. One that fails returns what it has written until then.
    """
    return b"".join(_pieces(program, *arguments, stdin=stdin, seconds=seconds))


def _pieces(
    program: Path, *arguments: str, stdin: IO[bytes] | None = None, seconds: float
) -> Iterator[bytes]:
    """Yield what a child writes, as it comes; left off half-way, end the child. Raises Died."""
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
        raise ChildFailed("E199") from error
    try:
        yield from _output(child, time.monotonic() + seconds)
    finally:
        _end(child)
    if child.returncode in RESOURCE_SIGNALS:
        raise ChildFailed("E104")


def _failed(code: str) -> Reading:
    """Return a reading that says nothing but why."""
    return Reading(faults=[Fault(code)])


def _output(child: subprocess.Popen, deadline: float) -> Iterator[bytes]:
    """Yield what the child writes until it ends. Raises Died if that is too much or too late."""
    pipe = child.stdout.fileno()
    size = 0
    waiting = select.poll()
    waiting.register(pipe, select.POLLIN | select.POLLHUP)
    while True:
        left = deadline - time.monotonic()
        if left <= 0 or not waiting.poll(left * 1000):
            raise ChildFailed("E104")
        piece = os.read(pipe, limits.MIB)
        if not piece:
            break
        size += len(piece)
        if size > limits.CHILD_OUTPUT:
            raise ChildFailed("E104")
        yield piece
    # It may have closed its output and gone on.
    try:
        child.wait(max(0.0, deadline - time.monotonic()))
    except subprocess.TimeoutExpired as late:
        raise ChildFailed("E104") from late


def _end(child: subprocess.Popen) -> None:
    """If the child still runs, end it with whatever it has started."""
    if child.poll() is None:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
    child.stdout.close()
