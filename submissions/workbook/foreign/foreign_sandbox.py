"""Reads foreign files in a child process; called by the background jobs."""

import json
from collections.abc import Generator, Mapping
from pathlib import Path

from foundation.children.child import ChildFailed
from submissions.workbook import limits, sandbox
from submissions.workbook.contents import Reading
from submissions.workbook.foreign.layout_spec import LayoutSpec
from submissions.workbook.foreign.slices import NOTHING_GIVEN, GivenPlace

CHILD = Path(__file__).with_name("foreign_child.py")


def sample_of(path: Path, name: str) -> dict:
    """Return the first rows of a file's sheets, or {"fault": …}; see sample.sample()."""
    return _told(path, name, {"want": "sample"})


def contents_of(
    path: Path,
    name: str,
    spec: LayoutSpec,
    cities: Mapping[str, str],
    given: GivenPlace = NOTHING_GIVEN,
) -> dict:
    """Return what a layout finds in a file, or {"fault": …}; see sample.contents()."""
    return _told(path, name, _asked("contents", spec, cities, given))


def read_foreign(
    path: Path,
    name: str,
    spec: LayoutSpec,
    place: tuple[str, str],
    cities: Mapping[str, str],
    given: GivenPlace = NOTHING_GIVEN,
) -> Generator[sandbox.ProgressStep, None, Reading]:
    """
    Return the Reading of one city and quarter of a file, and yield progress.

    place is the city's code and the quarter, such as 2024Q3. As with our own workbooks a child
    that fails gives a Reading with its fault.
    """
    asked = _asked("reading", spec, cities, given) | {"place": list(place)}
    return sandbox.read_with_progress(path, name, program=CHILD, how=_text(asked))


def _asked(want: str, spec: LayoutSpec, cities: Mapping[str, str], given: GivenPlace) -> dict:
    """Return the question to the child."""
    return {"want": want, "spec": spec.as_json(), "cities": dict(cities), "given": list(given)}


def _text(asked: dict) -> str:
    """Return the question as the child's argument."""
    return json.dumps(asked, ensure_ascii=False, separators=(",", ":"))


def _told(path: Path, name: str, asked: dict) -> dict:
    """Return the child's answer; E104 or E199 as its fault if it failed."""
    try:
        output = sandbox.run(
            CHILD, str(path.resolve()), name, _text(asked), seconds=limits.CHILD_WALL_SECONDS
        )
        return json.loads(output)
    except ChildFailed as death:
        return {"fault": [sandbox.code_of(death), None, None, None, {}]}
    except ValueError:
        return {"fault": ["E199", None, None, None, {}]}
