"""Parts are found by their role: whatever they are called, and whatever else is declared."""

import re
from datetime import date

import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.submissions.fault_catalogue import forge, spoil
from tests.submissions.fault_catalogue.readings import found, meanings, one, reading_of
from tests.submissions.misread import packages

CLEAN = spoil.with_shared_strings(forge.workbook())
BINARY = "vnd.ms-excel.sheet.binary.macroEnabled.main"


def sheetjs(content):
    """The content types of SheetJS 0.18.5, which declares whatever it may ever write."""
    for extension, declared in {
        "bin": BINARY,
        "vml": "vnd.openxmlformats-officedocument.vmlDrawing",
        "data": "vnd.openxmlformats-officedocument.model+data",
        "pdf": "pdf",
    }.items():
        content = packages.with_default(content, extension, declared)
    part = b'<metadata xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    return forge.with_part(content, "xl/metadata.xml", part)


def moved(content, name):
    """The workbook part under another name, with its relations."""
    parts = forge.parts(content)
    parts[f"xl/{name}"] = parts.pop("xl/workbook.xml")
    parts[f"xl/_rels/{name}.rels"] = parts.pop(packages.RELATIONS)
    for part in ("_rels/.rels", packages.TYPES):
        parts[part] = parts[part].replace(b"xl/workbook.xml", f"xl/{name}".encode())
    return forge.package(parts)


def encoded(name):
    """A target with its first letters percent-encoded."""
    return name.replace("sheet", "%73h%65et")


SAME = {
    "A02 SheetJS": sheetjs(CLEAN),
    "A03 an embedded .xlsb": forge.with_part(
        packages.with_default(CLEAN, "xlsb", BINARY), "xl/embeddings/a.xlsb", b"x"
    ),
    "A05 docm declared": packages.with_default(CLEAN, "docm", "vnd.ms-word.document.macroEnabled"),
    "docx declared": packages.with_default(
        CLEAN, "docx", "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    ),
    "pptm declared": packages.with_default(
        CLEAN, "pptm", "vnd.ms-powerpoint.presentation.macroEnabled.main+xml"
    ),
    "an embedded .xlsm": forge.with_part(
        packages.with_default(CLEAN, "xlsm", "vnd.ms-excel.sheet.macroEnabled.12"),
        "xl/embeddings/a.xlsm",
        b"x",
    ),
    "vbaProject declared": packages.with_default(CLEAN, "bin", "vnd.ms-office.vbaProject"),
    "printer settings under it": forge.with_part(
        packages.with_default(CLEAN, "bin", "vnd.ms-office.vbaProject"),
        "xl/printerSettings/printerSettings1.bin",
        b"x",
    ),
    "a part that is not there": packages.with_override(CLEAN, "/word/document.xml", BINARY),
    "F01 SharedStrings": packages.renamed(
        CLEAN, lambda name: name.replace("shared", "Shared"), "sharedStrings"
    ),
    "SHEET2.XML": packages.renamed(CLEAN, str.upper, "sheet2"),
    "Styles.xml": packages.renamed(CLEAN, lambda name: name.replace("st", "St"), "styles"),
    "XL/": packages.renamed(CLEAN, lambda name: name.replace("xl/", "XL/")),
    "all upper": packages.renamed(CLEAN, str.upper),
    "all lower": packages.renamed(CLEAN, str.lower),
    "F03 backslashes": packages.renamed(CLEAN, lambda name: name.replace("/", "\\")),
    "backslashes in some": packages.renamed(CLEAN, lambda n: n.replace("/", "\\"), "worksheets"),
    "a slash before each": packages.renamed(CLEAN, lambda name: f"/{name}", "xl/"),
    "F05 content_types": packages.renamed(CLEAN, str.lower, "Content_Types"),
    "names percent-encoded": packages.renamed(CLEAN, encoded, "worksheets"),
    "targets percent-encoded": packages.with_targets(CLEAN, encoded),
    "targets with backslashes": packages.with_targets(CLEAN, lambda t: t.replace("/", "\\")),
    "targets with dots": packages.with_targets(CLEAN, lambda t: f"./{t}".replace(".//", "/")),
    "targets in other case": packages.with_targets(CLEAN, str.upper),
    "workbook2.xml": moved(CLEAN, "workbook2.xml"),
    "another main part": moved(CLEAN, "报表.xml"),
    "no package relations": forge.package(
        {name: part for name, part in forge.parts(CLEAN).items() if name != "_rels/.rels"}
    ),
    "a folder among the entries": packages.zipped(
        [("xl/", b""), ("xl/externalLinks/", b""), *forge.parts(CLEAN).items()]
    ),
    "F07 references in lower case": forge.with_sheet_changed(
        CLEAN, lambda xml: re.sub(r'(?<=<c r=")[A-Z]+', lambda m: m[0].lower(), xml)
    ),
    "F09 blanks in values": forge.with_sheet_changed(
        CLEAN, lambda xml: re.sub(r"<v>([^<]*)</v>", "<v>\n  \\1\t</v>", xml)
    ),
    "B04 a value beside the text": forge.with_sheet_changed(
        forge.workbook(enterprises=[forge.enterprise(n, employees="102") for n in (1, 2, 3)]),
        lambda xml: xml.replace("<is><t>102</t></is>", "<v>102</v><is><t>102</t></is>"),
    ),
    "the same behind it": forge.with_sheet_changed(
        forge.workbook(enterprises=[forge.enterprise(n, employees="102") for n in (1, 2, 3)]),
        lambda xml: xml.replace("<is><t>102</t></is>", "<is><t>102</t></is><v>102.0</v>"),
    ),
    "J05 200 pictures": forge.package(
        forge.parts(CLEAN) | {f"xl/media/image{n}.png": b"\x89PNG" for n in range(200)}
    ),
    "1,000 pictures": forge.package(
        forge.parts(CLEAN) | {f"xl/media/image{n}.png": b"\x89PNG" for n in range(1000)}
    ),
}


@pytest.mark.parametrize("content", SAME.values(), ids=SAME)
def test_the_same_lines_are_read_whatever_parts_are_called(content, tmp_path):
    reading = reading_of(content, tmp_path)

    assert reading.faults == []
    lines = meanings(reading.tables["enterprises"])
    if lines[0]["employees"] == 102:
        lines = [line | {"employees": 100 + at} for at, line in enumerate(lines, start=1)]
    assert lines == meanings(reading_of(CLEAN, tmp_path).tables["enterprises"])


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(packages.with_override(CLEAN, "/xl/workbook.xml", BINARY), "E117", id="xlsb"),
        pytest.param(
            packages.with_override(CLEAN, "/XL/Workbook.xml", "vnd.ms-excel.sheet.macroEnabled"),
            "E113",
            id="xlsm, in other case",
        ),
        pytest.param(forge.with_part(CLEAN, "xl/VBAPROJECT.BIN", b"x"), "E113", id="macros"),
        pytest.param(
            forge.package({n: p for n, p in forge.parts(CLEAN).items() if n != packages.TYPES}),
            "E102",
            id="no content types",
        ),
        pytest.param(
            forge.package({n: p for n, p in forge.parts(CLEAN).items() if "Strings" not in n}),
            "E102",
            id="no shared texts",
        ),
        pytest.param(
            forge.package({n: p for n, p in forge.parts(CLEAN).items() if n != packages.RELATIONS}),
            "E102",
            id="no relations",
        ),
        pytest.param(
            packages.zipped([*forge.parts(CLEAN).items(), ("xl\\WORKSHEETS/sheet2.xml", b"<x/>")]),
            "E106",
            id="a part twice, in other case",
        ),
        pytest.param(packages.renamed(CLEAN, lambda n: f"..\\{n}", "theme"), "E106", id="outside"),
    ],
)
def test_what_is_no_workbook_or_damaged_is_still_refused(content, code, tmp_path):
    assert [fault.code for fault in reading_of(content, tmp_path).faults] == [code]


