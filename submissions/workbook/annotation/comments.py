"""
Comments of cells: the part with their texts, and the drawing (VML) with their boxes.

Our comments begin with SIGN, because spreadsheet programs keep texts and lose authors. By it
earlier annotations are recognised and replaced; what a person wrote above it stays.
"""

import re
from collections.abc import Iterator
from xml.sax.saxutils import quoteattr

from submissions.workbook.annotation.worksheet import Place, place
from submissions.workbook.cells import letters
from submissions.workbook.faults import Unreadable
from submissions.workbook.layout import MARK_SIGN as SIGN
from submissions.workbook.xml_patch import Element, XmlPatch, escape_text, tree

AUTHOR = "311"

# Prefix of threaded comments, which have a part of their own that is left alone.
THREADED = "tc="

# The longest comment that spreadsheet programs accept.
LONGEST = 8_000

SHAPES_IN_BLOCK = 1_000
LINE = 24  # characters, in a box of three columns

# For drawings that are not XML: some programs write <br> into boxes.
SHAPE = re.compile(rb"<(\w+):shape\s")
NOTE = re.compile(rb"<\w+:ClientData\s[^<>]*ObjectType=[\"']Note[\"']")
NOTE_ROW = re.compile(rb"<\w+:Row>\s*([0-9]{1,7})\s*</")
NOTE_COLUMN = re.compile(rb"<\w+:Column>\s*([0-9]{1,5})\s*</")
BLOCKS = re.compile(rb"(<\w+:idmap\s[^<>]*?data=[\"'])([0-9, ]*)")

SPACES = {
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "x": "urn:schemas-microsoft-com:office:excel",
}
DECLARED = " ".join(f'xmlns:{prefix}="{space}"' for prefix, space in SPACES.items())

NEW_DRAWING = (
    f'<xml {DECLARED}><o:shapelayout v:ext="edit">'
    '<o:idmap v:ext="edit" data="BLOCKS"/></o:shapelayout>'
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202"'
    ' path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>'
)
NEW_COMMENTS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<comments xmlns="{main}"><authors/><commentList/></comments>'
)


class Unwritable(Exception):
    """The structure of the comments allows no addition."""


class Comments:
    """
    The comments part of a sheet, and its changes.

    After write(): `gone` and `new` are the places whose boxes are to be removed or added,
    `kept_out` those without our comment because they have a threaded one.
    """

    def __init__(self, data: bytes) -> None:
        """Take the part. Raises Unwritable without its two lists."""
        self.data = data
        root = tree(data)
        authors, listed = root.child("authors"), root.child("commentList")
        if authors is None or listed is None:
            raise Unwritable
        self.authors, self.list = authors, listed
        self.by_place: dict[Place, Element] = {}
        for one in listed.children:
            if at := place(one.attributes.get("ref", "").replace("$", "")):
                self.by_place.setdefault(at, one)
        self.gone: list[Place] = []
        self.new: list[Place] = []
        self.kept_out: list[Place] = []

    def write(self, texts: dict[Place, str]) -> bytes:
        """Return the part with these comments of ours and no earlier ones."""
        patch = XmlPatch(self.data)
        ours = str(len(self.authors.children))
        for at, one in self.by_place.items():
            self._renew(patch, at, one, texts.get(at))
        p = self.list.prefix
        added = []
        for at in sorted(texts.keys() - self.by_place.keys()):
            self.new.append(at)
            text = escape_text(_cut(texts[at]))
            added.append(
                f'<{p}comment ref="{letters(at[1])}{at[0]}" authorId="{ours}"><{p}text>'
                f'<{p}t xml:space="preserve">{text}</{p}t></{p}text></{p}comment>'
            )
        if added:
            named = f"<{self.authors.prefix}author>{AUTHOR}</{self.authors.prefix}author>"
            patch.change(self.authors, append=named)
            patch.change(self.list, append="".join(added))
        return patch.done()

    def _renew(self, patch: XmlPatch, at: Place, one: Element, text: str | None) -> None:
        """Replace our text in an existing comment; None removes it."""
        body = one.child("text")
        pieces = list(body.each("t")) if body else []
        whole = "".join(piece.text for piece in pieces)
        found = whole.find(SIGN)
        before = whole[:found].rstrip() if found >= 0 else whole
        if text is None and found < 0:
            return
        if text is None and not before:
            patch.replace(one.start, one.end, b"")
            self.gone.append(at)
            return
        if body is None or self._is_threaded(one):
            if text is not None:
                self.kept_out.append(at)
            return
        p = body.prefix
        if text is not None and not before:
            alone = f'<{p}t xml:space="preserve">{escape_text(_cut(text))}</{p}t>'
            patch.replace(body.start, body.end, f"<{body.raw}>{alone}</{body.raw}>")
            return
        if found >= 0:
            self._cut_pieces(patch, pieces, len(before))
        if text is not None:
            gap = "\n\n"
            run = f'<{p}r><{p}t xml:space="preserve">{escape_text(gap + _cut(text))}</{p}t></{p}r>'
            tail = next((c for c in body.children if c.name in ("rPh", "phoneticPr")), None)
            if tail:
                patch.insert(tail.start, run)
            else:
                patch.change(body, append=run)

    def _is_threaded(self, one: Element) -> bool:
        """Return whether the comment is the placeholder of a threaded one."""
        number = one.attributes.get("authorId", "")
        authors = self.authors.children
        if not number.isdecimal() or int(number) >= len(authors):
            return False
        return authors[int(number)].text.startswith(THREADED)

    def _cut_pieces(self, patch: XmlPatch, pieces: list[Element], keep: int) -> None:
        """Cut the texts of a comment to so many characters."""
        for piece in pieces:
            kept = piece.text[: max(0, keep)]
            keep -= len(piece.text)
            if kept != piece.text and not piece.empty:
                patch.replace(piece.opened, piece.closing, escape_text(kept))


