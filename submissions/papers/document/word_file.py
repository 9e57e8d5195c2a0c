"""
A paper as .docx, for Word, WPS and LibreOffice.

It is drawn from the same blocks as the page (paper_blocks), so the two say the same. Fonts bear
the names that official documents use, and each names what stands in for it where it is not
installed.
"""

from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from foundation.language import in_chinese
from foundation.statuses import status_shape
from submissions.papers.document.assessment_blocks import assessment_paper
from submissions.papers.document.blocks import Block, Line, PaperPages, PaperTable
from submissions.papers.document.briefing_blocks import briefing_paper

SONG, HEI, FANG = "方正小标宋简体", "黑体", "仿宋_GB2312"
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
# Points of the text and of the foot.
SIZE, FOOT = 9, 8
# Millimetres of what is written on, and of a table's first column, which holds the names.
WIDTH, FIRST = 178, 75


def briefing_document(sheet: Mapping[str, Any]) -> bytes:
    """Return a briefing as a document: one A4 page unless names or notes are unusually long."""
    return document(briefing_paper(sheet))


def assessment_document(sheet: Mapping[str, Any]) -> bytes:
    """Return a closing assessment as a document of several A4 pages."""
    return document(assessment_paper(sheet))


def document(paper: PaperPages) -> bytes:
    """Return a paper as a document."""
    made = Document()
    _lay_out(made)
    centre = WD_ALIGN_PARAGRAPH.CENTER
    if paper.draft:
        _add(made, f"【{paper.draft}】", font=HEI, align=centre)
    if paper.mark:
        _add(made, text_of(paper.mark), align=centre)
    _add(made, paper.title, SIZE * 1.7, font=SONG, align=centre)
    if paper.subtitle:
        _add(made, paper.subtitle, align=centre)
    _head_line(made, paper.head)
    for block in (block for section in paper.sections for block in section):
        _block(made, block)
    for line in paper.foot:
        _add(made, text_of(line), FOOT)
    written = BytesIO()
    made.save(written)
    return written.getvalue()


def text_of(line: Line) -> str:
    """Return what a line says, its status shapes as signs."""
    said = (
        f"{SHAPES[status_shape(one.status)]} {one.text}" if one.status else one.text for one in line
    )
    return "".join(said)


def _lay_out(made: Any) -> None:
    """Set paper, margins and the fonts' stand-ins."""
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(12)
    section.left_margin = section.right_margin = Mm(16)
    normal = made.styles["Normal"]
    normal.font.size = Pt(SIZE)
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


def _block(made: Any, block: Block) -> None:
    """Write one block."""
    if block.table:
        _table(made, block.table)
    elif block.more:
        if block.more.text:
            _add(made, block.more.text)
    elif block.kind == "cities":
        _cities(made, block.lines)
    elif block.kind in ("sentences", "bullets"):
        _items(made, block)
    elif block.kind in ("heading", "subheading"):
        _add(made, text_of(block.lines[0]), SIZE * 1.05, font=HEI, above=SIZE * 0.35)
    else:
        _add(made, text_of(block.lines[0]), bold=block.kind == "target")


def _items(made: Any, block: Block) -> None:
    """Write a list's items: sentences are numbered."""
    for at, line in enumerate(block.lines, start=1):
        mark = f"{at}. " if block.kind == "sentences" else "· "
        added = _add(made, mark + text_of(line))
        added.paragraph_format.left_indent = Pt(SIZE * 1.5)
        added.paragraph_format.first_line_indent = Pt(-SIZE * 1.2)


def _cities(made: Any, lines: Iterable[Line]) -> None:
    """Write the cities, four in a row."""
    names = [text_of(line) for line in lines]
    for at in range(0, len(names), 4):
        added = _add(made, "\t".join(names[at : at + 4]))
        for stop in (1, 2, 3):
            added.paragraph_format.tab_stops.add_tab_stop(Mm(44.5 * stop))


def _head_line(made: Any, texts: Iterable[str]) -> None:
    """Write number, period and day with the double rule beneath them."""
    line = _add(made, " · ".join(texts), align=WD_ALIGN_PARAGRAPH.CENTER)
    borders = OxmlElement("w:pBdr")
    rule = OxmlElement("w:bottom")
    for name, value in (("val", "thickThinSmallGap"), ("sz", "18"), ("space", "3")):
        rule.set(qn(f"w:{name}"), value)
    borders.append(rule)
    line._p.get_or_add_pPr().append(borders)


def _table(made: Any, table: PaperTable) -> None:
    """Write a table: numbers to the right, headings repeated on a next page."""
    laid = made.add_table(rows=0, cols=len(table.columns))
    laid.style = "Table Grid"
    laid.autofit = False
    rows = [[column.heading for column in table.columns]]
    rows += [[text_of(cell.line) for cell in row] for row in table.rows]
    for at, row in enumerate(rows):
        for cell, words, column in zip(laid.add_row().cells, row, table.columns, strict=True):
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.line_spacing = Pt(SIZE * _leading())
            _run(paragraph, words, SIZE, HEI if at == 0 else FANG)
            if column.is_number:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    others = Mm((WIDTH - FIRST) / (len(table.columns) - 1))
    for at, column in enumerate(laid.columns):
        for cell in column.cells:
            cell.width = others if at else Mm(FIRST)
    heading = OxmlElement("w:tblHeader")
    laid.rows[0]._tr.get_or_add_trPr().append(heading)


def _add(
    made: Any,
    text: str,
    size: float = SIZE,
    *,
    font: str = FANG,
    bold: bool = False,
    align: Any = None,
    above: float = 0,
) -> Any:
    """Add a paragraph of one font and return it."""
    added = made.add_paragraph()
    _run(added, text, size, font, bold=bold)
    added.alignment = align
    added.paragraph_format.space_before = Pt(above)
    added.paragraph_format.line_spacing = Pt(size * _leading())
    return added


def _leading() -> float:
    """Return how far lines stand apart: Latin letters are lower than Chinese signs."""
    return 1.25 if in_chinese() else 1.12


def _run(paragraph: Any, text: str, size: float, font: str, *, bold: bool = False) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.bold = Pt(size), bold
    _font(run._r.get_or_add_rPr(), font)


def _font(properties: Any, name: str) -> None:
    """Set one font for every script: Word keeps a name for each."""
    fonts = properties.get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), name)
