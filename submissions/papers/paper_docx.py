"""
A paper as .docx, for Word, WPS and LibreOffice.

The document is made of the very page that is shown, so the two cannot differ: headings,
paragraphs, lists and tables are carried over one by one. Fonts bear the names that official
documents use, and each names what stands in for it where it is not installed.
"""

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

from django.template.loader import render_to_string
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from lxml import html

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
# Points of the text at each density of the briefing's sheet; a long paper has its own.
SIZES = {"roomy": 10.5, "close": 9.5, "closer": 8, "tight": 7}
LONG = 10.5
# Millimetres of what is written on, and of a table's first column, which holds the names.
WIDTH, FIRST = 178, 80


def briefing_document(sheet: Mapping[str, Any]) -> bytes:
    """Return a briefing as a document of one A4 page."""
    page = render_to_string("submissions/_briefing_sheet.html", {"sheet": sheet})
    return document(page, SIZES[sheet["density"]])


def assessment_document(sheet: Mapping[str, Any]) -> bytes:
    """Return a closing assessment as a document of several A4 pages."""
    return document(render_to_string("submissions/_assessment_sheet.html", {"sheet": sheet}), LONG)


def document(page: str, size: float) -> bytes:
    """Return a paper's page as a document, its text of so many points."""
    article = html.fragment_fromstring(page.partition("<article")[2].join(["<article", ""]))
    made = Document()
    _lay_out(made, size)
    if mark := article.get("data-watermark"):
        _add(made, f"【{mark}】", size, font=HEI, align=WD_ALIGN_PARAGRAPH.CENTER)
    for part in article.iter("p", "h2", "h3", "h4", "li", "table"):
        if part.tag == "table":
            _table(made, part, size)
        elif not any(above.tag == "table" for above in part.iterancestors()):
            _paragraph(made, part, size)
    written = BytesIO()
    made.save(written)
    return written.getvalue()


def text_of(part: html.HtmlElement) -> str:
    """Return what an element says, its status shapes as signs."""
    return " ".join("".join(_pieces(part)).split())


def _pieces(part: html.HtmlElement) -> Iterator[str]:
    """Yield an element's texts in the order in which they are read."""
    if shape := part.get("data-shape"):
        yield SHAPES[shape] + " "
    yield part.text or ""
    for child in part:
        if isinstance(child.tag, str):
            yield " " if child.tag == "br" else ""
            yield from _pieces(child)
        yield child.tail or ""


def _lay_out(made: Any, size: float) -> None:
    """Set paper, margins and the fonts' stand-ins."""
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(12)
    section.left_margin = section.right_margin = Mm(16)
    normal = made.styles["Normal"]
    normal.font.size = Pt(size)
    _font(normal.element.get_or_add_rPr(), FANG)
    spacing = normal.paragraph_format
    spacing.space_before = spacing.space_after = Pt(0)
    spacing.line_spacing = Pt(size * 1.35)
    _name_stand_ins(made)


def _name_stand_ins(made: Any) -> None:
    """Say in the document's own font table what stands in for each font."""
    for part in made.part.package.iter_parts():
        if str(part.partname).endswith("fontTable.xml"):
            root = html.etree.fromstring(part.blob)
            for name, other in STANDS_IN.items():
                font = html.etree.SubElement(root, qn("w:font"), {qn("w:name"): name})
                html.etree.SubElement(font, qn("w:altName"), {qn("w:val"): other})
            part._blob = html.etree.tostring(
                root, xml_declaration=True, encoding="UTF-8", standalone=True
            )


def _paragraph(made: Any, part: html.HtmlElement, size: float) -> None:
    """Carry a heading, a paragraph or a list's item over."""
    kind = part.get("class") or ""
    if "paper__line" in kind:
        _head_line(made, [text_of(one) for one in part], size)
    elif part.tag == "h2":
        _add(made, text_of(part), size * 1.7, font=SONG, align=WD_ALIGN_PARAGRAPH.CENTER)
    elif "paper__mark" in kind or "paper__subtitle" in kind:
        _add(made, text_of(part), size, align=WD_ALIGN_PARAGRAPH.CENTER)
    elif part.tag in ("h3", "h4"):
        _add(made, text_of(part), size * 1.05, font=HEI, above=size * 0.35)
    elif part.tag == "li":
        if "paper__cities" not in (part.getparent().get("class") or ""):
            _item(made, part, size)
        elif part.getprevious() is None:
            _cities(made, part.getparent(), size)
    elif part.getparent().tag == "footer":
        _add(made, text_of(part), size * 0.85)
    else:
        _add(made, text_of(part), size, bold="paper__light" in kind)


def _item(made: Any, part: html.HtmlElement, size: float) -> None:
    """Carry an item over, with the number that its list gives it."""
    parent = part.getparent()
    mark = f"{parent.index(part) + 1}. " if parent.tag == "ol" else "· "
    added = _add(made, mark + text_of(part), size)
    added.paragraph_format.left_indent = Pt(size * 1.5)
    added.paragraph_format.first_line_indent = Pt(-size * 1.2)


def _cities(made: Any, cities: html.HtmlElement, size: float) -> None:
    """Carry the cities over, four in a row."""
    names = [text_of(one) for one in cities]
    for at in range(0, len(names), 4):
        added = _add(made, "\t".join(names[at : at + 4]), size)
        for stop in (1, 2, 3):
            added.paragraph_format.tab_stops.add_tab_stop(Mm(44.5 * stop))


def _head_line(made: Any, texts: list[str], size: float) -> None:
    """Write number, period and day with the double rule beneath them."""
    line = _add(made, " · ".join(text for text in texts if text), size)
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    borders = OxmlElement("w:pBdr")
    rule = OxmlElement("w:bottom")
    for name, value in (("val", "thickThinSmallGap"), ("sz", "18"), ("space", "3")):
        rule.set(qn(f"w:{name}"), value)
    borders.append(rule)
    line._p.get_or_add_pPr().append(borders)


def _table(made: Any, table: html.HtmlElement, size: float) -> None:
    """Carry a table over: numbers to the right, headings repeated on a next page."""
    rows = [list(row.iter("th", "td")) for row in table.iter("tr")]
    laid = made.add_table(rows=0, cols=max(len(row) for row in rows))
    laid.style = "Table Grid"
    laid.autofit = False
    for at, row in enumerate(rows):
        cells = laid.add_row().cells
        for cell, source in zip(cells, row, strict=False):
            words = cell.paragraphs[0]
            words.paragraph_format.line_spacing = Pt(size * 1.2)
            _run(words, text_of(source), size * 0.9, HEI if at == 0 else FANG)
            if "number" in (source.get("class") or "").split():
                words.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    others = Mm((WIDTH - FIRST) / (len(laid.columns) - 1))
    for at, column in enumerate(laid.columns):
        for cell in column.cells:
            cell.width = others if at else Mm(FIRST)
    heading = OxmlElement("w:tblHeader")
    laid.rows[0]._tr.get_or_add_trPr().append(heading)


def _add(
    made: Any,
    text: str,
    size: float,
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
    added.paragraph_format.line_spacing = Pt(size * 1.35)
    return added


def _run(paragraph: Any, text: str, size: float, font: str, *, bold: bool = False) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.bold = Pt(size), bold
    _font(run._r.get_or_add_rPr(), font)


def _font(properties: Any, name: str) -> None:
    """Set one font for every script: Word keeps a name for each."""
    fonts = properties.get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), name)
