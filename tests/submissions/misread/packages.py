"""Changes to the package of a workbook that leave every value as it is."""

import io
import re
import zipfile
from collections.abc import Callable

from tests.submissions.fault_catalogue import forge

TYPES = "[Content_Types].xml"
RELATIONS = "xl/_rels/workbook.xml.rels"


def zipped(entries: list[tuple[str, bytes]]) -> bytes:
    """Return a zip of entries, their names as they are given."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in entries:
            archive.writestr(zipfile.ZipInfo(name), part)
    return file.getvalue()


def renamed(content: bytes, rename: Callable[[str], str], only: str = "") -> bytes:
    """Return the package with the names of its entries changed, but not what refers to them."""
    return zipped(
        [
            (rename(name) if only in name else name, part)
            for name, part in forge.parts(content).items()
        ]
    )


def with_default(content: bytes, extension: str, content_type: str) -> bytes:
    """Return the package with a content type declared for an extension."""
    types = forge.parts(content)[TYPES].decode()
    added = f'<Default Extension="{extension}" ContentType="application/{content_type}"/>'
    return forge.with_part(content, TYPES, re.sub(r"(<Types[^>]*>)", rf"\1{added}", types))


def with_override(content: bytes, part: str, content_type: str) -> bytes:
    """Return the package with a content type declared for one part."""
    types = forge.parts(content)[TYPES].decode()
    added = f'<Override PartName="{part}" ContentType="application/{content_type}"/></Types>'
    return forge.with_part(content, TYPES, types.replace("</Types>", added))


def with_targets(content: bytes, change: Callable[[str], str]) -> bytes:
    """Return the package with the targets of the workbook's relations changed."""
    rels = forge.parts(content)[RELATIONS].decode()
    changed = re.sub(r'Target="([^"]*)"', lambda match: f'Target="{change(match[1])}"', rels)
    return forge.with_part(content, RELATIONS, changed)


def with_workbook(content: bytes, change: Callable[[str], str]) -> bytes:
    """Return the package with the XML of its workbook part changed."""
    return forge.with_part(
        content, "xl/workbook.xml", change(forge.parts(content)["xl/workbook.xml"].decode())
    )
