"""
How closely a paper is set in a Word document: chosen by counted lines, since nobody draws it here.

Lengths are points. The count is an estimate: fonts differ between machines, so some room is kept.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from unicodedata import east_asian_width

from submissions.papers.document.blocks import Block, Cell, Line, PaperTable
from submissions.papers.document.picture import HEIGHT, WIDTH

MILLIMETRE = 72 / 25.4
# What is written on: A4 within its margins.
PAGE_WIDTH, PAGE_HEIGHT = 182 * MILLIMETRE, 273 * MILLIMETRE
# The smallest letter of a paper: 五号.
SMALLEST = 10.5
# A table's own edges: what Word keeps free at both sides of a cell, and above and below its text.
CELL_SIDES, CELL_ABOVE = 2 * 5.4, 2
PICTURE_WIDTH = 44 * MILLIMETRE
PICTURE_HEIGHT = PICTURE_WIDTH * HEIGHT / WIDTH
# How much of one page, and of two, may be filled as counted: what stands together is not broken
# between pages.
FILLED = {1: 0.99, 2: 0.93}
# A Latin letter or figure, and a Chinese sign, in parts of the size.
NARROW, BROAD = 0.48, 1.0
# What programs leave free between the two.
BETWEEN = 0.2
# What is left for texts, at least, as a part of the page.
LEAST_TEXT = 1 / 6
# Kinds of columns whose lines are never broken.
UNBROKEN = ("picture", "number", "amount", "day")
# A column is that much broader than counted, so that no figure breaks.
BROADER = 1.1


@dataclass(frozen=True, slots=True)
class Density:
    """The size of the text, and how far its lines stand apart as a multiple of it."""

    size: float
    leading: float

    @property
    def table_size(self) -> float:
        """Return the size of a table's text."""
        return max(SMALLEST, self.size - 1)


CHINESE = (
    Density(14, 1.7), Density(13, 1.6), Density(12, 1.55), Density(12, 1.45),
    Density(11.5, 1.4), Density(11, 1.35), Density(10.5, 1.35), Density(10.5, 1.3),
    Density(10.5, 1.25),
)  # fmt: skip
# Latin letters are lower than Chinese signs, and need less between their lines.
LATIN = tuple(Density(one.size, round(one.leading * 0.88, 2)) for one in CHINESE)
# 小四, for pages that need not be filled.
ORDINARY = 12


def text_width(text: str, size: float) -> float:
    """Return about how long a text is on one line."""
    kinds = [east_asian_width(one) for one in text]
    # Dashes and quotation marks are as broad as the signs around them.
    full = "WFA" if "W" in kinds else "WF"
    broad = [one in full for one in kinds]
    changes = sum(one != after for one, after in zip(broad, broad[1:], strict=False))
    return size * (sum(BROAD if one else NARROW for one in broad) + BETWEEN * changes)


def lines_of(text: str, size: float, width: float) -> int:
    """Return about how many lines a text takes."""
    return max(1, ceil(text_width(text, size) / width))


def told(line: Line) -> str:
    """Return a line's text with a sign for that of a status."""
    return "".join(f"● {one.text}" if one.status else one.text for one in line)


def column_widths(table: PaperTable, size: float, width: float = PAGE_WIDTH) -> list[float]:
    """
    Return the columns' widths: what each needs, and what is wanting from the broadest texts.

    Pictures, figures and days are never narrowed, as long as a sixth is left for the texts.
    """
    wanted = [_wanted(table, at, size) for at in range(len(table.columns))]
    pictures = {at for at, one in enumerate(table.columns) if one.kind == "picture"}
    texts = {at for at, one in enumerate(table.columns) if one.kind not in UNBROKEN}
    if sum(wanted) <= width:
        return _shared(wanted, set(range(len(wanted))) - pictures, width)
    if width - sum(one for at, one in enumerate(wanted) if at not in texts) < width * LEAST_TEXT:
        return _shared(wanted, set(range(len(wanted))), width)
    while narrow := {at for at in texts if wanted[at] <= _left(wanted, texts, width) / len(texts)}:
        texts -= narrow
    return _shared(wanted, texts, width)


def _left(wanted: Sequence[float], some: Collection[int], width: float) -> float:
    """Return what all other columns leave for some."""
    return width - sum(one for at, one in enumerate(wanted) if at not in some)


def _shared(wanted: Sequence[float], some: Collection[int], width: float) -> list[float]:
    """Return the widths with what is left shared by some columns, as much as each needs."""
    share = _left(wanted, some, width) / sum(wanted[at] for at in some)
    return [one * share if at in some else one for at, one in enumerate(wanted)]


def _wanted(table: PaperTable, at: int, size: float) -> float:
    """Return how broad a column is if none of its lines breaks; its heading may."""
    column = table.columns[at]
    if column.kind == "picture":
        return PICTURE_WIDTH + CELL_SIDES
    # Chinese breaks anywhere, English between words.
    parts = column.heading.split() if column.heading.isascii() else []
    least = (
        max(text_width(one, size) for one in parts)
        if parts
        else (text_width(column.heading, size) / 2)
    )
    lines = [text_width(told(line), size) for row in table.rows for line in row[at].lines]
    return max([least, *lines, 2 * size]) * BROADER + CELL_SIDES


def height_of(blocks: Iterable[Block], density: Density) -> float:
    """Return about how high blocks are."""
    return sum(_height(block, density) for block in blocks)


def _height(block: Block, density: Density) -> float:
    line = density.size * density.leading
    if block.table:
        return _table_height(block.table, density)
    if block.kind == "cities":
        return line * ceil(len(block.lines) / CITIES_IN_A_ROW)
    if block.kind == "signatures":
        return line * 4
    if block.kind in ("heading", "subheading"):
        return line + density.size * 0.5
    room = PAGE_WIDTH - (density.size * 1.5 if block.kind in ("sentences", "bullets") else 0)
    return line * sum(lines_of(told(one), density.size, room) for one in block.lines)


CITIES_IN_A_ROW = 3


def _table_height(table: PaperTable, density: Density) -> float:
    size = density.table_size
    widths = column_widths(table, size)
    headings = [
        lines_of(one.heading, size, width - CELL_SIDES)
        for one, width in zip(table.columns, widths, strict=True)
    ]
    rows = [_row_height(row, widths, density) for row in table.rows]
    return max(headings) * size * density.leading + CELL_ABOVE + sum(rows)


def _row_height(row: Sequence[Cell], widths: Sequence[float], density: Density) -> float:
    size = density.table_size
    heights = [
        sum(lines_of(told(line), size, width - CELL_SIDES) for line in cell.lines)
        * size
        * density.leading
        for cell, width in zip(row, widths, strict=True)
    ]
    pictures = [PICTURE_HEIGHT + 2 for cell in row if cell.picture]
    return max([*heights, *pictures, size * density.leading]) + CELL_ABOVE


def chosen(heights: Sequence[tuple[Density, float]]) -> Density:
    """
    Return the roomiest density at which something fits on one page, else on two, else the closest.

    heights come the roomiest first. What takes two pages is set roomily, so that the second is not
    nearly empty.
    """
    for pages, filled in FILLED.items():
        for density, height in heights:
            if height <= pages * PAGE_HEIGHT * filled:
                return density
    return heights[-1][0]
