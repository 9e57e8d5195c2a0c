"""Annotates a file in a child process; called by the web process."""

import json
import tempfile
from collections.abc import Iterable
from dataclasses import asdict, astuple
from pathlib import Path

from submissions.workbook import limits
from submissions.workbook.annotation.annotation import Annotation, Answer, MarkedWorkbook, Wording
from submissions.workbook.annotation.marking import index_only
from submissions.workbook.sandbox import ChildFailed, run

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
    with tempfile.TemporaryFile() as stdin:
        given = [[astuple(one) for one in some] for some in (marks, answers)]
        stdin.write(json.dumps([asdict(wording), *given]).encode())
        stdin.seek(0)
        try:
            output = run(program, str(path.resolve()), stdin=stdin, seconds=seconds)
        except ChildFailed:
            output = b""
    head, _, content = output.partition(b"\n")
    try:
        size, complete, lost = json.loads(head)
    except (ValueError, TypeError):
        size = -1
    if size != len(content):
        return index_only(marks, wording, wording.died)
    return MarkedWorkbook(content, complete, lost)
