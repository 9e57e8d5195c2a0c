"""
The styles of an annotated workbook: its own, followed by copies with a fill.

A copy keeps number format, borders and locks; only its fill differs.
"""

from submissions.workbook.xml_patch import Element, XmlPatch, escape_attribute, retagged, tree

# By severity. Exact shades that no theme has, so that earlier annotations are recognised. The
# severity is always written as a word too.
COLOURS = {"mandatory": "FFFFB3AB", "advisory": "FFFFE59A"}
GREY = "FFE7E6E6"

# For a workbook without styles: the default style.
PLAIN = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<styleSheet xmlns="{main}">'
    '<fonts count="1"><font><sz val="11"/><name val="等线"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)


class Unstyled(Exception):
    """The structure of the styles allows no addition."""


class Styles:
    """
    The styles part, to which styles are added on demand.

    Styles are numbers, as in cells. Raises Unstyled if one of its lists is missing.
    """

    def __init__(self, data: bytes) -> None:
        """Take the part."""
        self.data = data
        root = tree(data)
        self.prefix = root.prefix
        self.lists: dict[str, Element] = {}
        for name in ("fonts", "fills", "cellXfs"):
            found = root.child(name)
            if found is None or not found.children:
                raise Unstyled(name)
            self.lists[name] = found
        self.added: dict[str, list[str]] = {name: [] for name in self.lists}
        self.made: dict[tuple, int] = {}
        self.marks = {at for at, fill in enumerate(self.lists["fills"].children) if _is_mark(fill)}
        self.marked = {
            at
            for at, xf in enumerate(self.lists["cellXfs"].children)
            if xf.attributes.get("fillId", "") in map(str, self.marks)
        }

    def filled(self, style: int, severity: str) -> int:
        """Return the copy of a style with the fill of a severity."""
        return self._like(style, self._fill(COLOURS[severity]))

    def cleared(self, style: int) -> int:
        """Return the copy of one of our styles without the fill."""
        return self._like(style, 0)

    def words(
        self, *, bold: bool = False, link: bool = False, colour: str = "", code: bool = False
    ) -> int:
        """
        Return a style for our own texts, which an edit does not turn into formulas.

        code  as text format, never read as a number
        """
        key = ("words", bold, link, colour, code)
        if key not in self.made:
            font = self._font(bold=bold, link=link) if bold or link else 0
            fill = self._fill(colour) if colour else 0
            p = self.prefix
            self.made[key] = self._add(
                "cellXfs",
                f'<{p}xf numFmtId="{49 if code else 0}" fontId="{font}" fillId="{fill}" '
                f'borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1" applyFont="1" '
                f'applyFill="1" applyAlignment="1">'
                f'<{p}alignment vertical="top" wrapText="1"/></{p}xf>',
            )
        return self.made[key]

    def done(self) -> bytes:
        """Return the part with the additions; the same bytes without any."""
        patch = XmlPatch(self.data)
        for name, one in self.lists.items():
            if self.added[name]:
                count = str(len(one.children) + len(self.added[name]))
                patch.change(one, {"count": count}, "".join(self.added[name]))
        return patch.done()

    def _like(self, style: int, fill: int) -> int:
        """Return the number of a copy of a style with another fill."""
        xfs = self.lists["cellXfs"].children
        style = style if style < len(xfs) else 0
        key = ("like", style, fill)
        if key not in self.made:
            xf = xfs[style]
            changed = {"fillId": str(fill), "applyFill": "1" if fill else None}
            tag = retagged(self.data[xf.start : xf.opened], changed)
            raw = tag + self.data[xf.opened : xf.end]
            self.made[key] = self._add("cellXfs", raw.decode())
        return self.made[key]

    def _fill(self, colour: str) -> int:
        """Return the number of the solid fill of a colour."""
        key = ("fill", colour)
        if key not in self.made:
            p = self.prefix
            self.made[key] = self._add(
                "fills",
                f'<{p}fill><{p}patternFill patternType="solid">'
                f'<{p}fgColor rgb="{escape_attribute(colour)}"/>'
                f'<{p}bgColor indexed="64"/></{p}patternFill></{p}fill>',
            )
        return self.made[key]

    def _font(self, *, bold: bool, link: bool) -> int:
        """Return the number of a copy of the first font, bold or as a link."""
        key = ("font", bold, link)
        if key not in self.made:
            p = self.prefix
            first = self.lists["fonts"].children[0]
            name = first.child("name")
            named = self.data[name.start : name.end].decode() if name else ""
            look = f"<{p}b/>" if bold else f"<{p}u/>"
            colour = f'<{p}color rgb="FF0563C1"/>' if link else ""
            self.made[key] = self._add(
                "fonts", f'<{p}font>{look}<{p}sz val="11"/>{colour}{named}</{p}font>'
            )
        return self.made[key]

    def _add(self, name: str, raw: str) -> int:
        """Add an element to a list and return its number."""
        self.added[name].append(raw)
        return len(self.lists[name].children) + len(self.added[name]) - 1


def _is_mark(fill: Element) -> bool:
    """Return whether a fill is one of ours."""
    return any(
        colour.attributes.get("rgb", "").upper() in COLOURS.values()
        for colour in fill.each("fgColor")
    )
