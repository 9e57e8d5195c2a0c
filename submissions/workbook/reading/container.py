"""
Finds out what a file is by its content, never its name, before anything is unpacked.

An .xlsx, .xls, .et or .csv is accepted; everything else is refused with the name of its type.
"""

import math
import re
import zipfile
from pathlib import Path

from submissions.workbook import compound_file, limits
from submissions.workbook.faults import Faults, Unreadable
from submissions.workbook.package import (
    BROKEN,
    CONTENT_TYPES,
    USUAL_MAIN,
    PackageFile,
    content_types,
    entry_name,
    main_part,
    part_key,
    relations,
)

XLSX = "xlsx"
# Of Excel 97 to 2003, and of WPS (.et).
XLS = "xls"
CSV = "csv"

# The endings that each may have.
ENDINGS = {XLSX: (".xlsx",), XLS: (".xls", ".et", ".xlt", ".ett"), CSV: (".csv", ".txt")}

ZIP = (b"PK\x03\x04", b"PK\x05\x06")

# First bytes -> name of the type.
SIGNATURES = {
    b"%PDF": ".pdf",
    b"Rar!\x1a\x07": ".rar",
    b"7z\xbc\xaf\x27\x1c": ".7z",
    b"\x1f\x8b": ".gz",
    b"\x89PNG": ".png",
    b"\xff\xd8\xff": ".jpg",
    b"GIF8": ".gif",
    b"II*\x00": ".tif",
    b"MM\x00*": ".tif",
    b"{\\rtf": ".rtf",
}

# A bare BIFF stream, without the OLE container around it.
BIFF = (b"\x09\x08\x10\x00", b"\x09\x08\x08\x00", b"\x09\x04\x06\x00", b"\x09\x02\x06\x00")

# Workbooks that are not read: they hold the same figures and can be saved as .xlsx.
OTHER_WORKBOOKS = {".ods", ".xlsb", ".numbers"}

# Software with which offices encrypt every document on their computers: mark -> name.
ENCRYPTION_PRODUCTS = {
    b"E-SafeNet": "E-SafeNet (亿赛通)",
    b"%TSD-Header-": "Tipray (天锐绿盾)",
    b"DRMONE": "Fasoo DRM",
    b"SCDSA00": "SoftCamp",
    b"<## NASCA DRM FILE": "NASCA DRM",
    b"<DOCUMENT SAFER": "MarkAny",
    b".pfile": "Microsoft RMS",
}
# The mark stands within so many bytes of the beginning.
MARK_WITHIN = 64

# Type of the main part, or its name -> name of the type.
OPEN_XML_TYPES = {
    "wordprocessingml.document.main": ".docx",
    "presentationml.presentation.main": ".pptx",
    "excel.sheet.binary": ".xlsb",
    "ms-visio": ".vsdx",
}
# Part of the type of a main part that is a workbook's.
WORKBOOK_TYPES = ("spreadsheetml", "ms-excel")
OPEN_XML_PARTS = {
    "word/document.xml": ".docx",
    "ppt/presentation.xml": ".pptx",
    "xl/workbook.bin": ".xlsb",
    "index/document.iwa": ".numbers",
    "index.zip": ".numbers",
}

# Folders of a package, which some programs write with a slash before them.
PACKAGE_FOLDERS = {"xl", "_rels", "docprops", "customxml", "[content_types].xml"}

MARKUP = re.compile(r"<[a-z_!?/]").match
HTML_STARTS = ("<!doctype html", "<html", "<table", "<head", "<meta", "<style", "<body", "<div")
MHTML_STARTS = ("mime-version:", "from: <saved by", "content-type: multipart/related")

# Control characters that no text has: all but tab, line feed, form feed, return, DOS end.
CONTROL = bytes(set(range(32)) - {0x09, 0x0A, 0x0C, 0x0D, 0x1A})


def identify(path: Path, name: str, faults: Faults) -> str:
    """
    Return what the file is: XLSX, XLS or CSV.

    `name` is the user's own file name; an ending that differs gets the advisory W112. Raises
    Unreadable for everything else, with the name of the type.
    """
    size = path.stat().st_size
    if size > limits.FILE_SIZE:
        raise Unreadable("E107", found=mib(size), limit=mib(limits.FILE_SIZE))
    content = path.read_bytes()
    if not content.strip():
        raise Unreadable("E105")
    suffix = Path(name).suffix.lower()
    if content.startswith(ZIP):
        form = XLSX
        _look_into_zip(path, faults)
    elif content.startswith(compound_file.SIGNATURE):
        form = XLS
        compound_file.require_workbook(content, suffix)
    elif content.startswith(BIFF):
        form = XLS
    else:
        form = CSV
        _refuse_binary(content)
        _refuse_markup(content)
    if suffix and suffix not in ENDINGS[form]:
        faults.add("W112", named=suffix, found=f".{form}")
    return form


def mib(size: int) -> str:
    """Return a size in MiB as text, rounded up: what exceeds a limit is never shown as equal."""
    return f"{math.ceil(size / limits.MIB * 10) / 10:.1f}".removesuffix(".0")


def _refuse_binary(content: bytes) -> None:
    """Raise Unreadable for a known signature, or for what is not text."""
    for signature, kind in SIGNATURES.items():
        if content.startswith(signature):
            raise Unreadable("E115", kind=kind)
    if content[:2] == b"BM" and content[6:10] == b"\0\0\0\0":
        raise Unreadable("E115", kind=".bmp")
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        raise Unreadable("E115", kind=".webp")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return  # UTF-16: every other byte of it may be anything
    for mark, product in ENCRYPTION_PRODUCTS.items():
        if mark in content[:MARK_WITHIN]:
            raise Unreadable("E224", product=product)
    start = content[:65536]
    controls = len(start) - len(start.translate(None, CONTROL))
    # A single NUL in a text is a fault of its line, not another type of file.
    if controls > 1 and controls > len(start) / 50:
        raise Unreadable("E119")


