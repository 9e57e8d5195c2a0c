"""
Annotates the user's own workbook: findings in its cells, and a list of them in front.

Nothing is parsed into a model and written again: styles and comments are added, cells get other
style numbers, and every other byte of every part stays, so charts, pictures, formulas with their
results, drop-downs and anything else survive.
"""

import io
from collections.abc import Iterable
from pathlib import Path

from submissions.workbook import limits
from submissions.workbook.annotation.annotation import Annotation, Answer, MarkedWorkbook, Wording
from submissions.workbook.annotation.binary_copy import as_xlsx
from submissions.workbook.annotation.comments import (
    NEW_COMMENTS,
    SHAPES_IN_BLOCK,
    Comments,
    Unwritable,
    last_block,
    redrawn,
)
from submissions.workbook.annotation.index_sheet import IndexLine, IndexStyles, index_sheet, target
from submissions.workbook.annotation.package_writer import TYPE, VML_TYPE, Package, at_front
from submissions.workbook.annotation.plain_workbook import (
    MAIN,
    PlainSheet,
    plain_styles,
    text_sheet,
    workbook,
)
from submissions.workbook.annotation.styles import COLOURS, GREY, PLAIN, Styles, Unstyled
from submissions.workbook.annotation.worksheet import (
    Place,
    SheetPart,
    anchors,
    place,
    shown_at,
    unselected,
)
from submissions.workbook.cell_values import NotWritable, with_values
from submissions.workbook.cells import Row, letters
from submissions.workbook.faults import Faults, Unreadable
from submissions.workbook.layout import ENTERPRISES, INDEX_SHEET, MARK_SIGN
from submissions.workbook.package import BROKEN, PackageFile
from submissions.workbook.reading import delimited
from submissions.workbook.reading.container import CSV, XLS, identify
from submissions.workbook.reading.headings import find_header

# How many cells a sentence lists.
LISTED = 10


def marked(
    original: Path,
    findings: Iterable[Annotation],
    wording: Wording | None = None,
    answers: Iterable[Answer] = (),
) -> MarkedWorkbook:
    """
    Return a file with annotations in its cells and answers in 说明, as .xlsx.

    A csv or an .xls becomes one first.

    Where the file does not allow it, the index alone with the reason. Raises nothing for the
    content of a file, but may use much time and memory: the web process calls mark_sandboxed().
    """
    marks = list(findings)
    wording = wording or Wording()
    try:
        form = identify(original, original.name, Faults())
        with PackageFile(_source(original, form)) as archive:
            marking = _Marking(archive, marks, wording, answers)
            if form == XLS:
                marking.lost.append(wording.converted)
            done = marking.done()
    except (Unreadable, *BROKEN, ValueError, LookupError, AttributeError):
        return index_only(marks, wording, wording.unreadable)
    except MemoryError:
        return index_only(marks, wording, wording.died)
    if len(done.bytes) > limits.FILE_SIZE:
        return index_only(marks, wording, wording.too_large)
    return done


def index_only(marks: list[Annotation], wording: Wording, reason: str) -> MarkedWorkbook:
    """Return a workbook with the index alone and the reason for that."""
    lost = [wording.index_only % {"reason": reason}]
    styles = plain_styles()
    xml = _index(marks, wording, lost, styles, MAIN, [])
    only = workbook([PlainSheet(INDEX_SHEET, xml)], styles)
    return MarkedWorkbook(only, complete=False, lost=lost)


def _source(original: Path, form: str) -> Path | io.BytesIO:
    """Return the workbook to annotate: the file, or a copy of an .xls, or a csv's lines."""
    if form == XLS:
        return io.BytesIO(as_xlsx(original))
    if form != CSV:
        return original

    def headings_found(rows: list[Row]) -> int:
        header = find_header(rows, ENTERPRISES)
        return len(header.columns) if header else 0

    styles = plain_styles()
    xml = text_sheet(delimited.read_rows(original, headings_found), styles.words(code=True))
    return io.BytesIO(workbook([PlainSheet(ENTERPRISES.sheet, xml)], styles))


