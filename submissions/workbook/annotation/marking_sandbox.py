"""Annotates a file in a child process; called by the web process."""

from collections.abc import Iterable
from dataclasses import asdict, astuple
from pathlib import Path

from foundation.children.child import ChildFailed
from submissions.workbook import limits
from submissions.workbook.annotation.annotation import Annotation, Answer, MarkedWorkbook, Wording
from submissions.workbook.annotation.marking import index_only
from submissions.workbook.sandbox import run_on

CHILD = Path(__file__).with_name("marking_child.py")


def mark_sandboxed(
    path: Path,
    findings: Iterable[Annotation],
    wording: Wording | None = None,
    answers: Iterable[Answer] = (),
    *,
    program: Path = CHILD,
    seconds: float = limits.CHILD_WALL_SECONDS,
) -> MarkedWorkbook:
    """
    Return a file with annotations in its cells and answers in 说明.

    Made by a child with limited memory.

    A child that fails raises nothing: the result is the index alone, with the reason.
    """
    marks = list(findings)
    wording = wording or Wording()
    given = [asdict(wording), *([astuple(one) for one in some] for some in (marks, answers))]
    try:
        (complete, lost), content = run_on(path, given, program=program, seconds=seconds)
    except ChildFailed:
        return index_only(marks, wording, wording.died)
    return MarkedWorkbook(content, complete, lost)
