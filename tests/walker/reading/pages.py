"""A page of HTML to values: tables, tiles, definition lists, charts, statuses, sentences."""

import json
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from lxml import html

from tests.walker.reading.charts import values_of_figure
from tests.walker.reading.messages import catalogue, sentences
from tests.walker.reading.tables import values_of_cell, values_of_table, values_of_text
from tests.walker.values import ShownValue

SILENT = {"script", "style", "template", "noscript", "nav", "datalist", "defs"}
BLOCKS = {
    *("p", "li", "div", "section", "article", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol"),
    *("table", "dl", "dt", "dd", "figure", "figcaption", "form", "fieldset", "legend", "label"),
    *("details", "summary", "header", "footer", "aside", "main", "button", "select", "option"),
    *("input", "textarea", "caption", "blockquote", "pre", "address", "hr", "img"),
    *("svg", "text", "title", "desc"),
}
HEADINGS = {f"h{n}": n for n in range(1, 7)}
# What a reader hears, or sees in a bubble, of an element.
SPOKEN = ("title", "aria-label", "alt", "data-caption")
TYPED = {"text", "number", "date", "search"}


def values_of_page(page: str) -> list[ShownValue]:
    """Return what a page shows in its main part, or in all of it where it has none."""
    root = html.document_fromstring(page)
    [main] = root.xpath("//main[1]") or root.xpath("//body[1]") or [root]
    return list(Page().read(main))


def links_of_page(page: str, here: str) -> list[str]:
    """Return the addresses within the site that a page links to, its own downloads among them."""
    root = html.document_fromstring(page)
    found = []
    for one in root.xpath("//a[@href]"):
        address = urlsplit(urljoin(f"http://testserver{here}", one.get("href").strip()))
        if address.scheme == "http" and address.netloc == "testserver":
            found.append(address._replace(scheme="", netloc="", fragment="").geturl())
    return list(dict.fromkeys(found))


def has_viewpoint(page: str) -> bool:
    """Return whether a page has the bar that chooses quarter and day."""
    return 'name="as_of"' in page and ("viewpoint-bar" in page or "viewpoint-line" in page)


class Page:
    """Reads a page from above; keeps under which headings it is."""

    def __init__(self) -> None:
        """Begin under no heading."""
        self.headings: dict[int, str] = {}
        self.tile = ""

    @property
    def context(self) -> tuple[str, ...]:
        """Return under which headings, and in which tile, the reader is."""
        above = [text for _level, text in sorted(self.headings.items())][-2:]
        return (*above, self.tile) if self.tile not in ("", *above[-1:]) else tuple(above)

    def read(self, element) -> Iterator[ShownValue]:
        """Yield the values of an element and of all within it."""
        if not isinstance(element.tag, str) or element.tag in SILENT or is_hidden(element):
            return
        yield from self.attributes(element)
        if reader := self.special(element):
            yield from reader(element)
        else:
            yield from self.pieces(element)

    def special(self, element):
        """Return the method that reads such an element; None for one of plain text."""
        classes = (element.get("class") or "").split()
        if element.tag in ("table", "dl", "input", "select", "textarea"):
            return getattr(self, element.tag)
        if element.get("data-figure"):
            return self.chart
        if "status" in classes and element.get("data-status"):
            return self.status
        if any(name.endswith("__value") for name in classes):
            return self.tile_value
        if "verdict" in classes or "figure" in classes:
            return self.whole_tile
        return None

    def pieces(self, element) -> Iterator[ShownValue]:
        """Yield the texts between an element's blocks as sentences, and read the blocks."""
        run: list[str] = []

        def gather(node) -> Iterator[ShownValue]:
            run.append(node.text or "")
            for child in node:
                if isinstance(child.tag, str) and child.tag not in SILENT and not is_hidden(child):
                    if child.tag == "br":
                        run.append(" ")
                    elif is_block(child) or self.special(child):
                        yield from self.sentences(element, run)
                        yield from self.read(child)
                    else:
                        if follows_closely(child):
                            run.append("\n")
                        elif is_unit(child):
                            run.append(" ")
                        yield from self.attributes(child)
                        yield from gather(child)
                run.append(child.tail or "")

        yield from gather(element)
        yield from self.sentences(element, run)

    def sentences(self, element, run: list[str]) -> Iterator[ShownValue]:
        """Yield the sentences of a run of text, and empty it."""
        text = "".join(run)
        run.clear()
        if not text.strip():
            return
        level = HEADINGS.get(element.tag)
        if level:
            self.headings = {n: said for n, said in self.headings.items() if n < level}
            self.headings[level] = catalogue().label(text)
        for one in sentences(text):
            if any(letter.isalnum() for letter in one):
                yield from values_of_text(one, where="sentence", context=self.context)

    def attributes(self, element) -> Iterator[ShownValue]:
        """Yield what is heard of an element or stands in its bubble, beside what it says."""
        said = text_of(element)
        for name in SPOKEN:
            text = " ".join((element.get(name) or "").split())
            if text and text != said:
                for one in sentences(text):
                    yield from values_of_text(one, where="spoken", context=self.context)

    def status(self, element) -> Iterator[ShownValue]:
        """Yield a status: its word, and its key in the code."""
        word = catalogue().label(text_of(element))
        yield ShownValue("status", word, self.context, text=element.get("data-status"))

    def tile_value(self, element) -> Iterator[ShownValue]:
        """Yield a tile's main figure under the tile's name."""
        label = self.tile or (self.context[-1] if self.context else "")
        for one in values_of_cell(text_of(element), label, where="tile"):
            context = (*self.context, *one.context)
            yield ShownValue("tile", label, context, one.number, one.unit, one.text, one.part)

    def whole_tile(self, element) -> Iterator[ShownValue]:
        """Yield all of a tile, whose name is its label's text."""
        outer = self.tile
        names = element.xpath(".//*[contains(@class, '__label') or contains(@class, '__name')]")
        self.tile = catalogue().label(text_of(names[0])) if names else outer
        yield from self.pieces(element)
        self.tile = outer

    def table(self, element) -> Iterator[ShownValue]:
        """Yield a table's cells; a heading that spans several columns stands over each."""
        for caption in element.iter("caption"):
            yield from values_of_text(text_of(caption), where="sentence", context=self.context)
        rows = grid(element)
        heads = [row for row in rows if row and all(cell.tag == "th" for cell in row)]
        width = max((len(row) for row in rows), default=0)
        headings = [
            " ".join(dict.fromkeys(text_of(row[at]) for row in heads if at < len(row))).strip()
            for at in range(width)
        ]
        body = [row for row in rows if row and row not in heads]
        if not body:
            yield from values_of_table(headings, [], where="table", context=self.context)
            return
        naming = max(1, min(sum(1 for c in row if c.tag == "th") for row in body))
        texts = [[text_of(cell) for cell in row] for row in body]
        yield from values_of_table(
            headings, texts, where="table", context=self.context, naming=naming
        )
        for row in body:
            for cell in row:
                yield from self.within(cell)

    def within(self, cell) -> Iterator[ShownValue]:
        """Yield what stands in a cell beside its text: statuses, what is typed, bubbles."""
        for one in cell.iter():
            if isinstance(one.tag, str):
                if one.tag in ("input", "select"):
                    yield from getattr(self, one.tag)(one)
                elif "status" in (one.get("class") or "").split() and one.get("data-status"):
                    yield from self.status(one)
                yield from self.attributes(one)

    def dl(self, element) -> Iterator[ShownValue]:
        """Yield a definition list: each definition under its term."""
        term = ""
        for one in element.iter("dt", "dd"):
            if one.tag == "dt":
                term = catalogue().label(text_of(one))
            elif any(inner.tag in BLOCKS for inner in one.iterdescendants()):
                outer, self.tile = self.tile, term
                yield from self.pieces(one)
                self.tile = outer
            else:
                yield from values_of_cell(
                    text_of(one), term, where="definition", context=self.context
                )

    def chart(self, element) -> Iterator[ShownValue]:
        """Yield a chart's points as they are drawn, and what stands around it."""
        titles = element.xpath(".//*[contains(@class, 'chart__name')]")
        name = catalogue().label(text_of(titles[0])) if titles else ""
        outer, self.tile = self.tile, name
        for script in element.iter("script"):
            if script.get("id") == element.get("data-figure"):
                figure = json.loads(script.text or "{}")
                yield from values_of_figure(figure, name, context=self.context)
        yield from self.pieces(element)
        self.tile = outer

    def input(self, element) -> Iterator[ShownValue]:
        """Yield what is typed in a field."""
        if element.get("type", "text") in TYPED and (value := element.get("value")):
            label = element.get("name") or ""
            yield from values_of_cell(value, label, where="input", context=self.context)

    def textarea(self, element) -> Iterator[ShownValue]:
        """Yield what is typed in a field of several lines."""
        label = element.get("name") or ""
        yield from values_of_cell(text_of(element), label, where="input", context=self.context)

    def select(self, element) -> Iterator[ShownValue]:
        """Yield what is chosen of a list."""
        for option in element.iter("option"):
            if option.get("selected") is not None:
                label, text = element.get("name") or "", text_of(option)
                yield from values_of_cell(text, label, where="input", context=self.context)


def text_of(element) -> str:
    """Return what an element says, without scripts, forms' buttons and hidden parts."""
    parts: list[str] = []

    def gather(node) -> None:
        if not isinstance(node.tag, str) or is_hidden(node):
            return
        if node.tag in SILENT | {"button", "select", "textarea"}:
            return
        if is_block(node) or node.tag == "br" or is_unit(node):
            parts.append(" ")
        parts.append(node.text or "")
        for child in node:
            gather(child)
            parts.append(child.tail or "")
        if is_block(node):
            parts.append(" ")

    gather(element)
    return " ".join("".join(parts).split())


def is_hidden(element) -> bool:
    """Return whether nobody sees an element: the template's own mark, or a hidden field."""
    return element.get("hidden") is not None or element.get("type") == "hidden"


def follows_closely(element) -> bool:
    """Return whether an element stands right behind another, parted by nothing but style."""
    before = element.getprevious()
    both = element.tag == "span" and before is not None and before.tag == "span"
    return both and not before.tail and bool(text_of(before))


def is_unit(element) -> bool:
    """Return whether an element is a figure's unit, which style parts from its number."""
    return (element.get("class") or "").endswith("__unit")


def is_block(element) -> bool:
    """Return whether an element stands apart from the text around it."""
    return element.tag in BLOCKS


def grid(table) -> list[list]:
    """Return a table's rows of cells; one that spans several stands in each place it covers."""
    rows: list[list] = []
    below: dict[int, tuple] = {}
    for row in table.iter("tr"):
        cells: list = []
        for cell in row.iterchildren("th", "td"):
            while len(cells) in below:
                _covered(cells, below)
            for _at in range(int(cell.get("colspan") or 1)):
                if (down := int(cell.get("rowspan") or 1)) > 1:
                    below[len(cells)] = (cell, down - 1)
                cells.append(cell)
        while len(cells) in below and cells:
            _covered(cells, below)
        rows.append(cells)
    return rows


def _covered(cells: list, below: dict[int, tuple]) -> None:
    """Put the cell from above that reaches down to the next place there."""
    at = len(cells)
    cell, left = below.pop(at)
    cells.append(cell)
    if left > 1:
        below[at] = (cell, left - 1)
