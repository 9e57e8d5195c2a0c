"""Reading and marking without a child's start, for tests of what is read and not of the child."""

from submissions.intake import marked_workbook
from submissions.workbook import protocol
from submissions.workbook.annotation.marking import marked
from submissions.workbook.reading import workbook
from submissions.workbook.sandbox import read_sandboxed
from tests.depth import DEEP
from tests.submissions.robustness import memory

# In bytes: some hundred lines.
SMALL = 100_000


def without_children(monkeypatch) -> None:
    """Read and mark in this process, by way of what a child would send; DEEP starts children."""
    if not DEEP:
        monkeypatch.setattr(memory, "read_sandboxed", read)
        monkeypatch.setattr(marked_workbook, "mark_sandboxed", marked)


def read(path, name):
    """Return what read_sandboxed() returns; a child still reads what would swell this process."""
    if path.stat().st_size > SMALL:
        return read_sandboxed(path, name)
    sent = protocol.lines(workbook.read(path, name), None)
    return protocol.reading("\n".join(sent).encode())