EXTENSION = (
    '<extLst><ext xmlns:x15="http://schemas.microsoft.com/office/spreadsheetml/2010/11/main" '
    'uri="{140A7094}"><x15:workbookPr chartTrackingRefBase="1"/></ext></extLst></workbook>'
)


@pytest.mark.parametrize("flag", ["1", "true", "0", "false", None])
@pytest.mark.parametrize("extended", [True, False])
@pytest.mark.parametrize("prefixed", [True, False])
def test_dates_count_from_1904_if_the_workbook_says_so(flag, extended, prefixed, tmp_path):
    """B05: Excel 2013 writes a second element of that name, in another namespace."""

    def in_1904(book):
        if flag in ("1", "true"):
            book.epoch = CALENDAR_MAC_1904

    def change(xml):
        said = f'<workbookPr date1904="{flag}"/>' if flag else "<workbookPr/>"
        xml = re.sub(r"<workbookPr[^>]*/>", said, xml)
        xml = xml.replace("</workbook>", EXTENSION) if extended else xml
        if prefixed:
            xml = re.sub(r"<(/?)(?=[a-z]+[A-Z]?[a-zA-Z]*[\s/>])", r"<\1s:", xml)
            xml = xml.replace("xmlns=", "xmlns:s=", 1)
        return xml

    blocks = [{"content": "1个研究院", "planned_on": date(2025, 9, 30)}]
    content = forge.workbook(blocks=blocks, edit=in_1904)
    reading = reading_of(packages.with_workbook(content, change), tmp_path)

    assert reading.faults == []
    assert reading.tables["blocks"].lines[0].get("planned_on") == date(2025, 9, 30)


@pytest.mark.parametrize("index", ["99", "-1", "x", "1.5", " 4000 "])
@pytest.mark.parametrize(("ref", "field"), [("J6", "remark"), ("B6", "name"), ("E6", "revenue")])
def test_one_bad_reference_to_a_text_names_its_cell(index, ref, field, tmp_path):
    """F10"""
    content = spoil.with_shared_strings(
        forge.workbook(enterprises=[forge.enterprise(n, remark="新建") for n in (1, 2, 3)])
    )
    broken = f'<c r="{ref}" t="s"><v>{index}</v></c>'
    reading = reading_of(spoil.with_raw_cell(content, ref, broken), tmp_path)

    assert found(reading) == [("E220", "企业明细", ref)]
    assert reading.lines == 3
    assert reading.tables["enterprises"].lines[1].get(field) is None


def test_a_text_and_another_value_in_one_cell_contradict_each_other(tmp_path):
    """B04: which of the two the clerk saw depends on the program."""
    both = '<c r="H6" t="inlineStr"><v>600</v><is><t>599</t></is></c>'
    reading = reading_of(spoil.with_raw_cell(forge.workbook(), "H6", both), tmp_path)

    assert one(reading, "E220").cell == "H6"
