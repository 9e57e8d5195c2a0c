"""
A paper as .docx, for Word, WPS and LibreOffice.

It is drawn from the same blocks as the page (templates/submissions/_paper.html), so the two say
the same. Fonts bear the names that official documents use, and each names what stands in for it
where it is not installed. No letter is smaller than 五号 (10.5 pt).
"""

from collections.abc import Iterable, Mapping
from io import BytesIO
from itertools import count
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt, RGBColor

from foundation.language import in_chinese
from foundation.statuses import status_shape, status_tone
from submissions.papers.document.assessment_blocks import assessment_paper
from submissions.papers.document.blocks import Block, Cell, Line, PaperPages, PaperTable
from submissions.papers.document.briefing_blocks import briefing_paper
from submissions.papers.document.word_layout import (
    CHINESE,
    CITIES_IN_A_ROW,
    LATIN,
    ORDINARY,
    PAGE_WIDTH,
    PICTURE_WIDTH,
    Density,
    chosen,
    column_widths,
    height_of,
    lines_of,
)
from submissions.papers.document.word_picture import picture_run

SONG, HEI, FANG = "方正小标宋简体", "黑体", "仿宋_GB2312"
# Letters and figures: those of a Chinese font are set too far apart for a table.
LATIN_FONT = "Times New Roman"
# What Word and WPS take where a font is missing.
STANDS_IN = {SONG: "宋体", HEI: "SimHei", FANG: "仿宋"}
SHAPES = {
    "check": "✔",
    "disc": "●",
    "triangle": "▼",
    "diamond": "◆",
    "square": "■",
    "ring": "○",
    "half": "◐",
    "dash": "－",
    "dotted": "◌",
    "late": "✔",
    "plus": "＋",
    "hourglass": "⧗",
}
# The colours of the tones, as the page has them on paper (tokens.css).
TONES = {
    "good": "00624F",
    "fair": "7A5200",
    "poor": "A04200",
    "bad": "9C1C1C",
    "wait": "33507A",
    "open": "50565E",
}
TITLE = 1.6
CENTRE = WD_ALIGN_PARAGRAPH.CENTER


def briefing_document(sheet: Mapping[str, Any]) -> bytes:
    """Return a briefing as a document: one A4 page, or two where one cannot hold it legibly."""
    return document(briefing_paper(sheet))


def assessment_document(sheet: Mapping[str, Any]) -> bytes:
    """Return a closing assessment as a document: a page to be signed, and those that prove it."""
    return document(assessment_paper(sheet))


def document(paper: PaperPages) -> bytes:
    """Return a paper as a document."""
    writer = _Writer(Document(), _density(paper))
    _lay_out(writer.made)
    writer.running(paper)
    writer.head(paper)
    first = [block for section in paper.first for block in section]
    writer.blocks(first)
    if paper.further:
        writer.made.add_page_break()
        writer.density = next(one for one in _densities() if one.size == ORDINARY)
        writer.blocks(block for section in paper.further for block in section)
    for line in paper.foot:
        writer.line(line)
    written = BytesIO()
    writer.made.save(written)
    return written.getvalue()


def text_of(line: Line) -> str:
    """Return what a line says, its status shapes as signs."""
    said = (
        f"{SHAPES[status_shape(one.status)]} {one.text}" if one.status else one.text for one in line
    )
    return "".join(said)


def _densities() -> tuple[Density, ...]:
    return CHINESE if in_chinese() else LATIN


def _density(paper: PaperPages) -> Density:
    """Return how closely the first page is set: as roomily as it fits."""
    blocks = [block for section in paper.first for block in section]
    foot = () if paper.further else paper.foot
    return chosen([(one, _height(paper, blocks, foot, one)) for one in _densities()])


def _height(
    paper: PaperPages, blocks: Iterable[Block], foot: Iterable[Line], density: Density
) -> float:
    """Return about how high a first page is: head, blocks and foot."""
    line = density.size * density.leading
    title = lines_of(paper.title, density.size * TITLE, PAGE_WIDTH) * TITLE * line
    lines = [paper.subtitle, " · ".join(paper.head), *map(text_of, foot)]
    said = sum(lines_of(one, density.size, PAGE_WIDTH) for one in lines if one)
    return title + said * line + density.size + height_of(blocks, density)