def _cut(text: str) -> str:
    """Return a text cut to the length of a comment."""
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def last_block(drawing: bytes) -> int:
    """Return the highest block of shape numbers in a drawing; 0 without one."""
    found = [number for _, data in BLOCKS.findall(drawing) for number in data.split(b",")]
    return max((int(n) for n in found if n.strip().isdigit() and len(n) < 9), default=0)


def redrawn(
    drawing: bytes | None, gone: list[Place], new: dict[Place, str], first_block: int
) -> bytes:
    """
    Return a drawing with boxes of comments removed and added.

    None makes a new one. New shapes are numbered in blocks from first_block on. Raises
    Unwritable if nothing can be added to the drawing.
    """
    count = -(-len(new) // SHAPES_IN_BLOCK)
    blocks = ",".join(str(first_block + at) for at in range(count))
    if drawing is None:
        drawing = NEW_DRAWING.replace("BLOCKS", blocks or str(first_block)).encode()
    elif new:
        drawing = BLOCKS.sub(
            lambda found: found[1] + b",".join(filter(None, (found[2], blocks.encode()))),
            drawing,
            count=1,
        )
    if gone:
        patch = XmlPatch(drawing)
        for start, end, at in boxes(drawing):
            if at in gone:
                patch.replace(start, end, b"")
        drawing = patch.done()
    if not new:
        return drawing
    end = drawing.rfind(b"</xml>")
    if end < 0:
        raise Unwritable
    shapes = [
        _shape(at, new[at], first_block + n // SHAPES_IN_BLOCK, n % SHAPES_IN_BLOCK)
        for n, at in enumerate(sorted(new))
    ]
    return drawing[:end] + "".join(shapes).encode() + drawing[end:]


def boxes(drawing: bytes) -> list[tuple[int, int, Place]]:
    """Return start, end and cell of the box of each comment in a drawing."""
    try:
        shapes = [(one.start, one.end) for one in tree(drawing).each("shape")]
    except Unreadable:
        shapes = list(_spans(drawing))
    found = []
    for start, end in shapes:
        shape = drawing[start:end]
        row, column = NOTE_ROW.search(shape), NOTE_COLUMN.search(shape)
        if row and column and NOTE.search(shape):
            found.append((start, end, (int(row[1]) + 1, int(column[1]) + 1)))
    return found


def _spans(drawing: bytes) -> Iterator[tuple[int, int]]:
    """Yield start and end of each shape of a drawing that is not XML."""
    at, never_closed = 0, set()
    while found := SHAPE.search(drawing, at):
        at = found.end()
        closing = b"</" + found[1] + b":shape>"
        if closing in never_closed:
            continue
        if (end := drawing.find(closing, at)) < 0:
            never_closed.add(closing)
            continue
        at = end + len(closing)
        yield found.start(), at


def _shape(at: Place, text: str, block: int, number: int) -> str:
    """Return the box of a comment, three columns wide and as high as its text."""
    row, column = at[0] - 1, at[1] - 1
    lines = sum(1 + len(line) // LINE for line in text.split("\n"))
    top, bottom = max(0, row - 1), max(0, row - 1) + min(30, lines + 2)
    anchor = f"{column + 1}, 15, {top}, 4, {column + 4}, 15, {bottom}, 4"
    name = quoteattr(f"_x0000_s{block * 1024 + 1 + number}")
    return (
        # The drawing may use other prefixes for these namespaces.
        f'<v:shape {DECLARED} id={name} type="#_x0000_t202"'
        ' style="position:absolute;visibility:hidden"'
        ' fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
        '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill>"
        f"<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
    )
