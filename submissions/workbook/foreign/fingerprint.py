"""
The headings of a sheet, their fingerprint, and what differs between two.

A layout is used for a file with the very same headings only. A word more or less, a column moved,
another unit and a line added above all give another fingerprint.
"""

import hashlib
import json
from collections.abc import Iterable
from typing import NamedTuple

from submissions.workbook.cells import TEXT, Row, letters
from submissions.workbook.foreign.layout_spec import HeadingLines, LayoutSpec
from submissions.workbook.layout import MONEY_UNITS
from submissions.workbook.reading.headings import fold
from submissions.workbook.reading.labels import labels, money_unit
from submissions.workbook.reading.row_classifier import is_unit_row

# So many rows beneath the headings may name units.
LINES_BENEATH = 3

LONGEST_HEADING = 120


class HeadingDifference(NamedTuple):
    """
    One way in which a file's headings differ from a layout's.

    kind    rows, unit, moved, changed, added or missing
    column  the letter in the file; in the layout for what is missing; "" for rows and units
    was     what the layout has
    now     what the file has
    """

    kind: str
    column: str
    was: str
    now: str


def heading_lines(rows: Iterable[Row], numbers: tuple[int, ...]) -> HeadingLines:
    """
    Return the headings that stand in the lines of these numbers.

    rows are the first rows of a sheet, as far as the third beneath the headings.
    """
    by_number = {row.number: row for row in rows}
    lines = [by_number[number].cells if number in by_number else {} for number in numbers]
    texts = {
        letters(index): tuple(
            fold(line[index][1])[:LONGEST_HEADING] if index in line else "" for line in lines
        )  # fmt: skip
        for index in sorted(set().union(*lines))
    }
    above = [row for number, row in sorted(by_number.items()) if number < numbers[0]]
    beneath = [
        by_number[number]
        for number in range(numbers[-1] + 1, numbers[-1] + 1 + LINES_BENEATH)
        if number in by_number and is_unit_row(by_number[number])
    ]
    units = [*_units_above(above), *_units_beneath(beneath)]
    return HeadingLines(tuple(numbers), texts, tuple(units))


def _units_above(rows: list[Row]) -> list[str]:
    """Return the units of money named above the headings, each once."""
    found: dict[str, None] = {}
    if (label := labels(rows).unit) and label.value:
        found[str(label.value)] = None
    for row in rows:
        for kind, text in row.cells.values():
            if kind == TEXT and (unit := money_unit(text)):
                found[unit] = None
            elif kind == TEXT:
                # 2024年环保企业情况（单位：万元）
                found |= {one: None for one in _units_in_brackets(text)}
    return list(found)


def _units_in_brackets(text: str) -> list[str]:
    """Return the units of money in a title's brackets or behind its 单位."""
    folded = fold(text)
    after = folded.partition("单位:")[2].strip("()")
    inside = folded.partition("(")[2].partition(")")[0].removeprefix("单位:")
    return [one for one in (after, inside) if one in MONEY_UNITS]


def _units_beneath(rows: list[Row]) -> list[str]:
    """Return what stands in a line of units beneath the headings, by column."""
    return [
        f"{letters(index)}={fold(text)}"
        for row in rows
        for index, (_kind, text) in sorted(row.cells.items())
    ]


def fingerprint(spec: LayoutSpec) -> str:
    """Return the fingerprint of the headings of a layout, as 64 hexadecimal digits."""
    return fingerprint_of([table.headings for table in spec.tables])


def fingerprint_of(headings: list[HeadingLines]) -> str:
    """Return the fingerprint of headings, in the order of the tables."""
    said = [[lines.rows, sorted(lines.texts.items()), lines.units] for lines in headings]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def differences(known: HeadingLines, found: HeadingLines) -> list[HeadingDifference]:
    """Return how a file's headings differ from a layout's; nothing if they are the same."""
    out = []
    if known.units != found.units:
        out.append(HeadingDifference("unit", "", "、".join(known.units), "、".join(found.units)))
    if known.rows != found.rows:
        rows = ("、".join(map(str, lines.rows)) for lines in (known, found))
        out.append(HeadingDifference("rows", "", *rows))
    return out + _column_differences(known.texts, found.texts)


def _column_differences(known: dict, found: dict) -> list[HeadingDifference]:
    """Return the columns that moved, changed, were added or are missing."""
    lost = {letter: texts for letter, texts in known.items() if found.get(letter) != texts}
    new = {letter: texts for letter, texts in found.items() if known.get(letter) != texts}
    out = []
    for letter, texts in list(new.items()):
        was = next((old for old, same in lost.items() if same == texts), None)
        if was is not None:
            out.append(HeadingDifference("moved", letter, was, shown(texts)))
            del lost[was], new[letter]
    for letter in [letter for letter in new if letter in lost]:
        out.append(
            HeadingDifference("changed", letter, shown(lost.pop(letter)), shown(new.pop(letter)))
        )
    out += [HeadingDifference("added", letter, "", shown(texts)) for letter, texts in new.items()]
    out += [HeadingDifference("missing", at, shown(texts), "") for at, texts in lost.items()]
    return out


def shown(texts: tuple[str, ...]) -> str:
    """Return a heading's lines as one text."""
    return " / ".join(text for text in texts if text)


def best_rows(rows: list[Row], known: HeadingLines) -> HeadingLines:
    """
    Return the headings of a file that are most like a layout's.

    Those in the layout's own lines if they are the same; else in the lines, among the first,
    where the most columns have the same texts, so that a line added above is seen as that.
    """
    own = heading_lines(rows, known.rows)
    if own == known:
        return own
    tried = [own]
    for row in rows:
        numbers = tuple(range(row.number, row.number + len(known.rows)))
        if numbers != known.rows:
            tried.append(heading_lines(rows, numbers))
    return max(tried, key=lambda one: _alike(one, known))


def _alike(found: HeadingLines, known: HeadingLines) -> int:
    """Return how many headings of a file stand in a layout too, anywhere."""
    there = list(known.texts.values())
    return sum(texts in there for texts in found.texts.values() if any(texts))
