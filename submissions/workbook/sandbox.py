"""Reads a file in a child process; called by the web process and the commands."""

import json
import tempfile
from collections.abc import Generator
from pathlib import Path
from typing import IO, Any, NamedTuple, TypeVar

from foundation.children import child
from foundation.children.child import ChildFailed
from submissions.workbook import limits
from submissions.workbook.contents import Fault, Reading
from submissions.workbook.protocol import InvalidMessage, progress_in
from submissions.workbook.protocol import reading as unwire

CHILD = Path(__file__).with_name("reading") / "reading_child.py"

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


def code_of(failure: ChildFailed) -> str:
    """Return the fault's code: E104 for too much time, memory or output, else E199."""
    return "E104" if failure.too_much else "E199"


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
    how: str = "progress",
    seconds: float = limits.CHILD_WALL_SECONDS,
) -> Generator[ProgressStep, None, Reading]:
    """
    Return what read_sandboxed() returns, and yield how many rows have been read.

    `how` is the program's last argument.
    """
    return _reading(program, path, name, how, seconds=seconds)


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
    most = limits.CHILD_OUTPUT
    for start in range(1, STARTS + 1):
        pieces: list[bytes] = []
        try:
            for piece in child.pieces(program, *arguments, seconds=seconds, output=most):
                pieces.append(piece)
                if rows := progress_in(piece):
                    yield ProgressStep("reading", *rows)
            output = b"".join(pieces)
            pieces.clear()
            return unwire(output)
        except ChildFailed as death:
            if start == STARTS or not death.killed:
                return _failed(code_of(death))
        except InvalidMessage:
            break
    return _failed("E199")


def run(program: Path, *arguments: str, stdin: IO[bytes] | None = None, seconds: float) -> bytes:
    """
    Return the output of one of our programs, run as a child without secrets.

    `stdin` is a file it can read from. Raises ChildFailed. A program that exits early returns its
    output so far.
    """
    how = {"stdin": stdin, "seconds": seconds, "output": limits.CHILD_OUTPUT}
    try:
        return b"".join(child.pieces(program, *arguments, **how))
    except ChildFailed as death:
        if not death.killed:
            raise
    if stdin:
        stdin.seek(0)
    return b"".join(child.pieces(program, *arguments, **how))


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
        raise ChildFailed() from broken
    if size != len(content):
        raise ChildFailed()
    return about, content


def _failed(code: str) -> Reading:
    """Return a reading with this fault only."""
    return Reading(faults=[Fault(code)])
