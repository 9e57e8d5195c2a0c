"""Amends a file in a child process; called by the web process."""

import json
import tempfile
from collections.abc import Iterable
from pathlib import Path

from submissions.workbook import limits
from submissions.workbook.amendment.amending import NewValue, NotAmended
from submissions.workbook.sandbox import ChildFailed, run

CHILD = Path(__file__).with_name("amending_child.py")


def amend_sandboxed(
    path: Path,
    changes: Iterable[NewValue],
    *,
    program: Path = CHILD,
    seconds: float = limits.CHILD_WALL_SECONDS,
) -> bytes:
    """
    Return a file with other values in some cells, made by a child with limited memory.

    Raises NotAmended; a child that fails gives UNREADABLE.
    """
    with tempfile.TemporaryFile() as stdin:
        stdin.write(json.dumps([list(one) for one in changes]).encode())
        stdin.seek(0)
        try:
            output = run(program, str(path.resolve()), stdin=stdin, seconds=seconds)
        except ChildFailed:
            output = b""
    head, _, content = output.partition(b"\n")
    try:
        size, why, cell = json.loads(head)
    except (ValueError, TypeError):
        size, why, cell = -1, "", ""
    if why or size != len(content):
        raise NotAmended(why or NotAmended.UNREADABLE, cell)
    return content
