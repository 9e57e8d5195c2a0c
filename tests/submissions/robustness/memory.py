"""Peak memory of processes, as Linux counts it, in bytes."""

from pathlib import Path

from submissions.intake import receiving
from submissions.workbook.sandbox import read_sandboxed

OF_THIS_PROCESS = Path("/proc/self")


def reset_peak() -> int:
    """Reset the peak memory of this process; return its current memory."""
    (OF_THIS_PROCESS / "clear_refs").write_text("5")
    return _said("VmRSS")


def peak() -> int:
    """Return the peak memory of this process since reset_peak()."""
    return _said("VmHWM")


def peaks_of_children(monkeypatch) -> list[int]:
    """Return a list to which the peak of every reading child of this test is added."""
    peaks: list[int] = []

    def read(*arguments):
        reading = read_sandboxed(*arguments)
        if reading.peak_kb:
            peaks.append(reading.peak_kb * 1024)
        return reading

    read_with(monkeypatch, read)
    return peaks


def read_with(monkeypatch, read) -> None:
    """Read workbooks by another function, with and without progress."""

    def without_progress(*arguments):
        yield from ()
        return read(*arguments)

    monkeypatch.setattr(receiving, "read_sandboxed", read)
    monkeypatch.setattr(receiving, "read_with_progress", without_progress)


def _said(name: str) -> int:
    status = (OF_THIS_PROCESS / "status").read_text()
    line = next(line for line in status.splitlines() if line.startswith(name))
    return int(line.split()[1]) * 1024
