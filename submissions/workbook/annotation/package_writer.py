"""An .xlsx package with changed and new parts; all others are copied as they are."""

import io
import re
import zipfile
from itertools import count

from submissions.workbook.faults import Unreadable
from submissions.workbook.package import (
    BROKEN,
    CONTENT_TYPES,
    PackageFile,
    content_types,
    entry_name,
    main_part,
    part_key,
    relations_part,
    target_of,
)
from submissions.workbook.xml_patch import Element, XmlPatch, escape_attribute, in_utf8, tree

PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.{}+xml"
VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"

# Relation types of transitional and strict workbooks.
TRANSITIONAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"

# Our parts and relations are numbered from here on: a damaged workbook may refer to missing parts
# of lower numbers and must not find ours there.
FIRST = 1001

NO_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<Relationships xmlns="{PACKAGE_RELATIONS}"/>'
)


class Package:
    """
    The parts of an .xlsx that container.identify() has accepted.

    main  the workbook part; space  the namespace of its sheets
    """

    def __init__(self, archive: PackageFile) -> None:
        """Take an open archive and find its workbook part."""
        self.archive = archive
        self.changed: dict[str, bytes] = {}
        self.main = main_part(archive, content_types(archive))
        self.dropped: set[str] = set()
        self.space = tree(self.read(self.main)).space
        self.relation_types = STRICT if self.space == STRICT_MAIN else TRANSITIONAL

    def has(self, part: str) -> bool:
        """Return whether the package has a part."""
        return part in self.changed or self.archive.has(part)

    def read(self, part: str) -> bytes:
        """Return the current part in UTF-8. Raises Unreadable (E102) without one."""
        if part not in self.changed:
            try:
                return in_utf8(self.archive.read(part))
            except (KeyError, *BROKEN) as broken:
                raise Unreadable("E102") from broken
        return self.changed[part]

    def write(self, part: str, data: bytes | str) -> None:
        """Replace or add a part; an equal one stays untouched."""
        data = data.encode() if isinstance(data, str) else data
        if not self.has(part) or data != self.read(part):
            self.changed[part] = data

    def drop(self, part: str) -> None:
        """Leave a part out, and the workbook's relation to it."""
        source = relations_part(self.main)
        data = self.read(source)
        patch = XmlPatch(data)
        gone = {key for key, (_kind, target) in self.relations(self.main).items() if target == part}
        for one in tree(data).children:
            if one.attributes.get("Id") in gone:
                patch.replace(one.start, one.end, b"")
        self.write(source, patch.done())
        self.dropped.add(part_key(part))

    def new_part(self, pattern: str) -> str:
        """Return an unused part name: xl/comments1001.xml for "xl/comments{}.xml"."""
        names = (pattern.format(number) for number in count(FIRST))
        return next(name for name in names if not self.has(name))

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Return the relations of a part: id -> (last word of the type, part)."""
        source = relations_part(part)
        if not self.has(source):
            return {}
        return {
            one.attributes.get("Id", ""): (
                one.attributes.get("Type", "").rpartition("/")[2],
                target_of(part, one.attributes.get("Target", "")),
            )
            for one in tree(self.read(source)).children
            if one.attributes.get("TargetMode") != "External"
        }

    def relate(self, part: str, kind: str, target: str) -> str:
        """Add a relation from a part to another; return its id."""
        source = relations_part(part)
        data = self.read(source) if self.has(source) else NO_RELATIONS.encode()
        root = tree(data)
        taken = {one.attributes.get("Id", "").lower() for one in root.children}
        number = next(number for number in count(FIRST) if f"rid{number}" not in taken)
        patch = XmlPatch(data)
        patch.change(
            root,
            append=f'<{root.prefix}Relationship Id="rId{number}" '
            f'Type="{self.relation_types}/{kind}" Target="/{escape_attribute(target)}"/>',
        )
        self.write(source, patch.done())
        return f"rId{number}"

    def declare(self, part: str, content_type: str) -> None:
        """Declare the content type of a new part."""
        data = self.read(CONTENT_TYPES)
        root = tree(data)
        declared = f"/{part}"
        if any(one.attributes.get("PartName") == declared for one in root.children):
            return
        patch = XmlPatch(data)
        patch.change(
            root,
            append=f'<{root.prefix}Override PartName="{escape_attribute(declared)}" '
            f'ContentType="{content_type}"/>',
        )
        self.write(CONTENT_TYPES, patch.done())

    def sheets(self) -> list[tuple[Element, str, str]]:
        """Return each sheet's element in the workbook part, its kind and its part."""
        related = self.relations(self.main)
        root = tree(self.read(self.main))
        listed = root.child("sheets")
        return [
            (one, *related.get(one.related(), ("", "")))
            for one in (listed.children if listed else ())
            if one.name == "sheet"
        ]

    def part_of_kind(self, kind: str) -> str | None:
        """Return the workbook's part of a kind, such as styles; None if it has none."""
        related = self.relations(self.main).values()
        return next((part for found, part in related if found == kind and self.has(part)), None)

    def saved(self) -> bytes:
        """Return the package: parts in their old order, then new ones."""
        file = io.BytesIO()
        new = {part_key(name): (name, data) for name, data in self.changed.items()}
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
            for entry in self.archive.infolist():
                if entry.is_dir() or part_key(entry.filename) in self.dropped:
                    continue
                copy = zipfile.ZipInfo(entry.filename, entry.date_time)
                copy.compress_type = entry.compress_type
                copy.external_attr = entry.external_attr
                _name, data = new.pop(part_key(entry_name(entry)), ("", None))
                try:
                    out.writestr(copy, self.archive.read(entry) if data is None else data)
                except BROKEN as broken:
                    raise Unreadable("E102") from broken
            for name, data in new.values():
                out.writestr(name, data)
        return file.getvalue()


def at_front(package: Package, name: str, part: str) -> None:
    """
    Put a new sheet first, or unhide the existing one of its name, and select it.

    Defined names of a single sheet refer to its position, so their numbers are shifted.
    """
    data = package.read(package.main)
    root = tree(data)
    patch = XmlPatch(data)
    listed = root.child("sheets")
    there = next((one for one in listed.children if one.attributes.get("name") == name), None)
    if there:
        position = listed.children.index(there)
        if "state" in there.attributes:
            patch.change(there, {"state": None})
    else:
        position = 0
        identity = package.relate(package.main, "worksheet", part)
        package.declare(part, TYPE.format("worksheet"))
        number = 1 + max(_number(one.attributes.get("sheetId")) for one in listed.children)
        patch.insert(
            listed.children[0].start,
            f'<{listed.prefix}sheet xmlns:r="{package.relation_types}" '
            f'name="{escape_attribute(name)}" sheetId="{number}" r:id="{identity}"/>',
        )
        for one in root.each("definedName"):
            local = one.attributes.get("localSheetId")
            if local is not None:
                patch.change(one, {"localSheetId": str(_number(local) + 1)})
    for view in root.each("workbookView"):
        patch.change(view, {"activeTab": str(position), "firstSheet": None})
    package.write(package.main, patch.done())


def _number(text: str | None) -> int:
    """Return a whole number; 0 for anything else."""
    return int(text) if text and re.fullmatch("[0-9]{1,9}", text) else 0
