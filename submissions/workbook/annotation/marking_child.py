"""
The marking child: `python -I marking_child.py FILE` writes FILE with findings in its cells.

Started by mark_sandboxed() without settings, secrets or a database. Reads the annotations as
JSON; writes a line of JSON with what was lost, then the workbook.
"""

import os
import sys

ROOT, _, _ = __file__.rpartition("/submissions/workbook/annotation/")

# An isolated interpreter does not import from its working directory.
sys.path.insert(0, ROOT)
# Behind the standard library: the folder of xlrd.
sys.path.append(os.environ["LIBRARIES"])

from submissions.workbook.resource_limits import confine  # noqa: E402

# Before anything else is imported.
confine()

import json  # noqa: E402
from pathlib import Path  # noqa: E402

from submissions.workbook.annotation.annotation import Annotation, Answer, Wording  # noqa: E402
from submissions.workbook.annotation.marking import marked  # noqa: E402

if __name__ == "__main__":
    words, marks, given = json.load(sys.stdin)
    answers = [Answer(*one) for one in given]
    marks = [Annotation(*mark) for mark in marks]
    done = marked(Path(sys.argv[1]), marks, Wording(**words), answers)
    head = json.dumps([len(done.bytes), done.complete, done.lost])
    sys.stdout.buffer.write(head.encode() + b"\n" + done.bytes)
