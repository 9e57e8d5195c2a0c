"""The ledger of measures in a paper: the red tasks in a line each; every task with its evidence."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.formatting import count, day
from submissions.papers.document.blocks import (
    NONE,
    Block,
    Cell,
    Line,
    Piece,
    cell,
    line,
    listing,
    status,
    table,
    text,
)
from submissions.papers.document.parts import colon, semicolon

Sheet = Mapping[str, Any]
# So many signs of a hash stand in the text; the annex has them all.
HASH_BEGINS = 8


def red_task_blocks(tasks: Sheet) -> list[Block]:
    """Return how many of a plan's tasks are red, and each of these in a line."""
    number, red = tasks["number"], tasks["red"]
    if not red:
        words = _("None of the %(number)s tasks on record is red.")
        return [text(words % {"number": count(number)})]
    words = ngettext(
        "%(red)s of %(number)s tasks is red.", "%(red)s of %(number)s tasks are red.", len(red)
    )
    said = words % {"red": len(red), "number": count(number)}
    return [text(said), listing("bullets", map(_red_task, red))]


def _red_task(one: Sheet) -> Line:
    return line(f"{one['task']} {one['wording']}{colon()}{one['who']}{semicolon()}{one['why']}")


def task_table(tasks: Sequence[Sheet]) -> list[Block]:
    """Return every task with its light, why it has it, and the hash of its evidence in short."""
    columns = [
        (_("Task"), "name"),
        (_("Who answers"), "text"),
        (_("Light and why"), "text"),
        (_("Evidence, SHA-256 begins with"), "text"),
    ]
    return [table(_("Tasks of the ledger"), columns, map(_task, tasks))]


def _task(one: Sheet) -> Sequence[str | Cell]:
    several = len({each["who"] for each in one["evidence"]}) > 1
    pieces = [line(*_in_short(each, is_named=several)) for each in one["evidence"]]
    return (
        f"{one['task']} {one['wording']}",
        one["who"] or NONE,
        cell(line(_light(one)), line(one["why"])),
        cell(*pieces) if pieces else NONE,
    )


def _light(one: Sheet) -> str | Piece:
    """Return a task's light; the day on which it ended of one that has."""
    if one["ended_on"]:
        return _("Ended on %(day)s") % {"day": day(one["ended_on"])}
    return status(one["light"])


def _in_short(evidence: Sheet, *, is_named: bool) -> Iterator[str | Piece]:
    """Yield a piece of evidence: its hash in short or its document, and whether it was checked."""
    if is_named:
        yield f"{evidence['who']}{colon()}"
    if evidence["sha256"]:
        yield Piece(evidence["sha256"][:HASH_BEGINS], "hash")
    else:
        yield evidence["document"]
    yield _(" (%(checked)s)") % {"checked": _checked(evidence)}


def _checked(evidence: Sheet) -> str:
    if not evidence["checked_at"]:
        return _("not checked yet")
    return _("checked on %(day)s") % {"day": day(evidence["checked_at"])}


def evidence_annex(tasks: Sequence[Sheet]) -> Iterator[Block]:
    """Yield the table of every file of evidence with its whole hash; nothing without a file."""
    files = [(one, each) for one in tasks for each in one["evidence"] if each["sha256"]]
    if files:
        columns = [(_("Task"), "name"), (_("File and its SHA-256"), "file")]
        title = _("the tasks' evidence and its SHA-256")
        yield table(title, columns, [_file(one, each) for one, each in files])


def _file(one: Sheet, evidence: Sheet) -> tuple[str, Cell]:
    name = f"{one['task']} {evidence['who']}"
    hashed = line(Piece(evidence["sha256"], "hash"))
    return name, cell(line(evidence["document"]), line(evidence["filename"]), hashed)
