"""
Workbooks that chance has spoilt. The same seed spoils the same file in the same way.

Most of what is flipped in a zip is caught by its checksums; so most mutants are spoilt in a part
and packed again, and reach the reader's own code.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from random import Random

from submissions.workbook.template.writer import template
from tests.submissions.fault_catalogue import forge, forge_binary, spoil
from tests.submissions.workbook.facts import facts

# What is put where something was: the odd ends of XML, of numbers and of addresses.
ODD = (
    *(b"", b"<", b">", b"&", b"&#0;", b"&#xD800;", b"\0", b"\xff", b'"', b"</c>", b"</row>"),
    *(b"0", b"-1", b"1e999", b"NaN", b"99999999999999999999", b"A1", b"XFD1048577", b"=1+1"),
    *(b"<c r='A1'/>", b"<v>", b"<!DOCTYPE x>", b"<![CDATA[", b"]]>", b"\xed\xa0\x80", b"_xD800_"),
)
PLACES = re.compile(rb'"[^"]*"|>[^<]+<')
WRITTEN_AT = re.compile(rb"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z")


def packed(contents: dict[str, bytes]) -> bytes:
    """Return a package of parts that is the same whenever it is made."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, part in contents.items():
            archive.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def timeless(content: bytes) -> bytes:
    """Return a workbook without the moment at which it was written; any other file as it is."""
    if not content.startswith(b"PK"):
        return content
    contents = forge.parts(content)
    core = "docProps/core.xml"
    contents[core] = WRITTEN_AT.sub(b"2025-10-01T08:00:00Z", contents[core])
    return packed(contents)


def sound() -> list[bytes]:
    """Return the files to spoil: what cities send, in the forms in which programs write it."""
    rich = forge.workbook(
        parks=[{"park": "示例园区", "firms": 12, "output_value": 3.5}],
        blocks=[{"content": "1个研究院", "category": "研究院", "planned_on": date(2025, 6, 30)}],
        edit=lambda book: book["企业明细"].merge_cells("A1:C1"),
    )
    files = [
        rich,
        spoil.with_shared_strings(rich),
        spoil.hide_rows(rich, 5, 6),
        template(facts()),
        forge_binary.as_xls(rich),
        forge_binary.stream(spoil.hide_rows(rich, 5, 6)),
        forge.as_csv(encoding="gb18030"),
        forge.as_csv(encoding="utf-16"),
    ]
    return [timeless(content) for content in files]


def flipped(chance: Random, content: bytes) -> bytes:
    """Return the file with a few bytes changed."""
    changed = bytearray(content)
    for _ in range(chance.randint(1, 12)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def cut(chance: Random, content: bytes) -> bytes:
    """Return the file with a piece missing."""
    start = chance.randrange(len(content))
    return content[:start] + content[start + chance.randint(1, len(content)) :]


def part_dropped(chance: Random, content: bytes) -> bytes:
    """Return the package without some of its parts."""
    contents = forge.parts(content)
    for name in chance.sample(sorted(contents), chance.randint(1, 3)):
        del contents[name]
    return packed(contents)


def parts_swapped(chance: Random, content: bytes) -> bytes:
    """Return the package with two parts in each other's place."""
    contents = forge.parts(content)
    one, other = chance.sample(sorted(contents), 2)
    contents[one], contents[other] = contents[other], contents[one]
    return packed(contents)


def part_flipped(chance: Random, content: bytes) -> bytes:
    """Return the package with a few bytes of a part changed."""
    return _with_part_spoilt(chance, content, flipped)


def xml_cut(chance: Random, content: bytes) -> bytes:
    """Return the package with a piece of a part missing, or only its beginning left."""

    def spoilt(chance: Random, part: bytes) -> bytes:
        start = chance.randrange(len(part))
        end = chance.choice([len(part), start + chance.randint(1, 300)])
        return part[:start] + chance.choice(ODD) + part[end:]

    return _with_part_spoilt(chance, content, spoilt)


def xml_repeated(chance: Random, content: bytes) -> bytes:
    """Return the package with a piece of a part standing there several times."""

    def spoilt(chance: Random, part: bytes) -> bytes:
        start = chance.randrange(len(part))
        end = start + chance.randint(1, 500)
        return part[:end] + part[start:end] * chance.randint(1, 9) + part[end:]

    return _with_part_spoilt(chance, content, spoilt)


def text_odd(chance: Random, content: bytes) -> bytes:
    """Return the package with some attributes and texts of a part replaced by odd ones."""

    def spoilt(chance: Random, part: bytes) -> bytes:
        share = chance.choice([0.002, 0.02, 0.2])

        def odd(match: re.Match[bytes]) -> bytes:
            found = match[0]
            return found[:1] + chance.choice(ODD) + found[-1:] if chance.random() < share else found

        return PLACES.sub(odd, part)

    return _with_part_spoilt(chance, content, spoilt)


def _with_part_spoilt(chance: Random, content: bytes, spoil_part) -> bytes:
    """Return the package with one part, mostly a sheet, spoilt; of a csv the file."""
    if not content.startswith(b"PK"):
        return spoil_part(chance, content)
    contents = forge.parts(content)
    sheets = [name for name in contents if name.startswith("xl/")]
    name = chance.choice(sorted(sheets if chance.random() < 0.9 else contents))
    contents[name] = spoil_part(chance, contents[name] or b" ")
    return packed(contents)


def record_spoilt(chance: Random, content: bytes) -> bytes:
    """Return an .xls with code, length or some content of a few records changed."""
    changed = bytearray(content)
    starts = _records(content)
    for at in chance.choices(starts, k=chance.randint(1, 6)):
        length = int.from_bytes(content[at + 2 : at + 4], "little")
        byte = chance.choice([at, at + 2, at + 3, *range(at + 4, at + 4 + min(length, 24))])
        changed[byte] = chance.choice([0, 1, 0xFF, 0x7F, chance.randrange(256)])
    return bytes(changed)


def records_moved(chance: Random, content: bytes) -> bytes:
    """Return an .xls with some records left out, or there twice."""
    starts = _records(content)
    first, *_rest, last = sorted(chance.choices(starts, k=3))
    again = content[first:last] * chance.choice([0, 2, 3])
    return content[:first] + again + content[last:]


def _records(content: bytes) -> list[int]:
    """Return where the records of an .xls begin, in its container or without one."""
    at = content.find(b"\x09\x08\x10\x00\x00\x06")
    starts = []
    while 0 <= at < len(content) - 4 and content[at : at + 4] != bytes(4):
        starts.append(at)
        at += 4 + int.from_bytes(content[at + 2 : at + 4], "little")
    return starts


OF_ANY_FILE = (flipped, cut, part_flipped, xml_cut, xml_repeated, text_odd)
OF_PACKAGES = (part_dropped, parts_swapped)
OF_XLS = (record_spoilt, records_moved)


def mutants(seed: int, number: int) -> Iterator[tuple[str, bytes]]:
    """Yield so many spoilt files, each with the name of what was done to it."""
    chance = Random(seed)
    files = sound()
    for _ in range(number):
        content = chance.choice(files)
        ways = OF_ANY_FILE + OF_PACKAGES * content.startswith(b"PK")
        ways += OF_XLS * content.startswith((b"\xd0\xcf", b"\x09\x08"))
        way = chance.choice(ways)
        yield way.__name__, way(chance, content)