class _Marking:
    """One workbook being annotated."""

    def __init__(
        self,
        archive: PackageFile,
        marks: list[Annotation],
        wording: Wording,
        answers: Iterable[Answer],
    ) -> None:
        """Take an open workbook and read its styles."""
        self.answers = list(answers)
        self.marks, self.wording = marks, wording
        self.package = Package(archive)
        self.lost: list[str] = []
        self.threaded: list[str] = []
        self.uncommented: list[str] = []
        self.styles_part = self.package.part_of_kind("styles")
        self.styles = self._open_styles()
        self.sheets = {
            element.attributes.get("name", ""): part
            for element, kind, part in self.package.sheets()
            if kind == "worksheet" and self.package.has(part)
        }
        if not self.sheets:
            raise Unreadable("E116")
        self.block = 1 + max(
            (
                last_block(self.package.read(name))
                for name in self.package.archive.namelist()
                if name.lower().endswith(".vml")
            ),
            default=0,
        )

    def done(self) -> MarkedWorkbook:
        """Return the annotated workbook: earlier annotations removed, index added."""
        for sheet, part in self.sheets.items():
            if sheet != INDEX_SHEET:
                self._mark_sheet(sheet, part)
                self._answer_in(sheet, part)
        for _element, _kind, part in self.package.sheets():
            if self.package.has(part):
                self.package.write(part, unselected(self.package.read(part)))
        self._say_what_is_lost()
        self._put_index()
        if self.styles:
            self.package.write(self.styles_part, self.styles.done())
        complete = not (self.uncommented or self.threaded or self.styles is None)
        return MarkedWorkbook(self.package.saved(), complete, self.lost)

    def _open_styles(self) -> Styles | None:
        """Return the workbook's styles, new ones if it has none; None if none can be added."""
        if self.styles_part is None:
            package = self.package
            # Some programs read styles only under this name.
            self.styles_part = "xl/styles.xml"
            package.write(self.styles_part, PLAIN.format(main=package.space))
            package.relate(package.main, "styles", self.styles_part)
            package.declare(self.styles_part, TYPE.format("styles"))
        try:
            return Styles(self.package.read(self.styles_part))
        except Unstyled:
            return None

    def _mark_sheet(self, sheet: str, part: str) -> None:
        """Annotate the cells of one sheet, and remove earlier annotations."""
        data = self.package.read(part)
        merged = anchors(data)
        by_place: dict[Place, list[Annotation]] = {}
        for mark in self.marks:
            at = place(mark.cell) if mark.sheet == sheet else None
            if at:
                by_place.setdefault(shown_at(at, merged), []).append(mark)
        ours = {str(style) for style in self.styles.marked} if self.styles else set()
        if not by_place and not ours and not self._comments_part(part):
            return
        found = SheetPart(data, set(by_place), ours)
        drawing = self._comment(sheet, part, found, by_place)
        if self.styles is None:
            by_place, ours = {}, set()
        fills = {at: _gravest(some) for at, some in by_place.items()}
        filled = self.styles.filled if self.styles else None
        cleared = self.styles.cleared if self.styles else None
        self.package.write(part, found.restyled(fills, filled, cleared, drawing))

    def _answer_in(self, sheet: str, part: str) -> None:
        """Write the answers into a sheet's cells; those that hold a formula stay."""
        values = {
            at: one.text for one in self.answers if one.sheet == sheet and (at := place(one.cell))
        }
        while values:
            try:
                data, formulas = with_values(self.package.read(part), values)
            except NotWritable as formula:
                formulas = {place(formula.cell)}
            if not formulas:
                self.package.write(part, data)
                return
            values = {at: text for at, text in values.items() if at not in formulas}

    def _comments_part(self, part: str) -> str | None:
        """Return the comments part of a sheet; None without one."""
        related = self.package.relations(part).values()
        return next((p for kind, p in related if kind == "comments" and self.package.has(p)), None)

    def _comment(
        self, sheet: str, part: str, found: SheetPart, by_place: dict[Place, list[Annotation]]
    ) -> str | None:
        """Write a sheet's comments; return the element of their drawing if a new one is needed."""
        package = self.package
        texts = {at: _comment_text(some, at, self.wording) for at, some in by_place.items()}
        comments_part = self._comments_part(part)
        drawing_part = package.relations(part).get(found.drawing or "", ("", None))[1]
        if comments_part is None and not texts:
            return None
        try:
            if found.drawing and not (drawing_part and package.has(drawing_part)):
                raise Unwritable
            old = package.read(comments_part) if comments_part else b""
            comments = Comments(old or NEW_COMMENTS.format(main=package.space).encode())
            written = comments.write(texts)
            new = {at: texts[at] for at in comments.new}
            drawing = None
            if new or comments.gone:
                before = package.read(drawing_part) if drawing_part else None
                if before is None:
                    # The existing comments had no boxes either.
                    new |= {at: "" for at in comments.by_place.keys() - set(comments.gone)}
                drawing = redrawn(before, comments.gone, new, self.block)
                self.block += 1 + len(new) // SHAPES_IN_BLOCK
        except Unwritable:
            self.uncommented.append(sheet)
            return None
        self.threaded += [f"{sheet}!{letters(at[1])}{at[0]}" for at in comments.kept_out]
        if comments_part is None:
            comments_part = package.new_part("xl/comments{}.xml")
            package.relate(part, "comments", comments_part)
            package.declare(comments_part, TYPE.format("comments"))
        package.write(comments_part, written)
        return self._draw(part, found, drawing_part, drawing)

    def _draw(
        self, part: str, found: SheetPart, drawing_part: str | None, drawing: bytes | None
    ) -> str | None:
        """Write the drawing of a sheet's comments; return the element of a new one."""
        if drawing is None:
            return None
        package = self.package
        if drawing_part:
            package.write(drawing_part, drawing)
            return None
        drawing_part = package.new_part("xl/drawings/vmlDrawing{}.vml")
        identity = package.relate(part, "vmlDrawing", drawing_part)
        package.declare(drawing_part, VML_TYPE)
        package.write(drawing_part, drawing)
        types = package.relation_types
        return f'<{found.prefix}legacyDrawing xmlns:r="{types}" r:id="{identity}"/>'

    def _say_what_is_lost(self) -> None:
        """Add sentences about what could not be annotated."""
        wording = self.wording
        if self.styles is None:
            self.lost.append(wording.no_colour)
        for words, places in (
            (wording.no_comments, self.uncommented),
            (wording.threaded, self.threaded),
        ):
            if places:
                listed = ", ".join(places[:LISTED]) + (" …" if len(places) > LISTED else "")
                self.lost.append(words % {"places": listed})
        if any(name.startswith("_xmlsignatures/") for name in self.package.archive.namelist()):
            self.lost.append(wording.signature)

    def _put_index(self) -> None:
        """Write the index, into the sheet of its name if the workbook has one."""
        package = self.package
        part = self.sheets.get(INDEX_SHEET) or package.new_part("xl/worksheets/sheet{}.xml")
        linked = [sheet for sheet in self.sheets if sheet != INDEX_SHEET]
        xml = _index(self.marks, self.wording, self.lost, self.styles, package.space, linked)
        package.write(part, xml)
        at_front(package, INDEX_SHEET, part)


