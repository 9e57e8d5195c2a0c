"""
Takes the bytes of a file that forge.py has made and returns the bytes of a worse one.

Numbers such as F-01 are those of the project's catalogue of intake faults.
"""

import io
import re
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl

from tests.submissions.fault_catalogue.forge import (
    FIELDS,
    HEADER_ROW,
    HEADINGS,
    MAIN,
    edited,
    package,
    parts,
    sheet_xml,
    with_part,
    with_sheet_changed,
    workbook,
)
from tests.submissions.fault_catalogue.forge_binary import compound

STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"

# A. Hostile or broken containers


def zip_bomb(mib: int = 200) -> bytes:
    """Return a workbook whose sheet unpacks to so many MiB of spaces (F-01)."""
    return with_part(workbook(), "xl/worksheets/sheet2.xml", b" " * (mib * 1024 * 1024))


def large_zip_bomb(gib: int = 1) -> bytes:
    """Return a workbook of 5 MB whose sheet unpacks to so many GiB, made piece by piece (F-01)."""
    file = io.BytesIO(workbook())
    with (
        zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("xl/worksheets/sheet9.xml", "w") as part,
    ):
        for _ in range(gib * 64):
            part.write(b" " * (16 * 1024 * 1024))
    return file.getvalue()


def with_symlink(content: bytes, target: str = "/etc/passwd") -> bytes:
    """Return the package with a sheet that is a symbolic link, as Unix archives have (F-01c)."""
    info = zipfile.ZipInfo("xl/worksheets/sheet2.xml")
    info.external_attr = 0o120777 << 16
    contents = parts(content)
    contents.pop(info.filename)
    file = io.BytesIO(package(contents))
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(info, target)
    return file.getvalue()


def lie_about_size(content: bytes, size: int = 1000) -> bytes:
    """Return the package with every uncompressed size in the directory understated (F-01b)."""
    changed = bytearray(content)
    at = changed.find(b"PK\x01\x02")
    while at >= 0:
        changed[at + 24 : at + 28] = struct.pack("<I", size)
        at = changed.find(b"PK\x01\x02", at + 4)
    return bytes(changed)


def with_duplicate_entry(content: bytes) -> bytes:
    """Return the package with its second sheet twice, of which readers take either (F-01c)."""
    return with_entries(content, [("xl/worksheets/sheet2.xml", b"<worksheet/>")])


def with_entries(content: bytes, entries: list[tuple[str, bytes]]) -> bytes:
    """Return the package with entries added, whatever names they have."""
    file = io.BytesIO(content)
    with zipfile.ZipFile(file, "a") as archive:
        for name, part in entries:
            info = zipfile.ZipInfo(name)
            # Forgotten by name, so that zipfile does not warn of what is done on purpose.
            archive.NameToInfo.pop(name, None)
            archive.writestr(info, part)
    return file.getvalue()


def encrypted_entry(content: bytes) -> bytes:
    """Return the package with its first entry marked as encrypted (F-01c)."""
    changed = bytearray(content)
    at = changed.find(b"PK\x01\x02")
    changed[at + 8] |= 0x1
    return bytes(changed)


def with_entity_bomb(content: bytes, part: str = "xl/worksheets/sheet2.xml") -> bytes:
    """Return the workbook with the billion laughs declared in a part (F-02)."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]>'
    return with_part(content, part, doctype + sheet_xml("<row><c><v>&l9;</v></c></row>"))


def with_external_entity(content: bytes, secret: Path) -> bytes:
    """Return the workbook with a sheet that asks for a file of ours (F-03)."""
    doctype = f'<!DOCTYPE x [<!ENTITY s SYSTEM "file://{secret}">]>'
    row = '<row><c t="inlineStr"><is><t>&s;</t></is></c></row>'
    return with_part(content, "xl/worksheets/sheet2.xml", doctype + sheet_xml(row))


def with_dimension(content: bytes, ref: str | None, sheet: str = "企业明细") -> bytes:
    """Return the workbook with <dimension> set, or removed for None (F-04, F-05)."""
    tag = f'<dimension ref="{ref}"/>' if ref else ""
    return with_sheet_changed(content, lambda xml: re.sub(r"<dimension[^>]*>", tag, xml), sheet)


def with_stray_cell(content: bytes, ref: str = "XFD1048576", text: str = "孤立") -> bytes:
    """Return the workbook with one cell far away from everything (F-06)."""
    row = re.sub("[A-Z]", "", ref)
    cell = f'<row r="{row}"><c r="{ref}" t="inlineStr"><is><t>{text}</t></is></c></row>'
    return with_sheet_changed(
        content, lambda xml: xml.replace("</sheetData>", cell + "</sheetData>")
    )


def with_empty_rows(content: bytes, count: int = 1_000_000) -> bytes:
    """Return the workbook with so many formatted empty rows at its end (F-07)."""
    start = 100
    rows = "".join(f'<row r="{n}" s="1"><c r="A{n}" s="1"/></row>' for n in range(start, count))
    return with_sheet_changed(
        content, lambda xml: xml.replace("</sheetData>", rows + "</sheetData>")
    )


def truncate(content: bytes, share: float) -> bytes:
    """Return the first part of the file, as after a broken upload (F-08)."""
    return content[: int(len(content) * share)]


# B. Not what the name says


def as_html_xls() -> bytes:
    """Return a web page with a table, as other systems hand out under the name .xls (F-11)."""
    rows = "".join(f"<td>{heading}</td>" for heading in HEADINGS["enterprises"])
    return f"<html><head></head><body><table><tr>{rows}</tr></table></body></html>".encode()


def as_mhtml() -> bytes:
    """Return a web archive named .xls (F-11)."""
    return (
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n" + as_html_xls()
    )


def as_xml_2003() -> bytes:
    """Return a SpreadsheetML 2003 file named .xls (F-11)."""
    return (
        b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"></Workbook>'
    )


def ole(*streams: str) -> bytes:
    """Return a compound file with streams of these names and nothing in them (F-14, F-15)."""
    return compound({name: b"" for name in streams})


def with_vba(content: bytes) -> bytes:
    """Return the workbook with a macro project in it (F-13)."""
    return with_part(content, "xl/vbaProject.bin", b"\0")


# D. Structure


def hide_rows(content: bytes, first: int, last: int, sheet: str = "企业明细") -> bytes:
    """Return the workbook with rows hidden, as a filter does (F-34)."""

    def hide(book: openpyxl.Workbook) -> None:
        for row in range(first, last + 1):
            book[sheet].row_dimensions[row].hidden = True

    return edited(content, hide)


def with_two_line_headings(content: bytes) -> bytes:
    """
    Return the workbook with the headings of 企业明细 on two merged lines (F-30).

    环保业务（万元） stands above 产值 and 营业收入; all other headings reach over both lines.
    The first line moves from row 5 to row 6.
    """

    def split(book: openpyxl.Workbook) -> None:
        sheet = book["企业明细"]
        sheet.insert_rows(HEADER_ROW + 1)
        for column in range(1, len(FIELDS["enterprises"]) + 1):
            letter = openpyxl.utils.get_column_letter(column)
            if letter not in "DE":
                sheet.merge_cells(f"{letter}{HEADER_ROW}:{letter}{HEADER_ROW + 1}")
        sheet["D4"], sheet["E4"] = "环保业务（万元）", None
        sheet["D5"], sheet["E5"] = "产值", "营业收入"
        sheet.merge_cells("D4:E4")

    return edited(content, split)


# E. Cells, and other ways of writing the same


def with_raw_cell(content: bytes, ref: str, xml: str, sheet: str = "企业明细") -> bytes:
    """Return the workbook with one cell's element replaced by the XML given."""
    cell = re.compile(rf'<c r="{ref}"[^>]*?(?:/>|>.*?</c>)')

    def replace(text: str) -> str:
        assert cell.search(text), f"no cell {ref}"
        return cell.sub(lambda _match: xml, text, count=1)

    return with_sheet_changed(content, replace, sheet)


