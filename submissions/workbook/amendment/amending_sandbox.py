"""Amends a file in a child process; called by the web process."""

from collections.abc import Iterable
from pathlib import Path

from foundation.children.child import ChildFailed
from submissions.workbook import limits
from submissions.workbook.amendment.amending import NewValue, NotAmended
from submissions.workbook.sandbox import run_on

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
    given = [list(one) for one in changes]
    try:
        (why, cell), content = run_on(path, given, program=program, seconds=seconds)
    except ChildFailed as failed:
        raise NotAmended(NotAmended.UNREADABLE) from failed
    if why:
        raise NotAmended(why, cell)
    return content
