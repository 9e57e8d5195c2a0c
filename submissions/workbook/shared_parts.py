"""The parts of a workbook that all its sheets share: texts, number formats, rich values."""

import re

from submissions.workbook.cells import DATE, NUMBER, ShownNumber
from submissions.workbook.number_formats import code_to_look_at, shows_date
from submissions.workbook.package import (
    BROKEN,
    Attributes,
    PackageFile,
    fed,
    local,
    parser,
    part_key,
)

# Transitional and strict workbooks use two namespaces.
NAMESPACES = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)

ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")

# Structures of rich values that are pictures placed in a cell.
PICTURE_VALUE = re.compile(rb"_(?:local|web)image", re.IGNORECASE).search
RICH_STRUCTURES = "xl/richdata/rdrichvaluestructure.xml"


def names(*locals_: str) -> dict[str, str]:
    """Return expat name -> local name, for both namespaces."""
    return {f"{space} {name}": name for space in NAMESPACES for name in locals_}


def shared_texts(archive: PackageFile, part: str | None) -> list[str]:
    """
    Return the shared texts of a part; none without a part.

    Runs of rich text are joined, phonetic guides left out.
    """
    found: list[str] = []
    if part is None:
        return found
    pieces: list[str] = []
    phonetic = capturing = False

    def start(name: str, _attributes: Attributes) -> None:
        nonlocal phonetic, capturing
        name = local(name)
        if name == "t":
            capturing = not phonetic
        elif name == "si":
            pieces.clear()
        elif name == "rPh":
            phonetic = True

    def end(name: str) -> None:
        nonlocal phonetic, capturing
        name = local(name)
        if name == "t":
            capturing = False
        elif name == "si":
            found.append(unescaped("".join(pieces)))
        elif name == "rPh":
            phonetic = False

    def text(data: str) -> None:
        if capturing:
            pieces.append(data)

    reader = parser()
    reader.StartElementHandler = start
    reader.EndElementHandler = end
    reader.CharacterDataHandler = text
    for _ in fed(archive, part, reader):
        pass
    return found


def number_kinds(archive: PackageFile, part: str | None) -> dict[str | None, str]:
    """
    Return style number, as text, -> kind of a number in that style, if it is not NUMBER.

    None stands for a cell without a style.
    """
    formats: dict[str, str] = {}
    kinds: dict[str | None, str] = {}
    if part is None:
        return kinds
    known = names("numFmts", "numFmt", "cellXfs", "xf").get
    inside: str | None = None
    count = 0

    def start(name: str, attributes: Attributes) -> None:
        nonlocal inside, count
        name = known(name)
        if name == "numFmts" or name == "cellXfs":
            inside = name
        elif name == "numFmt" and inside == "numFmts":
            formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "xf" and inside == "cellXfs":
            kind = number_kind(attributes.get("numFmtId", "0"), formats)
            if kind != NUMBER or isinstance(kind, ShownNumber):
                kinds[str(count)] = kind
                if count == 0:
                    kinds[None] = kind
            count += 1

    def end(name: str) -> None:
        nonlocal inside
        if known(name) == inside:
            inside = None

    reader = parser()
    reader.StartElementHandler = start
    reader.EndElementHandler = end
    for _ in fed(archive, part, reader):
        pass
    return kinds


def number_kind(number: str, formats: dict[str, str]) -> str:
    """Return the kind of a number in a format: DATE, NUMBER, or one that is to be looked at."""
    code = formats.get(number)
    if shows_date(number, code):
        return DATE
    looked = code_to_look_at(number, code)
    return ShownNumber.of(looked) if looked else NUMBER


def has_picture_values(archive: PackageFile) -> bool:
    """Return whether cells may hold pictures as rich values."""
    parts = {part_key(name) for name in archive.namelist()}
    if RICH_STRUCTURES not in parts:
        return False
    try:
        return bool(PICTURE_VALUE(archive.read(RICH_STRUCTURES)))
    except BROKEN:
        return False


def unescaped(text: str) -> str:
    """Return a text with escapes such as _x000D_ replaced by their characters."""
    if "_x" not in text:
        return text
    return ESCAPED.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    """Return the escaped character; half a surrogate pair stays as written."""
    code = int(match[1], 16)
    return match[0] if 0xD800 <= code <= 0xDFFF else chr(code)