def _index(
    marks: list[Annotation],
    wording: Wording,
    lost: list[str],
    styles: Styles | None,
    space: str,
    linked: Iterable[str],
) -> str:
    """Return the index sheet; findings in the sheets `linked` have a link to their cell."""
    looks = (
        IndexStyles()
        if styles is None
        else IndexStyles(
            title=styles.words(bold=True),
            note=styles.words(),
            heading=styles.words(bold=True, colour=GREY),
            text=styles.words(),
            link=styles.words(link=True),
            mandatory=styles.words(colour=COLOURS["mandatory"]),
            advisory=styles.words(colour=COLOURS["advisory"]),
        )
    )
    linked = set(linked)
    entries = [
        IndexLine(
            (
                wording.level_of(mark.severity),
                mark.code,
                mark.sheet or wording.whole_file,
                mark.cell or ("→" if mark.sheet in linked else ""),
                mark.message,
                mark.remedy,
                mark.remark,
            ),
            mark.severity,
            target(mark.sheet, mark.cell if place(mark.cell) else None)
            if mark.sheet in linked
            else "",
        )
        for mark in marks
    ]
    number = {severity: 0 for severity in COLOURS}
    for mark in marks:
        if mark.severity in number:
            number[mark.severity] += 1
    notes = [wording.counts % number, *lost]
    if linked:
        notes += [wording.colours, wording.keep]
    return index_sheet(wording.title, notes, wording.headings(), entries, looks, space)


def _gravest(marks: list[Annotation]) -> str:
    """Return the severity that decides the fill of a cell."""
    return "mandatory" if any(mark.severity == "mandatory" for mark in marks) else "advisory"


def _comment_text(marks: list[Annotation], at: Place, wording: Wording) -> str:
    """Return the text of a cell's comment: each finding, its remedy and its remark."""
    paragraphs = [MARK_SIGN]
    for mark in marks:
        # In a merged range the comment is in its first cell.
        other = f" {mark.cell}" if place(mark.cell) != at else ""
        lines = [f"{wording.level_of(mark.severity)} {mark.code}{other}".rstrip(), mark.message]
        if mark.remedy:
            lines.append(f"→ {mark.remedy}")
        if mark.remark:
            lines.append(f"{wording.remark}: {mark.remark}")
        paragraphs.append("\n".join(lines))
    return "\n\n".join(paragraphs)
