"""
A paper as blocks: headings, lines of text, lists and tables, in the reader's language.

briefing_blocks and assessment_blocks compute them from the frozen data; the pages
(templates/submissions/_paper.html) and the Word document (word_file) draw them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from foundation.statuses import status_word
from submissions.papers.document.picture import Picture

NONE = "–"


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line: its text, kind (strong, mark or hash; empty for plain text), status."""

    text: str
    kind: str = ""
    status: str = ""


Line = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class PaperColumn:
    """
    A column of a paper's table: its heading and its kind.

    kind  name, text, day, number, amount, picture or file (its name and hash)
    """

    heading: str
    kind: str

    @property
    def is_number(self) -> bool:
        """Return whether it is set to the right."""
        return self.kind in ("number", "amount")


@dataclass(frozen=True, slots=True)
class Cell:
    """
    A cell of a paper's table.

    lines    what it says
    why      why its figure is withheld, else empty
    picture  what it shows in place of a text
    """

    lines: tuple[Line, ...] = ()
    why: str = ""
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class PaperTable:
    """A table of a paper; label names it for those who hear the page."""

    label: str
    columns: tuple[PaperColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def cells(self) -> list[list[tuple[PaperColumn, Cell]]]:
        """Return the rows, each cell with its column."""
        return [list(zip(self.columns, row, strict=True)) for row in self.rows]


@dataclass(frozen=True, slots=True)
class Block:
    """
    A part of a paper.

    kind   heading, subheading, text, answer, target, note (all of one line); sentences, bullets,
           cities, signatures (a list of lines); table
    lang   the language of a text that is always in one language; else empty
    """

    kind: str
    lines: tuple[Line, ...] = ()
    table: PaperTable | None = None
    lang: str = ""


Section = tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class PaperPages:
    """
    A whole paper.

    label    what kind of paper it is
    draft    the word across a draft; empty for an issued paper
    mark     that the data are made up; None if they are not
    head     number, period and day
    first    the sections of the first page, which goes on to a second only where it must
    further  the sections of the pages after it
    foot     what the paper rests on, at its end
    """

    label: str
    title: str
    subtitle: str
    draft: str
    mark: Line | None
    head: tuple[str, ...]
    first: tuple[Section, ...]
    further: tuple[Section, ...]
    foot: tuple[Line, ...]

    @property
    def watermark(self) -> str:
        """Return the words across each page, a line each: that it is a draft, or made up."""
        made_up = self.mark[0].text if self.mark else ""
        return "\n".join(one for one in (self.draft, made_up) if one)


def line(*parts: str | Piece) -> Line:
    """Return a line of texts and pieces; empty texts are left out."""
    pieces = (Piece(part) if isinstance(part, str) else part for part in parts)
    return tuple(one for one in pieces if one.text)


def strong(text: str) -> Piece:
    """Return a text in bold."""
    return Piece(text, "strong")


def status(code: str) -> Piece:
    """Return a status with its word. Raises KeyError for one that there is not."""
    return Piece(status_word(code), status=code)


def text(*parts: str | Piece, lang: str = "") -> Block:
    """Return a paragraph."""
    return Block("text", (line(*parts),), lang=lang)


def heading(words: str) -> Block:
    """Return a section's heading."""
    return Block("heading", (line(words),))


def listing(kind: str, lines: Iterable[Line]) -> Block:
    """Return a list of a kind of Block."""
    return Block(kind, tuple(lines))


def table(
    label: str,
    columns: Sequence[tuple[str, str]],
    rows: Iterable[Sequence[Cell | Piece | str]],
) -> Block:
    """Return a table of headings with their columns' kinds, and of rows."""
    made = tuple(tuple(_cell(one) for one in row) for row in rows)
    named = tuple(PaperColumn(heading, kind) for heading, kind in columns)
    return Block("table", table=PaperTable(label, named, made))


def _cell(content: Cell | Piece | str) -> Cell:
    return content if isinstance(content, Cell) else cell(line(content))


def cell(*lines: Line) -> Cell:
    """Return a cell of lines; empty ones are left out."""
    return Cell(tuple(one for one in lines if one))


def withheld_cell(why: str) -> Cell:
    """Return a cell whose figure is not disclosed."""
    return Cell((line(_("Not disclosed")),), why)


def and_then(parts: Iterable[str | Piece], separator: str) -> list[str | Piece]:
    """Return parts with a separator between each two."""
    joined: list[str | Piece] = []
    for part in parts:
        joined += [separator, part] if joined else [part]
    return joined
