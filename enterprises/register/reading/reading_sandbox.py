"""Reads a register's file in a child process; called by workers."""

import json
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext as _
from tablib import Dataset

from enterprises.register.reading import limits
from enterprises.register.reading.register_file import is_workbook
from foundation.children.child import ChildFailed, pieces
from foundation.exporting import unguarded

CHILD = Path(__file__).with_name("reading_child.py")
# Each row also carries its number in the user's own file.
ROW_NUMBER = "行号"


class RegisterStep(NamedTuple):
    """
    How far an import has come.

    stage  "reading", "importing" (compared with the register) or "writing"
    read   rows so far
    of     rows there are; 0 if that is not known
    """

    stage: str
    read: int = 0
    of: int = 0


class UnreadableRegister(Exception):
    """A file that cannot be read as a register; the message is for the user."""


def read_register(
    content: bytes, *, program: Path = CHILD, seconds: float = limits.CHILD_WALL_SECONDS
) -> Generator[RegisterStep, None, Dataset]:
    """
    Yield progress; return the rows under our own headings, each with its number in the file.

    The file is opened by a child with limited memory and time and no secrets. Raises
    UnreadableRegister.
    """
    dataset = Dataset()
    # A CSV that we exported has apostrophes before what a spreadsheet would take for a formula.
    plain = (lambda cell: cell) if is_workbook(content) else unguarded
    ended = False
    try:
        for line in _lines(content, program, seconds):
            if isinstance(line, dict):
                ended = _ended(line)
            elif dataset.headers is None:
                dataset.headers = [*line, ROW_NUMBER]
            else:
                number, *cells = line
                if len(cells) != len(dataset.headers) - 1:
                    raise ValueError(line)
                dataset.append([*map(plain, cells), number])
                if len(dataset) % 500 == 0:
                    yield RegisterStep("reading", len(dataset))
    except ChildFailed as failure:
        raise UnreadableRegister(words("too_much" if failure.too_much else "damaged")) from None
    except (ValueError, TypeError, KeyError):
        # What the child wrote is not what our program writes.
        raise UnreadableRegister(words("damaged")) from None
    if not ended:
        raise UnreadableRegister(words("damaged"))
    return dataset


def _lines(content: bytes, program: Path, seconds: float) -> Iterator[list | dict]:
    """Yield the lines of JSON that the child writes. Raises ChildFailed and ValueError."""
    begun = b""
    with tempfile.TemporaryFile() as file:
        file.write(content)
        file.seek(0)
        output = limits.CHILD_OUTPUT
        for piece in pieces(program, stdin=file, seconds=seconds, output=output):
            *lines, begun = (begun + piece).split(b"\n")
            yield from map(json.loads, lines)


def _ended(line: dict) -> bool:
    """Return that the rows are complete. Raises UnreadableRegister for a file that was refused."""
    if fault := line.pop("fault", None):
        raise UnreadableRegister(words(fault, **line))
    return bool(line.get("end"))


def words(fault: str, **params: object) -> str:
    """Return what is wrong with a file, and what to do."""
    if fault == "headings":
        return _heading_words(**params)
    said = {
        "old_workbook": _("This is an old .xls workbook. Save it as .xlsx."),
        "damaged_csv": _("This CSV file is damaged."),
        "no_text": _("This is neither an .xlsx workbook nor text in UTF-8 or GB18030."),
        "bomb": _("This workbook is too large when unpacked."),
        "several_sheets": _("Several sheets are filled. Leave only the register's."),
        "empty": _("The workbook is empty."),
        "computed": _("Formulas or error values at %(cells)s. Paste them as plain text."),
        "no_row": _("No row stands beneath the headings."),
        "long_row": _("Row %(row)s is longer than the row of headings."),
        "many_rows": _("The file has more than %(rows)s rows."),
        "no_character": _("Row %(row)s holds a character that no text may hold. Type it anew."),
        "too_much": _(
            "Reading the file takes more time or memory than a register may need. Copy its rows "
            "into a new workbook and choose that."
        ),
        "damaged": _("The file cannot be read: it is damaged, or neither .xlsx nor CSV."),
    }
    return said[fault] % params


def _heading_words(unknown: list[str], missing: list[str], twice: list[str]) -> str:
    """Return all that is wrong with the headings."""
    said = [
        (unknown, _("Unknown headings: %(names)s.")),
        (missing, _("Missing headings: %(names)s.")),
        (twice, _("Headings that stand twice: %(names)s.")),
    ]
    return " ".join(text % {"names": "、".join(names)} for names, text in said if names)
