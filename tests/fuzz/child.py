"""
`python -I child.py FOLDER` reads and marks every file of a folder, confined like the real children.

For each file one line: its name, what the reading child would send, and whether it could be marked.
One that breaks the reader ends the line with the error instead.
"""

import os
import sys

ROOT, _, _ = __file__.rpartition("/tests/fuzz/")
sys.path.insert(0, ROOT)
sys.path.append(os.environ["LIBRARIES"])

from submissions.workbook.resource_limits import confine  # noqa: E402

confine()

import json  # noqa: E402
import traceback  # noqa: E402
from pathlib import Path  # noqa: E402

from submissions.workbook.annotation.annotation import Annotation  # noqa: E402
from submissions.workbook.annotation.marking import marked  # noqa: E402
from submissions.workbook.protocol import lines, reading  # noqa: E402
from submissions.workbook.reading.workbook import read  # noqa: E402


def looked_at(path: Path) -> dict:
    """Return what was read of a file, as it is sent; or the error that it caused."""
    try:
        found = read(path)
        sent = "\n".join(lines(found, None)).encode()
        assert reading(sent) == found, "what arrives is not what was sent"
        marks = [Annotation(f.sheet, f.cell, f.code, "mandatory", "错", "改") for f in found.faults]
        done = marked(
            path, marks or [Annotation("企业明细", "D5", "E146", "mandatory", "错", "改")]
        )
    except Exception:
        return {"error": traceback.format_exc()}
    return {"sent": sent.decode(), "complete": done.complete}


if __name__ == "__main__":
    for path in sorted(Path(sys.argv[1]).iterdir()):
        print(json.dumps([path.name, looked_at(path)]), flush=True)