def with_raw_value(content: bytes, ref: str, value: str, sheet: str = "企业明细") -> bytes:
    """Return the workbook with a raw <v>…</v> in a numeric cell (F-45)."""
    return with_raw_cell(content, ref, f'<c r="{ref}">{value}</c>', sheet)


def without_cached_value(content: bytes, ref: str, formula: str = "1+1") -> bytes:
    """Return the workbook with a formula whose result was never stored (F-42)."""
    return with_raw_cell(content, ref, f'<c r="{ref}"><f>{formula}</f></c>')


def with_shared_strings(content: bytes) -> bytes:
    """Return the workbook with its texts in sharedStrings.xml, as Excel and WPS write them."""
    texts: list[str] = []
    contents = parts(content)

    def share(match: re.Match[str]) -> str:
        texts.append(match[2])
        return f'<c {match[1]}t="s"><v>{len(texts) - 1}</v></c>'

    for name, part in contents.items():
        if name.startswith("xl/worksheets/sheet"):
            inline = re.compile(
                r'<c ([^>]*)t="inlineStr"[^>]*><is><t[^>]*>(.*?)</t></is></c>', re.S
            )
            contents[name] = inline.sub(share, part.decode()).encode()
    items = "".join(
        # Every other text in two runs, with a reading guide: both are how programs write.
        f"<si><r><t>{text[:1]}</t></r><r><t>{text[1:]}</t></r><rPh><t>guide</t></rPh></si>"
        if at % 2 and "&" not in text
        else f'<si><t xml:space="preserve">{text}</t></si>'
        for at, text in enumerate(texts)
    )
    contents["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{items}</sst>'.encode()
    relation = (
        '<Relationship Id="rIdStrings" Type="http://schemas.openxmlformats.org/officeDocument/'
        '2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    )
    rels = "xl/_rels/workbook.xml.rels"
    contents[rels] = contents[rels].replace(b"</Relationships>", relation.encode())
    return package(contents)


def _each_sheet(content: bytes, change: Callable[[str], str]) -> bytes:
    return package(
        {
            name: change(part.decode()).encode() if name.startswith("xl/worksheets/sheet") else part
            for name, part in parts(content).items()
        }
    )


def without_references(content: bytes) -> bytes:
    """Return the workbook with no r attributes, so that positions count; blanks are kept."""

    def drop(xml: str) -> str:
        return re.sub(r'(<(?:c|row)) r="[A-Z]*[0-9]+"', r"\1", xml)

    return _each_sheet(content, drop)


def with_prefixes(content: bytes) -> bytes:
    """Return the workbook with x: before every element of its sheets."""

    def prefix(xml: str) -> str:
        return re.sub(r"<(/?)(?=[A-Za-z])", r"<\1x:", xml).replace("xmlns=", "xmlns:x=", 1)

    return _each_sheet(content, prefix)


def as_strict(content: bytes) -> bytes:
    """Return the workbook in the namespaces of strict OOXML."""
    transitional = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    strict = b"http://purl.oclc.org/ooxml/officeDocument/relationships"
    return package(
        {
            name: part.replace(MAIN.encode(), STRICT.encode()).replace(transitional, strict)
            for name, part in parts(content).items()
        }
    )
