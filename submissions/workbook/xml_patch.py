"""
Changes XML in a few places and leaves every other byte as it was.

A part is never serialised from a parsed tree: whatever else a spreadsheet program has written
there stays as it is.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from submissions.workbook.faults import Unreadable
from submissions.workbook.package import parse, parser

# From "<" to ">", past angle brackets in attributes. Possessive, so it never backtracks.
TAG = re.compile(rb"<([^\s/>]+)(?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+>")
DECLARATION = re.compile(rb"^(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9_.-]+)")
UTF_16 = (b"\xff\xfe", b"\xfe\xff")

# Characters that XML 1.0 cannot contain.
INVALID_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Spreadsheet programs read _x000D_ as a character, so its underscore is escaped.
LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def escape_text(text: str) -> str:
    """Return a text escaped for use between tags, without control characters."""
    return escape(LOOKS_ESCAPED.sub("_x005F_", INVALID_XML.sub("", text)))


def escape_attribute(text: str) -> str:
    """Return a text escaped for use in a quoted attribute."""
    return escape(INVALID_XML.sub("", text), {'"': "&quot;", "\n": "&#10;", "\t": "&#9;"})


def in_utf8(data: bytes) -> bytes:
    """Return a part in UTF-8. Raises Unreadable (E102) if it cannot be decoded."""
    declared = DECLARATION.match(data)
    if declared and declared[1].lower() in (b"utf-8", b"utf8"):
        return data
    try:
        if data.startswith(UTF_16):
            text = data.decode("utf-16")
        elif declared:
            text = data.decode(declared[1].decode())
        else:
            return data
    except (UnicodeDecodeError, LookupError) as broken:
        raise Unreadable("E102") from broken
    return re.sub(r"^\ufeff?<\?xml[^>]*\?>", "", text).encode()


def prefix_of(raw: str) -> str:
    """Return the prefix of a name as written, with its colon; "" if it has none."""
    before, colon, _name = raw.rpartition(":")
    return before + colon


@dataclass(slots=True)
class Element:
    """
    An element and its byte offsets in its part.

    name, space  without prefix, and its namespace; `raw` is the name as written
    start, opened   its start tag, from "<" to behind ">"
    closing, end    its end tag; an element without one (<a/>) has closing == end == opened
    """

    name: str
    space: str
    raw: str
    attributes: dict[str, str]
    start: int
    opened: int
    empty: bool
    closing: int = 0
    end: int = 0
    text: str = ""
    children: list["Element"] = field(default_factory=list)

    @property
    def prefix(self) -> str:
        """Return the prefix of its name with the colon; "" if it has none."""
        return prefix_of(self.raw)

    def child(self, name: str) -> "Element | None":
        """Return the first child of a name; None if there is none."""
        return next((one for one in self.children if one.name == name), None)

    def each(self, name: str) -> Iterator["Element"]:
        """Yield every element of a name beneath this one, in their order."""
        for one in self.children:
            if one.name == name:
                yield one
            yield from one.each(name)

    def related(self) -> str:
        """Return the element's r:id; "" if it has none."""
        return next((v for k, v in self.attributes.items() if k.endswith("relationships id")), "")


def tree(data: bytes) -> Element:
    """Return the root of a part. Raises Unreadable for what is not XML, or declares a DTD."""
    stack: list[Element] = []
    roots: list[Element] = []
    reader = parser()

    def start(name: str, attributes: dict[str, str]) -> None:
        at = reader.CurrentByteIndex
        tag = TAG.match(data, at)
        if tag is None:
            raise Unreadable("E102")
        space, _, local = name.rpartition(" ")
        raw = tag[1].decode()
        one = Element(local, space, raw, attributes, at, tag.end(), tag[0].endswith(b"/>"))
        (stack[-1].children if stack else roots).append(one)
        stack.append(one)

    def end(_name: str) -> None:
        one = stack.pop()
        if one.empty:
            one.closing = one.end = one.opened
        else:
            one.closing = reader.CurrentByteIndex
            one.end = data.index(b">", one.closing) + 1

    def text(words: str) -> None:
        stack[-1].text += words

    reader.StartElementHandler = start
    reader.EndElementHandler = end
    reader.CharacterDataHandler = text
    parse(data, reader)
    return roots[0]


def retagged(tag: bytes, attributes: dict[str, str | None]) -> bytes:
    """Return a start tag with attributes set, or taken out where the value is None."""
    for name, value in attributes.items():
        found = re.search(rb"\s" + name.encode() + rb"\s*=\s*(\"[^\"]*\"|'[^']*')", tag)
        said_so = b"" if value is None else f' {name}="{escape_attribute(value)}"'.encode()
        if found:
            tag = tag[: found.start()] + said_so + tag[found.end() :]
        elif said_so:
            stop = -2 if tag.endswith(b"/>") else -1
            tag = tag[:stop].rstrip() + said_so + tag[stop:]
    return tag


class XmlPatch:
    """Changes to one part, each at an offset of the original."""

    def __init__(self, data: bytes) -> None:
        """Take the part as it was read."""
        self.data = data
        self.changes: list[tuple[int, int, int, bytes]] = []

    def __bool__(self) -> bool:
        """Return whether there is any change."""
        return bool(self.changes)

    def replace(self, start: int, end: int, with_: bytes | str) -> None:
        """Replace a range; an empty range inserts."""
        if isinstance(with_, str):
            with_ = with_.encode()
        self.changes.append((start, end, len(self.changes), with_))

    def insert(self, at: int, what: bytes | str) -> None:
        """Insert at an offset; several at one offset keep their order."""
        self.replace(at, at, what)

    def change(
        self, one: Element, attributes: dict[str, str | None] | None = None, append: str = ""
    ) -> None:
        """Set attributes of an element and append to its content. Once for each element."""
        self.change_at(one.start, one.closing, attributes, append)

    def change_at(
        self,
        start: int,
        closing: int,
        attributes: dict[str, str | None] | None = None,
        append: str = "",
    ) -> None:
        """
        The same for the element that starts at an offset, which may be empty (<a/>).

        `closing` is where its end tag begins.
        """
        tag = TAG.match(self.data, start)
        changed = retagged(tag[0], attributes) if attributes else tag[0]
        if append and changed.endswith(b"/>"):
            changed = changed[:-2].rstrip() + f">{append}</{tag[1].decode()}>".encode()
        elif append:
            self.insert(closing, append)
        if changed != tag[0]:
            self.replace(start, tag.end(), changed)

    def done(self) -> bytes:
        """Return the changed part. Raises ValueError if two changes overlap."""
        pieces: list[bytes] = []
        at = 0
        for start, end, _number, with_ in sorted(self.changes, key=lambda one: one[:3]):
            if start < at:
                raise ValueError("two changes of one place")
            pieces += (self.data[at:start], with_)
            at = end
        pieces.append(self.data[at:])
        return b"".join(pieces)
