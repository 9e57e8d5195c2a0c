"""
Makes .xls workbooks and other compound files at test time, record by record. No binaries in git.

    content = forge_binary.as_xls(forge.workbook(edit=…))

as_xls() takes an .xlsx and writes the same cells, formats, hidden and merged ranges as Excel 97
does; a formula as a program that does not calculate writes it, unless its result is given.
"""

import io
from struct import pack

import openpyxl
from openpyxl.cell import Cell
from openpyxl.utils.datetime import MAC_EPOCH, to_excel

SECTOR = 512
END_OF_CHAIN, FREE, FAT_SECTOR, NO_ENTRY = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF
# Shorter streams would go into sectors of their own kind.
SHORTEST_STREAM = 4096

STATES = {"visible": 0, "hidden": 1, "veryHidden": 2}
ERRORS = {"#NULL!": 0, "#DIV/0!": 7, "#VALUE!": 15, "#REF!": 23, "#NAME?": 29, "#NUM!": 36}
ERRORS["#N/A"] = 42
FIRST_FORMAT = 164


def as_xls(content: bytes, *, before: bytes = b"", results: dict | None = None) -> bytes:
    """
    Return an .xlsx as .xls.

    before   records before those of the workbook, such as password()
    results  address of a formula -> its result, a number or a text
    """
    return compound({"Workbook": stream(content, before=before, results=results)})


def stream(content: bytes, *, before: bytes = b"", results: dict | None = None) -> bytes:
    """Return an .xlsx as the records of an .xls, without the container around them."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    codes: dict[str, int] = {}
    bodies = [_sheet(sheet, codes, results or {}) for sheet in book.worksheets]
    head = _begin(5) + before + _record(0x42, pack("<H", 1200))
    head += _record(0x22, pack("<H", book.epoch == MAC_EPOCH))
    head += _record(0x31, pack("<HHHHHBBBB", 220, 0, 8, 400, 0, 0, 0, 0, 0) + _text("Arial", "B"))
    for number, code in enumerate(codes, start=FIRST_FORMAT):
        head += _record(0x41E, pack("<H", number) + _text(code))
    for number in range(FIRST_FORMAT, FIRST_FORMAT + len(codes)):
        head += _record(0xE0, pack("<HHHBBBBIIH", 0, number, 0, 0, 0, 0, 0, 0, 0, 0))
    names = [_text(sheet.title, "B") for sheet in book.worksheets]
    start = len(head) + sum(4 + 6 + len(name) for name in names) + 4
    for sheet, name, body in zip(book.worksheets, names, bodies, strict=True):
        head += _record(0x85, pack("<iBB", start, STATES[sheet.sheet_state], 0) + name)
        start += len(body)
    return head + _record(0x0A, b"") + b"".join(bodies)


def password() -> bytes:
    """Return the record with which an encrypted workbook begins."""
    return _record(0x2F, pack("<HHH16s16s16s", 1, 1, 1, b"s" * 16, b"v" * 16, b"h" * 16))


def link() -> bytes:
    """Return the record of a link to another workbook."""
    return _record(0x1AE, pack("<H", 1) + _text("other.xls") + _text("Sheet1"))


def compound(streams: dict[str, bytes], root_class: bytes = bytes(16)) -> bytes:
    """Return a compound file (OLE) with streams in its root folder."""
    padded = {name: _padded(data, SHORTEST_STREAM) for name, data in streams.items()}
    folder_size = len(_padded(bytes(128 * (len(padded) + 1)), SECTOR))
    chains = [folder_size // SECTOR, *(len(data) // SECTOR for data in padded.values())]
    fat_sectors = 1
    while (fat_sectors + sum(chains)) * 4 > fat_sectors * SECTOR:
        fat_sectors += 1
    fat = [FAT_SECTOR] * fat_sectors
    starts = []
    for length in chains:
        starts.append(len(fat))
        fat += [*range(len(fat) + 1, len(fat) + length), END_OF_CHAIN]
    fat += [FREE] * (fat_sectors * SECTOR // 4 - len(fat))
    entries = [_entry("Root Entry", 5, 1 if padded else NO_ENTRY, NO_ENTRY, END_OF_CHAIN, 0)]
    entries[0] = entries[0][:80] + root_class + entries[0][96:]
    for at, (name, data) in enumerate(padded.items(), start=1):
        after = at + 1 if at < len(padded) else NO_ENTRY
        entries.append(_entry(name, 2, NO_ENTRY, after, starts[at], len(data)))
    listed = [*range(fat_sectors), *[FREE] * (109 - fat_sectors)]
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += pack("<HHHHH6xI", 0x3E, 3, 0xFFFE, 9, 6, 0)
    head += pack("<IIIIIIII", fat_sectors, starts[0], 0, 4096, END_OF_CHAIN, 0, END_OF_CHAIN, 0)
    head += pack("<109I", *listed)
    return b"".join(
        [
            head,
            pack(f"<{len(fat)}I", *fat),
            _padded(b"".join(entries), SECTOR),
            *padded.values(),
        ]
    )


def _entry(name: str, kind: int, child: int, after: int, start: int, size: int) -> bytes:
    """Return an entry of a compound file's directory."""
    written = name.encode("utf-16-le") + b"\0\0"
    head = written.ljust(64, b"\0") + pack("<HBB", len(written), kind, 1)
    return head + pack("<III", NO_ENTRY, after, child) + bytes(36) + pack("<III", start, size, 0)


