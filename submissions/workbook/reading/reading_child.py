"""
The reading child: `python -I reading_child.py FILE NAME [progress]` writes the Reading of FILE.

With "progress" it first writes from time to time how many rows it has read.

Started by sandbox.read_sandboxed() without settings, secrets or a database, so that a hostile
file affects this process only.
"""

import gc
import os
import sys

ROOT, _, _ = __file__.rpartition("/submissions/workbook/reading/")

# An isolated interpreter does not import from its working directory.
sys.path.insert(0, ROOT)
# Behind the standard library: the folder of xlrd.
sys.path.append(os.environ["LIBRARIES"])

from submissions.workbook.resource_limits import confine  # noqa: E402

# Before anything else is imported.
confine()

from pathlib import Path  # noqa: E402

from submissions.workbook.contents import Fault, Reading  # noqa: E402
from submissions.workbook.protocol import lines, progress  # noqa: E402
from submissions.workbook.reading.workbook import read  # noqa: E402


def peak_kb() -> int | None:
    """
    Return the peak memory of this process in KiB; None without /proc.

    Not getrusage(): it counts the parent's memory too, from before this program was loaded.
    """
    try:
        status = Path("/proc/self/status").read_text()
    except OSError:
        return None
    return next((int(line.split()[1]) for line in status.splitlines() if "VmHWM" in line), None)


def report_progress(rows: int, of: int) -> None:
    """Write a progress line and flush it."""
    sys.stdout.buffer.write(f"{progress(rows, of)}\n".encode())
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    listener = report_progress if "progress" in sys.argv[3:] else None
    # Everything read lives until the end, so garbage collection only takes time.
    gc.disable()
    try:
        sent = lines(read(Path(sys.argv[1]), sys.argv[2], listener), peak_kb())
    except MemoryError:
        sent = lines(Reading(faults=[Fault("E104")]), peak_kb())
    sys.stdout.buffer.write("\n".join(sent).encode())
