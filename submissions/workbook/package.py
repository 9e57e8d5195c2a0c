"""
The parts of an .xlsx package: XML, read in small pieces, by a parser that refuses a DTD.

Nothing is extracted to disk. A part that is cut short, has a wrong size or is not XML makes the
whole file Unreadable.
"""

import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pyexpat import ExpatError, ParserCreate, XMLParserType

from submissions.workbook.faults import Unreadable

PIECE = 64 * 1024

# What zipfile and zlib raise for an entry that differs from its directory record.
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError)

Attributes = dict[str, str]


def parser() -> XMLParserType:
    """
    Return an expat parser that puts a space between namespace and name.

    A DOCTYPE raises Unreadable (E103): no spreadsheet program writes one, and entities, of the
    billion laughs or external files, can be declared only there.
    """
    made = ParserCreate(namespace_separator=" ")
    made.buffer_text = True
    made.buffer_size = PIECE
    made.StartDoctypeDeclHandler = _refuse
    made.EntityDeclHandler = _refuse
    return made


def _refuse(*_declaration: object) -> None:
    raise Unreadable("E103")


def fed(archive: zipfile.ZipFile, part: str, into: XMLParserType) -> Iterator[None]:
    """
    Feed a part to a parser and yield after each piece, so that its rows can be taken out.

    Raises Unreadable: E102 for a part that is missing, broken or not XML.
    """
    try:
        with archive.open(part) as stream:
            while piece := stream.read(PIECE):
                into.Parse(piece)
                yield
            into.Parse(b"", True)
            yield
    except (LookupError, ExpatError, ValueError, *BROKEN) as broken:
        raise Unreadable("E102") from broken


def counted(archive: zipfile.ZipFile, part: str, tag: re.Pattern[bytes]) -> int:
    """
    Return how often a part has a tag; 0 if it cannot be read.

    Only for the progress bar: a tag in a comment counts too, one in UTF-16 does not.
    """
    number = 0
    kept = b""
    try:
        with archive.open(part) as stream:
            while piece := stream.read(PIECE):
                text = kept + piece
                # A tag that is not closed yet is counted with the next piece.
                cut = text.rfind(b"<")
                if cut < 0 or b">" in text[cut:] or len(text) - cut > PIECE:
                    cut = len(text)
                number += len(tag.findall(text, 0, cut))
                kept = text[cut:]
    except (LookupError, *BROKEN):
        return 0
    return number


def each_element(archive: zipfile.ZipFile, part: str, take: Callable) -> None:
    """Call take(name without namespace, attributes) for every element of a part."""
    reader = parser()
    reader.StartElementHandler = lambda name, attributes: take(local(name), attributes)
    for _ in fed(archive, part, reader):
        pass


def local(name: str) -> str:
    """Return a name without its namespace."""
    return name.rpartition(" ")[2]


def relations(archive: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """
    Return the relations of a part: id -> (last word of the type, path in the package).

    The part "" stands for the package itself. Targets may be absolute or relative; those
    outside the package are left out. A part without relations has none.
    """
    folder, name = posixpath.split(part)
    source = posixpath.join(folder, "_rels", f"{name}.rels")
    found: dict[str, tuple[str, str]] = {}

    def take(element: str, attributes: Attributes) -> None:
        if element == "Relationship" and attributes.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", "")))
            kind = attributes.get("Type", "").rpartition("/")[2]
            found[attributes.get("Id", "")] = (kind, target.lstrip("/"))

    if source in archive.NameToInfo:
        each_element(archive, source, take)
    return found


def content_types(archive: zipfile.ZipFile) -> set[str]:
    """Return every content type the package declares, in lower case."""
    found: set[str] = set()
    each_element(
        archive,
        "[Content_Types].xml",
        lambda _element, attributes: found.add(attributes.get("ContentType", "").lower()),
    )
    return found
