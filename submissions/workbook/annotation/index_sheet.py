"""The first sheet of an annotated workbook: every finding, with a link to its cell."""

from dataclasses import dataclass

from submissions.workbook.cells import letters, wrapped_lines
from submissions.workbook.xml_patch import escape_attribute, escape_text

# The longest text of a cell.
LONGEST = 32_000

WIDTHS = (12, 9, 14, 10, 56, 56, 32)

# Of a line of text, and of a row at most, in points. Not every program fits rows to their texts.
LINE_HEIGHT = 16
HIGHEST = 400


@dataclass(frozen=True, slots=True)
class IndexLine:
    """One line: its texts, its severity and its link target ("" without one)."""

    texts: tuple[str, ...]
    severity: str
    target: str = ""


@dataclass(frozen=True, slots=True)
class IndexStyles:
    """Style numbers of the index (styles.Styles.words())."""

    title: int = 0
    note: int = 0
    heading: int = 0
    text: int = 0
    link: int = 0
    mandatory: int = 0
    advisory: int = 0


def target(sheet: str, cell: str | None) -> str:
    """Return the link target of a cell, or of a sheet's first one."""
    return "'" + sheet.replace("'", "''") + "'!" + (cell or "A1")


def index_sheet(
    title: str,
    notes: list[str],
    headings: tuple[str, ...],
    entries: list[IndexLine],
    styles: IndexStyles,
    space: str,
) -> str:
    """Return the sheet: title, notes, headings, a line for each entry. `space` is its namespace."""
    rows: list[list[tuple[str, int]]] = [[(title, styles.title)]]
    rows += [[(note, styles.note)] for note in notes]
    rows.append([(heading, styles.heading) for heading in headings])
    header = len(rows)
    links = []
    severities = {"mandatory": styles.mandatory, "advisory": styles.advisory}
    for entry in entries:
        row = [(text, styles.text) for text in entry.texts]
        row[0] = (entry.texts[0], severities.get(entry.severity, styles.text))
        if entry.target:
            row[3] = (entry.texts[3], styles.link)
            links.append(
                f'<hyperlink ref="D{len(rows) + 1}" location="{escape_attribute(entry.target)}" '
                f'display="{escape_attribute(entry.texts[3])}"/>'
            )
        rows.append(row)
    columns = "".join(
        f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>'
        for at, width in enumerate(WIDTHS, start=1)
    )
    merged = "".join(f'<mergeCell ref="A{n}:F{n}"/>' for n in range(1, header))
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<worksheet xmlns="{space}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        '<sheetViews><sheetView tabSelected="1" workbookViewId="0">'
        f'<pane ySplit="{header}" topLeftCell="A{header + 1}" activePane="bottomLeft" '
        'state="frozen"/></sheetView></sheetViews>'
        f"<cols>{columns}</cols><sheetData>{_data(rows)}</sheetData>"
        f'<mergeCells count="{header - 1}">{merged}</mergeCells>'
        + (f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else "")
        + '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
    )


def _data(rows: list[list[tuple[str, int]]]) -> str:
    """Return rows of texts with their styles, each a text and never a formula."""
    return "".join(
        f'<row r="{number}" ht="{_height(row)}" customHeight="1">'
        + "".join(text_cell(f"{letters(at)}{number}", *cell) for at, cell in enumerate(row, 1))
        + "</row>"
        for number, row in enumerate(rows, start=1)
    )


def _height(row: list[tuple[str, int]]) -> int:
    """Return the height of a row that shows all of its texts; a single text spans A to F."""
    widths = WIDTHS if len(row) > 1 else (sum(WIDTHS[:6]),)
    lines = max(
        wrapped_lines(text, width) for (text, _style), width in zip(row, widths, strict=True)
    )
    return min(LINE_HEIGHT * lines, HIGHEST)


def text_cell(at: str, text: str, style: int) -> str:
    """Return a text cell; a text that looks like a formula stays a text."""
    if not text:
        return f'<c r="{at}" s="{style}"/>'
    words = f'<t xml:space="preserve">{escape_text(text[:LONGEST])}</t>'
    return f'<c r="{at}" s="{style}" t="inlineStr"><is>{words}</is></c>'
