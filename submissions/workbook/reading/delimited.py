"""
A csv of enterprise lines: its encoding, its delimiter, its rows.

Bytes that do not decode are a fault with their line, never replaced by question marks.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from submissions.workbook.cells import PICTURE, PICTURE_FORMULA, TEXT, Row
from submissions.workbook.faults import Unreadable
from submissions.workbook.limits import HEADER_WITHIN_ROWS

DELIMITERS = ",\t;"

# The mark with which DOS ended a text, and what Excel takes a delimiter from.
DOS_END = "\x1a"
SEPARATOR_LINE = re.compile(r'\ufeff*"?sep=(.)"?(?:\r\n|\r|\n|$)', re.IGNORECASE).match

# A text that was kept from becoming a number: ="9137…", and how databases write a missing value.
KEPT_TEXT = re.compile(r'="((?:[^"]|"")*)"').fullmatch
MISSING = {"NULL", "(NULL)", "\\N", "<NULL>"}
BYTE_ORDER_MARKS = {
    b"\xef\xbb\xbf": "utf-8",
    b"\xff\xfe": "utf-16-le",
    b"\xfe\xff": "utf-16-be",
}

# This many bytes beyond ASCII in a line of GB18030 are never valid UTF-8 by chance.
TELLING = 12
ASCII = bytes(range(128))

Measure = Callable[[list[Row]], int]


def read_rows(path: Path, headings_found: Measure) -> list[Row]:
    """
    Return the rows of a csv that are not blank, numbered as a spreadsheet program numbers them.

    headings_found(rows) says how many headings the first rows show: it decides between two
    encodings that both decode, and between delimiters.

    Raises Unreadable: E121 undecodable, E123 a quotation mark left open, E124 a NUL.
    """
    content = path.read_bytes()
    best = (-1, "", "")
    broken: list[int] = []
    for encoding, start in _encodings(content):
        try:
            text = content[start:].decode(encoding).lstrip("\ufeff")
        except UnicodeDecodeError as failure:
            broken.append(start + failure.start)
            sound = content[start : start + failure.start].decode(encoding)
            if _best_split(sound, headings_found)[0]:
                # This is the encoding: the file starts in it and is cut short.
                break
            continue
        best = max(best, _best_split(text, headings_found), key=lambda split: split[0])
        if best[0]:
            if encoding == "gb18030":
                _refuse_mixture(content)
            break
    found, text, delimiter = best
    if found < 0:
        raise _undecodable(content, broken[-1])
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise Unreadable("E124", f"A{line}", line=line)
    return list(_rows(text, delimiter))


def _best_split(text: str, headings_found: Measure) -> tuple[int, str, str]:
    """Return how many headings the best delimiter shows, the text, and that delimiter."""
    if text.rstrip("\r\n").endswith(DOS_END):
        # Some programs fill the last block of a file with the mark.
        text = text.rstrip(DOS_END + "\r\n")
    signs = DELIMITERS
    if match := SEPARATOR_LINE(text):
        # Excel does not show this line, so it has no number.
        text, signs = text[match.end() :], match[1]
    found = {sign: headings_found(_first_rows(text, sign)) for sign in signs}
    delimiter = max(signs, key=found.__getitem__)
    return found[delimiter], text, delimiter


def _encodings(content: bytes) -> list[tuple[str, int]]:
    """Return the encodings to try, and where the text starts."""
    for mark, encoding in BYTE_ORDER_MARKS.items():
        if content.startswith(mark):
            return [(encoding, len(mark))]
    return [("utf-8", 0), ("gb18030", 0)]


def _undecodable(content: bytes, position: int) -> Unreadable:
    """Return the fault for the byte at a position of the file."""
    line = content.count(b"\n", 0, position) + 1
    byte = position - content.rfind(b"\n", 0, position)
    return Unreadable("E121", f"A{line}", line=line, byte=byte)


def _refuse_mixture(content: bytes) -> None:
    """
    Raise Unreadable if a line of a GB18030 file is UTF-8: two files pasted together.

    Such a line decodes either way, into other names.
    """
    position = 0
    for line in content.split(b"\n"):
        if len(line.translate(None, ASCII)) >= TELLING:
            try:
                line.decode()
            except UnicodeDecodeError:
                pass
            else:
                raise _undecodable(content, position)
        position += len(line) + 1


def _kept(text: str) -> tuple[str, str] | None:
    """Return the cell of a text that a program wrote in a way of its own; None for a blank one."""
    if text.strip().upper() in MISSING:
        return None
    if match := KEPT_TEXT(text.strip()):
        inside = match[1].replace('""', '"')
        return (TEXT, inside) if inside.strip() else None
    return (PICTURE if PICTURE_FORMULA(text) and text[0] == "=" else TEXT), text


def _first_rows(text: str, delimiter: str) -> list[Row]:
    """Return the first rows, where headings may be, as far as they can be split."""
    rows: list[Row] = []
    try:
        for row in _rows(text, delimiter):
            if row.number > HEADER_WITHIN_ROWS:
                break
            rows.append(row)
    except Unreadable:
        pass  # the full reading reports it, with its line
    return rows


def _rows(text: str, delimiter: str) -> Iterator[Row]:
    """Yield the rows that are not blank. A row with a line break in a cell is still one row."""
    records = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = line = 0
    try:
        for number, fields in enumerate(records, start=1):
            cells = {
                index: (TEXT, value)
                for index, value in enumerate(fields, start=1)
                if value and not value.isspace()
            }
            for index, (_kind, value) in cells.items():
                if value[0] in "=(<Nn\\":
                    cells[index] = _kept(value)
            if None in cells.values():
                cells = {index: cell for index, cell in cells.items() if cell}
            if cells:
                yield Row(number, cells, width=len(fields))
            line = records.line_num
    except csv.Error as error:
        # Also what csv calls a field larger than its limit: the text after an open quote.
        raise Unreadable("E123", f"A{number + 1}", line=line + 1) from error