def _refuse_markup(content: bytes) -> None:
    """Raise Unreadable for web pages and XML that other systems export as .xls."""
    start = content[:4096]
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        # UTF-16. Tags are ASCII: without the zeros between them they can be compared.
        start = start[2:].replace(b"\0", b"")
    text = start.removeprefix(b"\xef\xbb\xbf").decode("latin-1").lstrip().lower()
    if text.startswith(MHTML_STARTS):
        raise Unreadable("E111", kind="MHTML")
    if text.startswith(HTML_STARTS) or (text.startswith("<") and "<html" in text):
        raise Unreadable("E111", kind="HTML")
    if MARKUP(text):
        if "urn:schemas-microsoft-com:office:spreadsheet" in text or "excel.sheet" in text:
            raise Unreadable("E118")
        raise Unreadable("E115", kind=".xml")


def _look_into_zip(path: Path, faults: Faults) -> None:
    """
    Check a zip by its central directory, then by the content types it declares.

    A directory that understates a size fails later: zipfile stops at the stated size and the
    checksum differs (E102).
    """
    try:
        archive = PackageFile(path)
    except (*BROKEN, ValueError, KeyError) as broken:
        raise Unreadable("E102") from broken
    with archive:
        entries = archive.infolist()
        _refuse_bomb(entries)
        _refuse_oddities(entries)
        _refuse_other_zip(archive)
        keys = (part_key(entry.filename) for entry in entries if not entry.is_dir())
        if any(key.startswith("xl/externallinks/") for key in keys):
            faults.add("W194")


def _refuse_bomb(entries: list[zipfile.ZipInfo]) -> None:
    """Raise Unreadable if entries are too many, too large or compressed too much."""
    if len(entries) > limits.ENTRIES:
        raise Unreadable("E221", found=len(entries), limit=limits.ENTRIES)
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if unpacked > limits.UNPACKED_SIZE:
        raise Unreadable("E101", found=mib(unpacked), limit=mib(limits.UNPACKED_SIZE))
    largest = max(entries, key=lambda entry: entry.file_size, default=None)
    if largest and largest.file_size > limits.ENTRY_SIZE:
        sizes = {"found": mib(largest.file_size), "limit": mib(limits.ENTRY_SIZE)}
        raise Unreadable("E222", part=largest.filename, **sizes)
    if unpacked > limits.RATIO_ASKED_ABOVE and unpacked > packed * limits.RATIO:
        times = unpacked // max(packed, 1)
        raise Unreadable("E223", found=times, limit=limits.RATIO)


def _refuse_oddities(entries: list[zipfile.ZipInfo]) -> None:
    """Raise Unreadable for entries that no spreadsheet program writes."""
    seen = set()
    for entry in entries:
        name = entry.filename.replace("\\", "/")
        key = part_key(entry_name(entry)) + ("/" if entry.is_dir() else "")
        # Readers differ in which of two equal entries they take.
        if key in seen:
            raise Unreadable("E106", reason=name)
        seen.add(key)
        encrypted = entry.flag_bits & 0x1
        unusual = entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
        outside = name.startswith("/") and key.partition("/")[0] not in PACKAGE_FOLDERS
        if encrypted or unusual or outside or ".." in name.split("/"):
            raise Unreadable("E106", reason=name)


def _refuse_other_zip(archive: PackageFile) -> None:
    """Raise Unreadable for a zip other than a workbook without macros."""
    if archive.has(CONTENT_TYPES):
        types = content_types(archive)
        main = main_part(archive, types)
        declared = types.of(main)
        marked = (kind for mark, kind in OPEN_XML_TYPES.items() if mark in declared)
        if kind := next(marked, OPEN_XML_PARTS.get(part_key(main))):
            raise _other_kind(kind)
        if "macroenabled" in declared or _has_macros(archive, main):
            raise Unreadable("E113")
        known = any(mark in declared for mark in WORKBOOK_TYPES)
        if archive.has(main) and (known or part_key(main) == USUAL_MAIN):
            return
    if archive.has("mimetype"):
        raise _other_kind(_open_document(archive))
    for part, kind in OPEN_XML_PARTS.items():
        if archive.has(part):
            raise _other_kind(kind)
    # A workbook that lost a part is damaged; any other zip is a zip.
    lost = any(part_key(name).startswith("xl/") for name in archive.namelist())
    raise Unreadable("E102") if lost else Unreadable("E115", kind=".zip")


def _other_kind(kind: str) -> Unreadable:
    """Return the refusal of a package: E117 for a workbook of another kind, else E115."""
    return Unreadable("E117" if kind in OTHER_WORKBOOKS else "E115", kind=kind)


def _has_macros(archive: PackageFile, main: str) -> bool:
    """Return whether the workbook itself has a macro project; an embedded document may."""
    related = [part for kind, part in relations(archive, main).values() if kind == "vbaProject"]
    return any(archive.has(part) for part in (*related, "xl/vbaProject.bin"))


def _open_document(archive: PackageFile) -> str:
    """Return the name of the type of an OpenDocument package."""
    try:
        with archive.open("mimetype") as stream:
            declared = stream.read(100)
    except BROKEN as broken:
        raise Unreadable("E102") from broken
    return ".ods" if b"spreadsheet" in declared else ".odt" if b"text" in declared else ".zip"