def _padded(data: bytes, unit: int) -> bytes:
    """Return data, filled up to a multiple of SECTOR and to at least `unit` bytes."""
    size = max(unit, -(-len(data) // SECTOR) * SECTOR)
    return data.ljust(size, b"\0")


def _record(code: int, data: bytes) -> bytes:
    """Return one record."""
    return pack("<HH", code, len(data)) + data


def _begin(kind: int) -> bytes:
    """Return the beginning of a part: 5 for the workbook, 16 for a sheet."""
    return _record(0x809, pack("<HHHHII", 0x0600, kind, 4096, 1997, 0, 6))


def _text(text: str, length: str = "H") -> bytes:
    """Return a text behind its length, as one byte (B) or two (H)."""
    written = text.encode("utf-16-le")
    return pack(f"<{length}B", len(written) // 2, 1) + written


def _sheet(sheet, codes: dict[str, int], results: dict) -> bytes:
    """Return the records of a sheet; formats that are new are added to `codes`."""
    out = _begin(16)
    for letter, about in sheet.column_dimensions.items():
        at = openpyxl.utils.column_index_from_string(letter) - 1
        out += _record(0x7D, pack("<HHHHHH", at, at, int(about.width * 256), 0, about.hidden, 0))
    for number, about in sheet.row_dimensions.items():
        hidden = 0x20 * bool(about.hidden)
        out += _record(0x208, pack("<HHHHHHI", number - 1, 0, 1, 255, 0, 0, 0x100 | hidden))
    for row in sheet.iter_rows():
        for cell in row:
            style = codes.setdefault(cell.number_format, len(codes))
            out += _cell(cell, style, results)
    merged = [(r.min_row, r.max_row, r.min_col, r.max_col) for r in sheet.merged_cells.ranges]
    if merged:
        areas = b"".join(pack("<HHHH", *(side - 1 for side in area)) for area in merged)
        out += _record(0xE5, pack("<H", len(merged)) + areas)
    return out + _record(0x0A, b"")


def _formula(at: bytes, result: float | str | None) -> bytes:
    """Return the records of a formula; None is no result, as of a program that calculates none."""
    flags = 2 if result is None else 0
    kept = b"\0" * 6 + b"\xff\xff" if isinstance(result, str) else pack("<d", result or 0)
    record = _record(0x06, at + kept + pack("<HIH", flags, 0, 0))
    return record + _record(0x207, _text(result)) if isinstance(result, str) else record


def _cell(cell: Cell, style: int, results: dict) -> bytes:
    """Return the record of a cell; nothing for a blank one."""
    value = getattr(cell, "value", None)
    if value is None:
        return b""
    at = pack("<HHH", cell.row - 1, cell.column - 1, style)
    if cell.data_type == "f":
        return _formula(at, results.get(cell.coordinate))
    if cell.data_type == "b":
        return _record(0x205, at + pack("<BB", value, 0))
    if cell.data_type == "e":
        return _record(0x205, at + pack("<BB", ERRORS[value], 1))
    if isinstance(value, str):
        return _record(0x204, at + _text(value))
    if not isinstance(value, int | float):
        value = to_excel(value, cell.parent.parent.epoch)
    return _record(0x203, at + pack("<d", value))
