"""
The register's reading child: `python -I reading_child.py` writes the rows of the file it is given.

Started by read_register() without settings, secrets or a database, with the file as its input.
Writes lines of JSON: the headings, each row, and at last an object: that it is the end, or why the
file was refused.
"""

import os
import sys

ROOT, _, _ = __file__.rpartition("/enterprises/register/reading/")

# An isolated interpreter does not import from its working directory.
sys.path.insert(0, ROOT)
# Behind the standard library: the folder of openpyxl.
sys.path.append(os.environ["LIBRARIES"])

from enterprises.register.reading import limits  # noqa: E402
from foundation.children.resource_limits import confine  # noqa: E402

# Before anything else is imported.
confine(
    memory=limits.CHILD_MEMORY,
    cpu_seconds=limits.CHILD_CPU_SECONDS,
    file_size=limits.CHILD_FILE_SIZE,
    open_files=limits.CHILD_OPEN_FILES,
)

import json  # noqa: E402

from enterprises.register.reading.register_file import RegisterFault, rows_of  # noqa: E402


def write(thing: object) -> None:
    """Write a line of JSON; what JSON does not know, such as a date, as text."""
    sys.stdout.write(json.dumps(thing, default=str, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    # What else goes wrong ends this program without its last line: the file is said to be damaged.
    end: dict = {"end": True}
    try:
        for row in rows_of(sys.stdin.buffer.read()):
            write(row)
    except RegisterFault as fault:
        end = {"fault": fault.code, **fault.params}
    except MemoryError:
        end = {"fault": "too_much"}
    write(end)
