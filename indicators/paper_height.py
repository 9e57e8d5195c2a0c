"""
How high a briefing stands on its page: static/css/components/paper.css, computed beforehand.

A page cannot be asked how high it is before it is drawn, and is to be one A4 sheet. All lengths
are in em of the sheet's own letters.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from clusters.language import in_chinese

# What the margins leave of an A4 page, in points, with a hundredth of the height to spare.
WIDTH, HEIGHT = 504.5, 773.8 * 0.99


@dataclass(frozen=True)
class Density:
    """How close the lines of a sheet stand: its letters in points, and its lines in em."""

    letters: float
    line: float


CHINESE = {
    "roomy": Density(10.5, 1.45),
    "close": Density(9.5, 1.36),
    "closer": Density(8.9, 1.32),
    "tight": Density(8.25, 1.28),
}
ENGLISH = {
    "roomy": Density(10.5, 1.35),
    "close": Density(9.5, 1.27),
    "closer": Density(8.6, 1.22),
    "tight": Density(7.75, 1.18),
}

# Below each paragraph and item, and beside the items of a list.
GAP, INDENT = 0.25, 1.6
# A row of a table by its first line and for each one more; a section's heading with its room.
ROW, ROW_MORE, HEADING = 1.66, 1.28, 2.45
# Of a table's width, its first column; in signs of its own, smaller, letters.
NAMES_OF_CHANGES, NAMES_OF_CLUSTERS = 0.36, 0.3
FOOT_LINE = 1.19
# What a note's day and the marks around it take, in signs.
NOTE_SIGNED = 9
# What the line on building blocks takes in either language, and what is said of those overdue.
BLOCKS, BLOCKS_OVERDUE = 33, 37


def fitting(sheet: Mapping[str, Any]) -> str:
    """Return the roomiest density at which a sheet fits on one page; "" if none."""
    densities = CHINESE if in_chinese() else ENGLISH
    for name, density in densities.items():
        if height(sheet, density) * density.letters <= HEIGHT:
            return name
    return ""


def height(sheet: Mapping[str, Any], at: Density) -> float:
    """Return how high a sheet is at a density, in em."""
    signs = WIDTH / at.letters
    parts = (_head, _targets, _laggards, _changes, _clusters, _notes, _foot)
    return sum(part(sheet, at, signs) for part in parts)


def _head(sheet: Mapping[str, Any], at: Density, signs: float) -> float:
    subtitle = sheet["plan"]["title"] if sheet["plan"] else ""
    mark = 0.85 * at.line + GAP if sheet["demonstration"] else 0
    return mark + 2.65 + _paragraph(subtitle, at, signs) + 0.95 * at.line + 0.95


def _targets(sheet: Mapping[str, Any], at: Density, signs: float) -> float:
    high = HEADING
    for one in sheet["targets"]:
        high += 1.4 * _wrapped(_headline(one), signs) + GAP
        high += sum(_paragraph(text, at, signs - INDENT) for text in one["sentences"]) + GAP
    return high


def _headline(one: Mapping[str, Any]) -> float:
    """Return how many signs a target's first line is wide: its name, and all that stands beside."""
    beside = sum(_width(one.get(key) or "") for key in ("shown", "moved_target"))
    # The standing, the projection, and what is expected.
    return _width(one["name"]) + beside + 22 + (14 if one.get("expected_standing") else 0)


def _laggards(sheet: Mapping[str, Any], at: Density, signs: float) -> float:
    number = len(sheet["laggards"])
    # In English four cities' states are longer than a line.
    lines = 1 if in_chinese() or number < 4 else 2
    return HEADING + (-(-number // 4) or 1) * lines * at.line + GAP


def _changes(sheet: Mapping[str, Any], at: Density, signs: float) -> float:
    high = HEADING + at.line + GAP
    if sheet["changes"]:
        names = signs * NAMES_OF_CHANGES
        if not in_chinese() and any(one.get("kind") == "amount" for one in sheet["changes"]):
            # Three amounts with "hundred million yuan" leave half as much.
            names /= 2
        # The table's head, and the line that says how many more there are.
        high += ROW + at.line + GAP
        high += _rows((one["thing"] for one in sheet["changes"]), names, _of_measure())
    return high


def _of_measure() -> int:
    """Return how many signs a measure takes beside the thing that it is of."""
    return 6 if in_chinese() else 8


def _clusters(sheet: Mapping[str, Any], at: Density, signs: float) -> float:
    head = ROW if in_chinese() else ROW + ROW_MORE
    # Why their sum is not disclosed stands beneath the table.
    parks = ROW + (FOOT_LINE + GAP if sheet.get("parks", {}).get("withheld") else 0)
    rows = _rows((one["name"] for one in sheet["clusters"]), signs * NAMES_OF_CLUSTERS)
    tiers = sum(_width(one["name"]) + 5 for one in sheet["enterprises"]["tiers"])
    register = max(1, -(-(tiers + 40) // signs)) * at.line + GAP
    return HEADING + head + rows + parks + register + _blocks(sheet, at, signs)


def _blocks(sheet: Mapping[str, Any], at: Density, signs: float) -> float:
    """Return the height of the line on building blocks, which is longer where some are overdue."""
    if not (blocks := sheet.get("blocks")):
        return 0
    width = BLOCKS + (BLOCKS_OVERDUE if blocks["overdue"] else 0)
    return _wrapped(width, signs) * at.line + GAP


def _notes(sheet: Mapping[str, Any], at: Density, signs: float) -> float:
    """Return the height of the explanations, and of the line that says how many are left out."""
    notes = sheet.get("notes", ())
    more = at.line + GAP if sheet.get("more_notes") else 0
    # With the author's name, the day and their punctuation beside the words.
    signed = "－" * NOTE_SIGNED
    lines = sum(
        _paragraph(f"{one['name']}{one['text']}{one['by']}{signed}", at, signs - INDENT)
        for one in notes
    )
    return (HEADING if notes or more else 0) + lines + more


def _foot(sheet: Mapping[str, Any], at: Density, signs: float) -> float:
    lines = 2 if in_chinese() else 4
    hashed = FOOT_LINE + GAP if sheet["sha256"] else 0
    return 1.1 + lines * FOOT_LINE + 2 * GAP + hashed


def _rows(names: Iterable[str], signs: float, beside: float = 0) -> float:
    widths = (_width(name) + beside for name in names)
    return sum(ROW + ROW_MORE * (_wrapped(width, signs) - 1) for width in widths)


def _paragraph(text: str, at: Density, signs: float) -> float:
    return _lines(text, signs) * at.line + GAP


def _lines(text: str, signs: float) -> float:
    """Return how many lines a text takes."""
    return _wrapped(_width(text), signs)


def _wrapped(width: float, signs: float) -> float:
    return max(1, -(-width // max(signs, 1)))


def _width(text: str) -> float:
    """Return how many signs a text is wide: a narrow one is a half."""
    return sum(1 if ord(sign) > 0x2E7F else 0.5 for sign in text)
