"""
The reading child for foreign files: `python -I foreign_child.py FILE NAME ASKED`.

ASKED is JSON: {"want": "sample"}, or {"want": "contents" or "reading", "spec", "cities", "given",
"place"}. Started by foreign_sandbox without settings, secrets or a database.
"""

import gc
import os
import sys

ROOT, _, _ = __file__.rpartition("/submissions/workbook/foreign/")

# An isolated interpreter does not import from its working directory.
sys.path.insert(0, ROOT)
# Behind the standard library: the folder of xlrd.
sys.path.append(os.environ["LIBRARIES"])

from submissions.workbook.resource_limits import confine  # noqa: E402

# Before anything else is imported.
confine()

import json  # noqa: E402
from pathlib import Path  # noqa: E402

from foundation.quarters import Quarter  # noqa: E402
from submissions.workbook.contents import Fault, Reading  # noqa: E402
from submissions.workbook.faults import Unreadable  # noqa: E402
from submissions.workbook.foreign.applying import AppliedLayout, reading_of  # noqa: E402
from submissions.workbook.foreign.foreign_file import read_file  # noqa: E402
from submissions.workbook.foreign.layout_spec import LayoutSpec  # noqa: E402
from submissions.workbook.foreign.sample import contents, sample  # noqa: E402
from submissions.workbook.foreign.slices import GivenPlace  # noqa: E402
from submissions.workbook.protocol import lines  # noqa: E402


def told(path: Path, name: str, asked: dict) -> str:
    """Return the answer, as lines of JSON."""
    if asked["want"] == "sample":
        return json.dumps(sample(read_file(path, name)), ensure_ascii=False)
    spec = LayoutSpec.of_json(asked["spec"])
    given = GivenPlace(*asked["given"])
    if asked["want"] == "contents":
        file = read_file(path, name)
        applied = AppliedLayout(spec, file, name, asked["cities"], given)
        return json.dumps(contents(applied), ensure_ascii=False)
    city, quarter = asked["place"]
    place = (city, Quarter.parse(quarter))
    reading = reading_of(spec, path, name, place, asked["cities"], given)
    return "\n".join(lines(reading, None))


def fault_told(fault: Fault, asked: dict) -> str:
    """Return a fault in place of the answer."""
    if asked["want"] == "reading":
        return "\n".join(lines(Reading(faults=[fault]), None))
    return json.dumps({"fault": [fault.code, fault.sheet, fault.cell, fault.value, fault.params]})


if __name__ == "__main__":
    # Everything read lives until the end, so garbage collection only takes time.
    gc.disable()
    question = json.loads(sys.argv[3])
    try:
        answer = told(Path(sys.argv[1]), sys.argv[2], question)
    except Unreadable as refusal:
        answer = fault_told(refusal.fault, question)
    except MemoryError:
        answer = fault_told(Fault("E104"), question)
    sys.stdout.buffer.write(answer.encode())