def _lay_out(made: Any) -> None:
    """Set paper, margins and the fonts' stand-ins."""
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(12)
    section.header_distance = section.footer_distance = Mm(6)
    section.left_margin = section.right_margin = Mm(14)
    normal = made.styles["Normal"]
    normal.font.size = Pt(ORDINARY)
    _font(normal.element.get_or_add_rPr(), FANG)
    spacing = normal.paragraph_format
    spacing.space_before = spacing.space_after = Pt(0)
    _name_stand_ins(made)


def _name_stand_ins(made: Any) -> None:
    """Say in the document's own font table what stands in for each font."""
    fonts = made.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    root = parse_xml(fonts.blob)
    for name, other in STANDS_IN.items():
        font = OxmlElement("w:font", {qn("w:name"): name})
        font.append(OxmlElement("w:altName", {qn("w:val"): other}))
        root.append(font)
    fonts._blob = serialize_part_xml(root)


class _Writer:
    """Writes a paper's blocks into a document, at a density."""

    def __init__(self, made: Any, density: Density) -> None:
        self.made, self.density = made, density
        self.pictures = count(1)

    def running(self, paper: PaperPages) -> None:
        """Write what stands on each page: the draft's word, that data are made up; the number."""
        section = self.made.sections[0]
        above, below = section.header.paragraphs[0], section.footer.paragraphs[0]
        said = [f"【{paper.draft}】" if paper.draft else "", text_of(paper.mark or ())]
        above.alignment = below.alignment = CENTRE
        _run(above, "  ".join(one for one in said if one), 10.5, HEI)
        _run(below, "— ", 10.5, FANG)
        _field(below, "PAGE")
        _run(below, " / ", 10.5, FANG)
        _field(below, "NUMPAGES")
        _run(below, " —", 10.5, FANG)

    def head(self, paper: PaperPages) -> None:
        """Write title, plan, and number, period and day with the double rule beneath them."""
        size = self.density.size
        self.text(paper.title, size * TITLE, font=SONG).alignment = CENTRE
        if paper.subtitle:
            self.text(paper.subtitle).alignment = CENTRE
        line = self.text(" · ".join(paper.head))
        line.alignment = CENTRE
        borders = _rule_beneath("w:pBdr", val="thickThinSmallGap", sz="18", space="3")
        line._p.get_or_add_pPr().append(borders)

    def blocks(self, blocks: Iterable[Block]) -> None:
        """Write blocks in their order."""
        for block in blocks:
            self.block(block)

    def block(self, block: Block) -> None:
        """Write one block."""
        if block.table:
            self.table(block.table)
        elif block.kind == "cities":
            self.cities(block.lines)
        elif block.kind == "signatures":
            self.signatures(block.lines)
        elif block.kind in ("sentences", "bullets"):
            self.items(block)
        elif block.kind in ("heading", "subheading"):
            added = self.line(block.lines[0], font=HEI)
            added.paragraph_format.space_before = Pt(self.density.size * 0.5)
            added.paragraph_format.keep_with_next = True
        else:
            self.line(block.lines[0], bold=block.kind in ("target", "answer"))

    def items(self, block: Block) -> None:
        """Write a list's items: sentences are numbered."""
        size = self.density.size
        for at, line in enumerate(block.lines, start=1):
            added = self.text(f"{at}. " if block.kind == "sentences" else "· ")
            _line(added, line, size)
            added.paragraph_format.left_indent = Pt(size * 1.5)
            added.paragraph_format.first_line_indent = Pt(-size * 1.2)

    def cities(self, lines: Iterable[Line]) -> None:
        """Write the cities, several in a row."""
        every = list(lines)
        for at in range(0, len(every), CITIES_IN_A_ROW):
            added = self.text("")
            for stop, line in enumerate(every[at : at + CITIES_IN_A_ROW]):
                if stop:
                    _run(added, "\t", self.density.size, FANG)
                _line(added, line, self.density.size)
                tab = Pt(PAGE_WIDTH / CITIES_IN_A_ROW * (stop + 1))
                added.paragraph_format.tab_stops.add_tab_stop(tab)

    def signatures(self, lines: Iterable[Line]) -> None:
        """Write the lines to sign on: a cell for each, ruled beneath."""
        every = list(lines)
        self.text("")
        laid = self.made.add_table(rows=1, cols=len(every))
        for cell, line in zip(laid.rows[0].cells, every, strict=True):
            self.in_cell(cell.paragraphs[0], line, FANG)
            cell.paragraphs[0].paragraph_format.space_before = Pt(self.density.size * 1.5)
            borders = _rule_beneath("w:tcBorders", val="single", sz="6", color="auto")
            cell._tc.get_or_add_tcPr().append(borders)

    def table(self, table: PaperTable) -> None:
        """Write a table: numbers to the right, headings repeated on a next page, rows whole."""
        laid = self.made.add_table(rows=0, cols=len(table.columns))
        laid.style, laid.autofit = "Table Grid", False
        laid.alignment = WD_TABLE_ALIGNMENT.CENTER
        heads = laid.add_row()
        for cell, column in zip(heads.cells, table.columns, strict=True):
            _run(cell.paragraphs[0], column.heading, self.density.table_size, HEI)
        for cell in heads.cells:
            self.set_lines(cell)
        for row in table.rows:
            for cell, given in zip(laid.add_row().cells, row, strict=True):
                self.cell(cell, given)
        for row in laid.rows:
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for column, made, width in zip(
            table.columns, laid.columns, column_widths(table, self.density.table_size), strict=True
        ):
            made.width = Pt(width)
            for cell in made.cells:
                cell.width = Pt(width)
                if column.is_number:
                    for paragraph in cell.paragraphs:
                        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        heads._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))

    def cell(self, cell: Any, given: Cell) -> None:
        """Write a cell: its lines, or its picture."""
        paragraph = cell.paragraphs[0]
        for at, line in enumerate(given.lines):
            self.in_cell(cell.add_paragraph() if at else paragraph, line, FANG)
        if given.picture:
            # As high as it is: lines of a fixed height would cut it.
            paragraph._p.append(picture_run(given.picture, PICTURE_WIDTH, next(self.pictures)))
        else:
            self.set_lines(cell)

    def in_cell(self, paragraph: Any, line: Line, font: str) -> None:
        """Write a line of a cell."""
        _line(paragraph, line, self.density.table_size, font)

    def set_lines(self, cell: Any) -> None:
        """Set a cell's lines as far apart as the density has it."""
        for paragraph in cell.paragraphs:
            exact = Pt(self.density.table_size * self.density.leading)
            paragraph.paragraph_format.line_spacing = exact

    def line(self, line: Line, *, font: str = FANG, bold: bool = False) -> Any:
        """Add a paragraph with a line of the paper and return it."""
        added = self.text("")
        _line(added, line, self.density.size, font, bold=bold)
        return added

    def text(self, text: str, size: float = 0, *, font: str = FANG) -> Any:
        """Add a paragraph of one font and return it; without a size it has the density's."""
        size = size or self.density.size
        added = self.made.add_paragraph()
        if text:
            _run(added, text, size, font)
        added.paragraph_format.line_spacing = Pt(size * self.density.leading)
        return added


