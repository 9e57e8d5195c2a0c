"""Reads a file in a child process; called by the web process and the commands."""

import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any, NamedTuple, TypeVar

from submissions.workbook import limits
from submissions.workbook.contents import Fault, Reading
from submissions.workbook.protocol import InvalidMessage, progress_in
from submissions.workbook.protocol import reading as unwire

CHILD = Path(__file__).with_name("reading") / "reading_child.py"

# Where xlrd is installed: an isolated interpreter does not look there by itself.
LIBRARIES = str(Path(find_spec("xlrd").origin).parent.parent)

# No DATABASE_URL, no SECRET_KEY.
ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "LIBRARIES": LIBRARIES}

# Signals by which the kernel ends a process over its time or memory.
RESOURCE_SIGNALS = {-signal.SIGXCPU, -signal.SIGKILL, -signal.SIGXFSZ}


Result = TypeVar("Result")


class ProgressStep(NamedTuple):
    """
    Progress of reading and checking a workbook.

    stage   "reading", then "checking"
    read    rows read so far
    of      rows there are; 0 if that is not known
    """

    stage: str
    read: int = 0
    of: int = 0


CHECKING = ProgressStep("checking")


class ChildFailed(Exception):
    """
    The child process failed.

    code    the code of the catalogue: E104 for too much time or memory, E199 for anything else
    killed  whether somebody else killed it, as the kernel does when memory is short: that says
            nothing of the file
    """

    def __init__(self, code: str, *, killed: bool = False) -> None:
        """Take the code."""
        super().__init__(code)
        self.code = code
        self.killed = killed


# A child that was killed is started once more.
STARTS = 2


def read_sandboxed(
    path: Path,
    name: str | None = None,
    *,
    program: Path = CHILD,
    seconds: float = limits.CHILD_WALL_SECONDS,
) -> Reading:
    """
    Return the reading of a file, made by a child with limited memory and time and no secrets.

    `name` is the user's own file name; without it the path's.

    A child that fails raises nothing: too much time or memory gives a Reading with the fault
    E104 and no tables, a crash or invalid output one with E199.
    """
    return result_of(_reading(program, path, name, seconds=seconds))


def read_with_progress(
    path: Path,
    name: str | None = None,
    *,
    program: Path = CHILD,
    seconds: float = limits.CHILD_WALL_SECONDS,
) -> Generator[ProgressStep, None, Reading]:
    """Return what read_sandboxed() returns, and yield how many rows have been read."""
    return _reading(program, path, name, "progress", seconds=seconds)


def result_of(steps: Generator[object, None, Result]) -> Result:
    """Run a generator to its end and return its value."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def _reading(
    program: Path, path: Path, name: str | None, *how: str, seconds: float
) -> Generator[ProgressStep, None, Reading]:
    """Yield progress where the child reports it; return the reading."""
    # The child has another working directory.
    arguments = (str(path.resolve()), name or path.name, *how)
    for start in range(1, STARTS + 1):
        pieces: list[bytes] = []
        try:
            for piece in _pieces(program, *arguments, seconds=seconds):
                pieces.append(piece)
                if rows := progress_in(piece):
                    yield ProgressStep("reading", *rows)
            output = b"".join(pieces)
            pieces.clear()
            return unwire(output)
        except ChildFailed as death:
            if start == STARTS or not death.killed:
                return _failed(death.code)
        except InvalidMessage:
            break
    return _failed("E199")


def run(program: Path, *arguments: str, stdin: IO[bytes] | None = None, seconds: float) -> bytes:
    """
    Return the output of one of our programs, run as a child without secrets.

    `stdin` is a file it can read from. Raises ChildFailed: E104 for too much time, memory or
    output, E199 if it cannot be started. A program that exits early returns its output so far.
    """
    try:
        return b"".join(_pieces(program, *arguments, stdin=stdin, seconds=seconds))
    except ChildFailed as death:
        if not death.killed:
            raise
    if stdin:
        stdin.seek(0)
    return b"".join(_pieces(program, *arguments, stdin=stdin, seconds=seconds))


def run_on(path: Path, given: object, *, program: Path, seconds: float) -> tuple[list[Any], bytes]:
    """
    Return what a child makes of a file: what it says of it, and the content of the new one.

    The child reads `given` as JSON, and writes a line of JSON, [size of the content, …], then the
    content. Raises ChildFailed, also for an answer that is cut short.
    """
    with tempfile.TemporaryFile() as stdin:
        stdin.write(json.dumps(given).encode())
        stdin.seek(0)
        output = run(program, str(path.resolve()), stdin=stdin, seconds=seconds)
    head, _, content = output.partition(b"\n")
    try:
        size, *about = json.loads(head)
    except (ValueError, TypeError) as broken:
        raise ChildFailed("E199") from broken
    if size != len(content):
        raise ChildFailed("E199")
    return about, content


def _pieces(
    program: Path, *arguments: str, stdin: IO[bytes] | None = None, seconds: float
) -> Iterator[bytes]:
    """Yield a child's output as it comes; closed early, end the child. Raises ChildFailed."""
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
        raise ChildFailed("E104", killed=child.returncode == -signal.SIGKILL)


def _failed(code: str) -> Reading:
    """Return a reading with this fault only."""
    return Reading(faults=[Fault(code)])


def _output(child: subprocess.Popen, deadline: float) -> Iterator[bytes]:
    """Yield output until the child ends. Raises ChildFailed if it is too much or too late."""
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
    # It may have closed its output and be running still.
    try:
        child.wait(max(0.0, deadline - time.monotonic()))
    except subprocess.TimeoutExpired as late:
        raise ChildFailed("E104") from late


def _end(child: subprocess.Popen) -> None:
    """Kill the child and its process group if it still runs."""
    if child.poll() is None:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
    child.stdout.close()
