"""What a compound file (OLE) is, by the streams in its root folder: .xls, .doc, a mail, …"""

import io
from collections.abc import Iterator
from contextlib import contextmanager

from xlrd.compdoc import CompDoc

from submissions.workbook.faults import Unreadable

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

WORKBOOKS = ("Workbook", "Book")
MACROS = "_VBA_PROJECT_CUR"
PASSWORD = "EncryptedPackage"
# Stands deeper, in the description of how the package is encrypted.
RIGHTS_MANAGEMENT = "DRMEncryptedDataSpace"

# Streams and folders -> name of the type. The first that is there decides.
DOCUMENTS = {
    "WordDocument": ".doc",
    "PowerPoint Document": ".ppt",
    "VisioDocument": ".vsd",
    "__properties_version1.0": ".msg",
    "Quill": ".pub",
    "HwpSummaryInformation": ".hwp",
}
# WPS writes the streams of Microsoft's programs; only the file name differs.
WPS_NAMES = {".doc": ".wps", ".ppt": ".dps"}

# The class of the root folder of Windows installer packages.
INSTALLER = bytes.fromhex("84100c0000000000c000000000000046")


# What xlrd says of a workbook with a password; it has no exception of its own for that.
ENCRYPTED = "Workbook is encrypted"


@contextmanager
def as_unreadable() -> Iterator[None]:
    """
    Raise Unreadable for whatever xlrd raises: E114 for a password, E102 for the rest.

    On damaged records it fails with any exception that unpacking and indexing can raise.
    """
    try:
        yield
    except (Unreadable, MemoryError):
        raise
    except Exception as broken:
        raise Unreadable("E114" if str(broken) == ENCRYPTED else "E102") from broken


def require_workbook(content: bytes, suffix: str) -> None:
    """
    Return if a compound file is a workbook without macros; else raise Unreadable.

    E113 with macros, E114 with a password, E115 with the name of its type, E224 encrypted by the
    office's software. `suffix` is the
    ending of the user's own file name. A damaged folder is judged by the names that are there.
    """
    names, root_class = _root(content)
    if PASSWORD in names:
        if RIGHTS_MANAGEMENT.encode("utf-16-le") in content:
            raise Unreadable("E224", product="Microsoft RMS")
        raise Unreadable("E114")
    if names.isdisjoint(WORKBOOKS):
        raise Unreadable("E115", kind=_kind(names, root_class, suffix))
    if MACROS in names:
        raise Unreadable("E113")


def _kind(names: set[str], root_class: bytes, suffix: str) -> str:
    """Return the name of a type other than a workbook."""
    if root_class == INSTALLER:
        return ".msi"
    for name, kind in DOCUMENTS.items():
        if name in names:
            return suffix if suffix == WPS_NAMES.get(kind) else kind
    return "OLE"


def _root(content: bytes) -> tuple[set[str], bytes]:
    """Return the names in the root folder, and its class."""
    try:
        with as_unreadable():
            folder = CompDoc(
                content, logfile=io.StringIO(), ignore_workbook_corruption=True
            ).dirlist
            return {folder[child].name for child in folder[0].children}, _class_of_root(content)
    except Unreadable:
        known = {*WORKBOOKS, PASSWORD, *DOCUMENTS}
        return {name for name in known if name.encode("utf-16-le") in content}, b""


def _class_of_root(content: bytes) -> bytes:
    """Return the class of the root folder, which is the first entry of the directory."""
    sector = int.from_bytes(content[48:52], "little")
    start = 512 + (sector << int.from_bytes(content[30:32], "little"))
    return content[start + 80 : start + 96]