def _line(paragraph: Any, line: Line, size: float, font: str = FANG, *, bold: bool = False) -> None:
    """Write a line's pieces: a status in its colour behind its sign, what is strong in bold."""
    for one in line:
        run = _run(paragraph, text_of((one,)), size, font, bold=bold or one.kind == "strong")
        if one.status:
            run.font.bold = True
            run.font.color.rgb = RGBColor.from_string(TONES[status_tone(one.status)])


def _run(paragraph: Any, text: str, size: float, font: str, *, bold: bool = False) -> Any:
    run = paragraph.add_run(text)
    run.font.size, run.font.bold = Pt(size), bold
    _font(run._r.get_or_add_rPr(), font)
    return run


def _field(paragraph: Any, name: str) -> None:
    """Write a field that the reader's program fills in, such as the number of the page."""
    run = _run(paragraph, "", 10.5, FANG)
    for kind in ("begin", "", "end"):
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = name
        run._r.append(mark)


def _font(properties: Any, name: str) -> None:
    """Set a font for Chinese, and the one for letters and figures: Word keeps a name for each."""
    fonts = properties.get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), name)
    for script in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{script}"), LATIN_FONT)


def _rule_beneath(kind: str, **attributes: str) -> BaseOxmlElement:
    """Return the borders of a paragraph or a cell: a rule beneath it."""
    borders, rule = OxmlElement(kind), OxmlElement("w:bottom")
    for name, value in attributes.items():
        rule.set(qn(f"w:{name}"), value)
    borders.append(rule)
    return borders
