"""For each code of the reader a file close to its fault, for which its message would be false."""

import io
import zipfile
from datetime import date

from submissions.workbook import limits
from tests.submissions.fault_catalogue import forge, forge_binary, spoil
from tests.submissions.misread import packages
from tests.submissions.misread.test_rows import with_rows

CLEAN = forge.workbook()
CSV = forge.as_csv()
OUR_NAME = "报表.xlsx"


def first(**given):
    """A workbook whose first line has these values."""
    return forge.workbook(enterprises=[forge.enterprise(1, **given), forge.enterprise(2)])


def edited(**cells):
    """The clean workbook with cells of 企业明细 changed."""

    def change(book):
        for ref, value in cells.items():
            book["企业明细"][ref] = value

    return forge.workbook(edit=change)


def stored(content):
    """The same package without compression, as large as what it unpacks to."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, part in forge.parts(content).items():
            archive.writestr(name, part)
    return file.getvalue()


def with_columns(count):
    """A sheet with so many columns in use."""
    return forge.workbook(
        edit=lambda book: [book["企业明细"].cell(4, at, f"列{at}") for at in range(11, count + 1)]
    )


def hidden(book):
    book["企业明细"].column_dimensions["M"].hidden = True


# code -> a file, or (a file, its name)
FILES = {
    "E101": lambda: spoil.zip_bomb(12),
    "E102": lambda: packages.renamed(CLEAN, lambda name: name.replace("/", "\\")),
    "E103": lambda: first(name="<!DOCTYPE x>示例公司"),
    "E104": lambda: spoil.with_empty_rows(CLEAN, 100_000),
    "E105": lambda: b"0",
    "E106": lambda: packages.zipped([("xl/", b""), *forge.parts(CLEAN).items()]),
    "E107": lambda: stored(CLEAN),
    "E108": lambda: forge.workbook(
        edit=lambda book: [book.create_sheet(f"s{n}") for n in range(limits.SHEETS - 2)]
    ),
    "E109": lambda: with_columns(limits.USED_COLUMNS),
    "E110": lambda: with_rows(*[{"F": 0}] * 500),
    "E111": lambda: (b"<a>," + CSV, "a.csv"),
    "W112": lambda: (CSV, "报表.txt"),
    "E113": lambda: packages.with_default(CLEAN, "bin", "vnd.ms-office.vbaProject"),
    "E114": lambda: spoil.ole("EncryptedPackage", "DRMEncryptedDataSpace"),
    "E115": lambda: packages.with_default(
        CLEAN, "xlsb", "vnd.ms-excel.sheet.binary.macroEnabled.main"
    ),
    "E116": lambda: forge.workbook(enterprises=[], cities=[]),
    "E117": lambda: (forge_binary.as_xls(CLEAN), "报表.xls"),
    "E210": lambda: edited(**{f"{letter}{row}": None for letter in "DEFGHI" for row in (5, 6, 7)}),
    "E118": lambda: b'<?xml version="1.0"?><report/>',
    "E119": lambda: b"\x62\x14\x23\x65\x01\x00\x00E-SafeNet\x00\x00LOCK" + bytes(range(256)) * 9,
    "E221": lambda: forge.package(
        forge.parts(CLEAN) | {f"xl/media/image{n}.png": b"" for n in range(200)}
    ),
    "E222": lambda: spoil.zip_bomb(limits.ENTRY_SIZE // limits.MIB),
    "E223": lambda: spoil.with_empty_rows(CLEAN, 20_000),
    "E224": lambda: b"\x00\x01\x02\x03" * 3_000,
    "E121": lambda: (forge.as_csv(encoding="gb18030"), "a.csv"),
    "E122": lambda: (CSV.replace(b",\r\n", b"\r\n"), "a.csv"),
    "E123": lambda: (CSV.replace("示例园区".encode(), '"示例""园区"'.encode()), "a.csv"),
    "E124": lambda: (CSV + b"\x1a", "a.csv"),
    "W232": lambda: (CSV + "合计,,,3006\r\n".encode(), "a.csv"),
    "E125": lambda: forge.workbook(period="2025年1-9月（累计）"),
    "E126": lambda: spoil.with_two_line_headings(CLEAN),
    "W127": lambda: forge.workbook(
        edit=lambda book: setattr(book.create_sheet("列表"), "sheet_state", "hidden")
    ),
    "E128": lambda: forge.workbook(
        unit=None,
        edit=lambda book: [sheet.__setitem__("D3", "（单位：万元）") for sheet in book],
    ),
    "W129": lambda: edited(M5=" ", N6="\u200b"),
    "E130": lambda: forge.workbook(edit=lambda book: book.create_sheet("企业明细（旧）")),
    "E131": lambda: forge.workbook(edit=lambda book: book["企业明细"].merge_cells("J6:L6")),
    "E132": lambda: forge.workbook(headings={"revenue": "*环保业务营业收入（万元，累计）"}),
    "E133": lambda: forge.workbook(headings={"park": "营业总收入（占比）"}),
    "E225": lambda: forge.workbook(headings={"employees": "从业人员（期末，人）"}),
    "W134": lambda: forge.workbook(headings={"rd_expenditure": "研发经费（单位：万元，累计）"}),
    "W135": lambda: spoil.hide_rows(CLEAN, 20, 30),
    "W229": lambda: with_rows({"A": "历下区小计", "D": 3006}),
    "W230": lambda: first(output_value=0, revenue=0, total_revenue=0, rd_expenditure=0),
    "E231": lambda: with_rows({"A": "合计", "D": 3006}, {"F": 0}),
    "E137": lambda: forge.workbook(enterprises=[forge.enterprise(1, output_value=0, revenue=0)]),
    "E138": lambda: forge.workbook(
        edit=lambda book: setattr(book["企业明细"], "title", " 企业明细 ")
    ),
    "W139": lambda: forge.workbook(cities=[forge.city_row("环保业务产值", 1)]),
    "W140": lambda: forge.workbook(edit=hidden),
    "E120": lambda: first(remark="字" * limits.CELL_CHARACTERS),
    "E141": lambda: first(credit_code=forge.credit_code(1).lower()),
    "E144": lambda: spoil.with_raw_cell(
        CLEAN, "G5", '<c r="G5" t="str"><f>IF(A1="","",1)</f><v></v></c>'
    ),
    "E145": lambda: spoil.with_raw_cell(
        CLEAN, "G5", '<c r="G5" t="e"><f>_xlfn.IMAGE("https://a")</f><v>#VALUE!</v></c>'
    ),
    "E146": lambda: first(revenue=" １，２３４．５ "),
    "E147": lambda: first(revenue="1.5E-3元"),
    "E148": lambda: forge.workbook(blocks=[{"content": "研究院", "planned_on": "2025年6月"}]),
    "E149": lambda: first(name=20251231, remark=date(2025, 12, 31)),
    "E150": lambda: with_rows({"A": " ", "B": "　", "D": "—"}),
    "E220": lambda: spoil.with_shared_strings(CLEAN),
    "E226": lambda: forge.workbook(
        edit=lambda book: setattr(book["企业明细"]["D5"], "number_format", '0.0"万元"')
    ),
    "W227": lambda: forge.workbook(
        edit=lambda book: setattr(book["企业明细"]["D5"], "number_format", '0;-0;"-"')
    ),
    "W191": lambda: first(revenue=1234.567891 // 0.0001 * 0.0001),
    "E192": lambda: forge.workbook(
        enterprises=[forge.enterprise(n, revenue="约1") for n in range(1, 20)]
    ),
    "E193": lambda: edited(F3="单位： 万 元"),
    "W194": lambda: forge.workbook(
        edit=lambda book: setattr(book["企业明细"]["B5"], "hyperlink", "https://example.org")
    ),
    "W195": lambda: forge.workbook(
        cities=[forge.city_row("环保业务产值", 1) | {"measure": "1.环保业务产值（万元）"}]
    ),
    "E196": lambda: forge.workbook(
        cities=[forge.city_row("环保业务产值", 1), forge.city_row("环保业务营业收入", 1)]
    ),
    "E197": lambda: forge.workbook(cities=[forge.city_row("从业人员", 4800, unit="人")]),
    "E198": lambda: first(employees="1,234.00"),
    "E199": lambda: b"<!-- -->",
}
