"""
The amending child: `python -I amending_child.py FILE` writes FILE with other values in some cells.

Started by amend_sandboxed() without settings, secrets or a database. Reads the changes as JSON;
writes a line of JSON, [size, why, cell], then the file.
"""

import os
import sys

ROOT, _, _ = __file__.rpartition("/submissions/workbook/amendment/")

# An isolated interpreter does not import from its working directory.
sys.path.insert(0, ROOT)
# Behind the standard library: the folder of xlrd.
sys.path.append(os.environ["LIBRARIES"])

from submissions.workbook.resource_limits import confine  # noqa: E402

# Before anything else is imported.
confine()

import json  # noqa: E402
from pathlib import Path  # noqa: E402

from submissions.workbook.amendment.amending import (  # noqa: E402
    NewValue,
    NotAmended,
    amended,
)

if __name__ == "__main__":
    changes = [NewValue(*one) for one in json.load(sys.stdin)]
    content, why, cell = b"", "", ""
    try:
        content = amended(Path(sys.argv[1]), changes)
    except NotAmended as reason:
        why, cell = reason.why, reason.cell
    head = json.dumps([len(content), why, cell])
    sys.stdout.buffer.write(head.encode() + b"\n" + content)
