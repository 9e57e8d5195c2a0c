"""
The parts of an .xlsx package: XML, read in small pieces, by a parser that refuses a DTD.

Parts are found by their role, that is by relations and content types, and by name without regard
to case, kind of slash and percent-encoding. Nothing is extracted to disk. A part that is cut
short, has a wrong size or is not XML makes the whole file Unreadable.
"""

import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from os import PathLike
from pyexpat import ExpatError, ParserCreate, XMLParserType
from typing import IO
from urllib.parse import unquote

from submissions.workbook.faults import Unreadable

PIECE = 64 * 1024

# What zipfile and zlib raise for an entry that differs from its directory record.
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError)

Attributes = dict[str, str]

CONTENT_TYPES = "[Content_Types].xml"

# Where the workbook part is if nothing says so.
USUAL_MAIN = "xl/workbook.xml"

# The flag of an entry whose name is UTF-8; other names were decoded as cp437.
UTF8_NAME = 0x800


class PackageFile(zipfile.ZipFile):
    """A zip whose entries are found by part name, as spreadsheet programs find them."""

    def __init__(self, file: str | PathLike[str] | IO[bytes]) -> None:
        """Open the file. Raises what zipfile raises."""
        super().__init__(file)
        self._parts: dict[str, zipfile.ZipInfo] = {}
        for entry in self.infolist():
            self._parts.setdefault(part_key(entry_name(entry)), entry)

    def getinfo(self, name: str) -> zipfile.ZipInfo:
        """Return the entry of a part; an equal name before a similar one. Raises KeyError."""
        return self.NameToInfo.get(name) or self._parts[part_key(name)]

    def has(self, part: str) -> bool:
        """Return whether there is such a part."""
        return part in self.NameToInfo or part_key(part) in self._parts


def part_key(name: str) -> str:
    """Return the form in which part names are compared."""
    plain = unquote(name).replace("\\", "/")
    return posixpath.normpath(f"/{plain}").lstrip("/").lower()


def entry_name(entry: zipfile.ZipInfo) -> str:
    """Return an entry's name; one without the UTF-8 flag may be UTF-8 or GBK all the same."""
    name = entry.filename
    if name.isascii() or entry.flag_bits & UTF8_NAME:
        return name
    for encoding in ("utf-8", "gb18030"):
        try:
            return name.encode("cp437").decode(encoding)
        except UnicodeError:
            continue
    return name


@dataclass(slots=True)
class ContentTypes:
    """
    The content types that a package declares, in lower case.

    A type declared for parts that are not there says nothing about the package.
    """

    defaults: dict[str, str] = field(default_factory=dict)
    overrides: dict[str, str] = field(default_factory=dict)

    def of(self, part: str) -> str:
        """Return the content type of a part; "" if none is declared."""
        key = part_key(part)
        return self.overrides.get(key) or self.defaults.get(key.rpartition(".")[2], "")


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


def parse(data: bytes, into: XMLParserType) -> None:
    """Feed a whole part to a parser. Raises Unreadable (E102) for what is not XML."""
    try:
        into.Parse(data, True)
    except (ExpatError, ValueError) as broken:
        raise Unreadable("E102") from broken


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


def relations(archive: PackageFile, part: str) -> dict[str, tuple[str, str]]:
    """
    Return the relations of a part: id -> (last word of the type, path in the package).

    The part "" stands for the package itself. Targets may be absolute or relative; those
    outside the package are left out. A part without relations has none.
    """
    source = relations_part(part)
    found: dict[str, tuple[str, str]] = {}

    def take(element: str, attributes: Attributes) -> None:
        if element == "Relationship" and attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rpartition("/")[2]
            found[attributes.get("Id", "")] = (kind, target_of(part, attributes.get("Target", "")))

    if archive.has(source):
        each_element(archive, source, take)
    return found


def relations_part(part: str) -> str:
    """Return the name of the relations part of a part."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def target_of(part: str, target: str) -> str:
    """Return the part that a relation of a part points at."""
    path = unquote(target).replace("\\", "/")
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), path)).lstrip("/")


def content_types(archive: PackageFile) -> ContentTypes:
    """Return the content types of the package; none if it declares none."""
    found = ContentTypes()

    def take(element: str, attributes: Attributes) -> None:
        declared = attributes.get("ContentType", "").lower()
        if element == "Default":
            found.defaults[attributes.get("Extension", "").lower().lstrip(".")] = declared
        elif element == "Override":
            found.overrides[part_key(attributes.get("PartName", ""))] = declared

    if archive.has(CONTENT_TYPES):
        each_element(archive, CONTENT_TYPES, take)
    return found


def main_part(archive: PackageFile, types: ContentTypes) -> str:
    """Return the package's main part: by its relation, else by its type, else its usual name."""
    related = relations(archive, "").values()
    named = [part for kind, part in related if kind == "officeDocument"]
    declared = [part for part, kind in types.overrides.items() if ".main+xml" in kind]
    return next((part for part in (*named, *declared) if archive.has(part)), USUAL_MAIN)
