"""Replaces fields of a .csv, found by row and column; every other byte stays."""

import csv
import io
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from submissions.workbook.reading.delimited import BYTE_ORDER_MARKS, DELIMITERS

Place = tuple[int, int]  # row, column

# The reader keeps this much of a cell's own text.
WRITTEN = 60


class NewField(NamedTuple):
    """What a field holds, as far as the reader has kept it, and what it is to hold."""

    old: str
    new: str


def with_fields(content: bytes, changes: Mapping[Place, NewField]) -> bytes | None:
    """
    Return a csv with fields replaced; None if they are not found with what was read in them.

    Of several encodings and delimiters that is the one in which all fields hold their old text.
    """
    for encoding, start in _encodings(content):
        try:
            text = content[start:].decode(encoding)
        except UnicodeDecodeError:
            continue
        for begin in _beginnings(text):
            for delimiter in DELIMITERS:
                changed = _changed(text, begin, delimiter, changes)
                if changed is not None:
                    return content[:start] + changed.encode(encoding)
    return None


def _encodings(content: bytes) -> list[tuple[str, int]]:
    """Return the encodings to try, and where the text starts."""
    for mark, encoding in BYTE_ORDER_MARKS.items():
        if content.startswith(mark):
            return [(encoding, len(mark))]
    return [("utf-8", 0), ("gb18030", 0)]


def _beginnings(text: str) -> list[int]:
    """Return where the rows may begin: behind a first line that names the delimiter, or at once."""
    first = text.partition("\n")[0].lstrip('\ufeff"').lower()
    return [text.index("\n") + 1, 0] if first.startswith("sep=") and "\n" in text else [0]


def _changed(
    text: str, begin: int, delimiter: str, changes: Mapping[Place, NewField]
) -> str | None:
    """Return the text with its fields replaced; None if one is not there or holds another."""
    pieces, at, found = [text[:begin]], begin, 0
    for place, start, end in _fields(text, begin, delimiter):
        change = changes.get(place)
        if change is None:
            continue
        if not _holds(text[start:end], change.old):
            return None
        pieces += (text[at:start], _quoted(change.new, delimiter))
        at, found = end, found + 1
    return "".join((*pieces, text[at:])) if found == len(changes) else None


def _fields(text: str, begin: int, delimiter: str) -> Iterator[tuple[Place, int, int]]:
    """Yield row, column, start and end of every field, its quotation marks included."""
    row, column, start, quoted = 1, 1, begin, False
    at = begin
    while at < len(text):
        sign = text[at]
        if sign == '"' and (quoted or at == start):
            quoted = not quoted
        elif quoted and sign == '"':
            quoted = False
        elif not quoted and sign == delimiter:
            yield (row, column), start, at
            column, start = column + 1, at + 1
        elif not quoted and sign in "\r\n":
            yield (row, column), start, at
            if text.startswith("\r\n", at):
                at += 1
            row, column, start = row + 1, 1, at + 1
        at += 1
    if start < len(text) or column > 1:
        yield (row, column), start, len(text)


def _holds(field: str, old: str) -> bool:
    """Return whether a field, as it is written, holds what was read in it."""
    plain = field[1:-1].replace('""', '"') if field[:1] == '"' == field[-1:] else field
    return plain.strip()[:WRITTEN] == old.strip()[:WRITTEN]


def _quoted(value: str, delimiter: str) -> str:
    """Return a value as a field, quoted if it needs to be."""
    # The writer quotes the characters of its line end: without one a line break would stand bare.
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerow([value])
    return out.getvalue().removesuffix("\r\n") if value else ""
