"""
The intake with its limits lifted, for files larger than any bureau may send.

Run as a program it is the reading child with the same limits lifted: the child keeps its own.
"""

import contextlib
import os
import runpy
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parents[2]
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    # Behind the standard library: the folder of xlrd.
    sys.path.append(os.environ["LIBRARIES"])

from submissions.workbook import limits  # noqa: E402
from submissions.workbook.sandbox import CHILD, read_sandboxed  # noqa: E402

LIFTED = {
    "FILE_SIZE": 100 * limits.MIB,
    "UNPACKED_SIZE": 1024 * limits.MIB,
    "ENTRY_SIZE": 1024 * limits.MIB,
    "ENTERPRISE_LINES": 200_000,
    "CHILD_MEMORY": 4 * 1024 * limits.MIB,
    "CHILD_CPU_SECONDS": 120,
    "CHILD_OUTPUT": 512 * limits.MIB,
}

# The reading child of an intake with lifted limits.
read = partial(read_sandboxed, program=Path(__file__), seconds=120)


@contextlib.contextmanager
def lifted() -> Iterator[None]:
    """Lift the limits of this process for a while."""
    kept = {name: getattr(limits, name) for name in LIFTED}
    try:
        lift(LIFTED)
        yield
    finally:
        lift(kept)


def lift(values: dict[str, int]) -> None:
    """Set limits."""
    for name, value in values.items():
        setattr(limits, name, value)


if __name__ == "__main__":
    lift(LIFTED)
    runpy.run_path(str(CHILD), run_name="__main__")
