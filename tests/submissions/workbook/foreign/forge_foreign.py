"""Foreign workbooks for the tests: what an office may have instead of our template."""

from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook

from submissions.workbook.cells import letters
from submissions.workbook.foreign.fingerprint import heading_lines
from submissions.workbook.foreign.foreign_file import read_file
from submissions.workbook.foreign.layout_spec import (
    ColumnSpec,
    Holds,
    LayoutSpec,
    Sheets,
    TableSpec,
)
from submissions.workbook.layout import MONEY_UNITS

CITIES = {"济南市": "370100", "济宁市": "370800", "青岛市": "370200"}
FIRMS = ("山东绿源环保科技有限公司", "济南清河水务股份有限公司", "齐鲁固废处理有限责任公司")
QUARTER_WORDS = ("一季度", "二季度", "三季度", "四季度")


def saved(path: Path, sheets: dict[str, list[list]]) -> Path:
    """Return the path of a workbook with these sheets, each a list of rows from the first on."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def in_unit(yuan: Decimal, unit: str) -> str:
    """Return an amount in a unit as a person writes it: exact, without exponent."""
    return format((yuan / MONEY_UNITS[unit]).normalize(), "f")


def spec_of(
    path: Path,
    columns: dict[int, tuple],
    rows: tuple[int, ...] = (2,),
    sheets: Sheets = Sheets.ONE,
    kind: str = "enterprises",
    leave_out: tuple[str, ...] = (),
) -> LayoutSpec:
    """
    Return the layout of a file, as a person describes it on its first sheet.

    columns is index -> (field, unit, holds, quarter), the last three of which may be left out.
    """
    headings = heading_lines(read_file(path, path.name).visible[0].top, rows)
    made = tuple(
        ColumnSpec(letters(at), *said[:2], *(Holds(one) for one in said[2:3]), *said[3:])
        for at, said in columns.items()
    )
    return LayoutSpec((TableSpec(kind, sheets, made, headings, leave_out),))


def wide(
    path: Path, figures: dict, *, city: str = "济南市", unit: str = "亿元", year: int = 2024
) -> Path:
    """
    Return a sheet with a column a quarter for output and revenue, without codes.

    figures is firm -> list of (output, revenue), one for each quarter of the year.
    """
    heads = [f"{year}年{word}{what}" for word in QUARTER_WORDS for what in ("产值", "收入")]
    lines = [
        [number, firm, *(in_unit(one, unit) if one is not None else None
                         for pair in pairs for one in pair)]
        for number, (firm, pairs) in enumerate(figures.items(), start=1)
    ]  # fmt: skip
    title = f"{city}环保企业主要指标（单位：{unit}）"
    return saved(path, {"Sheet1": [[title], ["序号", "单位名称", *heads], *lines]})


def wide_columns(unit: str = "亿元", holds: str = "cumulative") -> dict[int, tuple]:
    """Return the columns of wide()."""
    columns: dict[int, tuple] = {2: ("name", "")}
    for at in range(4):
        columns[3 + 2 * at] = ("output_value", unit, holds, f"2024Q{at + 1}")
        columns[4 + 2 * at] = ("revenue", unit, holds, f"2024Q{at + 1}")
    return columns


def by_sheet(path: Path, singles: dict, *, title: str = "济南市2024年") -> Path:
    """
    Return a sheet a quarter with headings in two lines and single quarters in 万元.

    singles is the number of a quarter -> firm -> (code, output, revenue), amounts in yuan.
    """
    sheets = {}
    for quarter, firms in singles.items():
        rows = [
            [f"{title}环保产业报表"],
            ["企业", None, "本季度（万元）", None],
            ["名称", "信用代码", "环保产值", "环保收入"],
        ]
        rows += [[firm, code, *(in_unit(one, "万元") for one in amounts)]
                 for firm, (code, *amounts) in firms.items()]  # fmt: skip
        sheets[QUARTER_WORDS[quarter - 1]] = rows
    return saved(path, sheets)


BY_SHEET_COLUMNS = {
    1: ("name", ""),
    2: ("credit_code", ""),
    3: ("output_value", "万元", "quarter"),
    4: ("revenue", "万元", "quarter"),
}


def survey(path: Path, firms: dict, *, year: int = 2023, city: str = "济南市") -> Path:
    """Return a year's survey in 千元: firm -> (code, output, revenue) of the whole year."""
    rows = [
        [f"{year}年度环保产业调查表"],
        [f"填报单位：{city}生态环境局"],
        ["企业名称", "社会信用代码", "全年产值（千元）", "全年营业收入（千元）", "年末人数"],
    ]
    rows += [[firm, code, *(in_unit(one, "千元") for one in amounts), 12]
             for firm, (code, *amounts) in firms.items()]  # fmt: skip
    rows.append(["合计", None, None, None, 12 * len(firms)])
    return saved(path, {"调查表": rows})


SURVEY_COLUMNS = {
    1: ("name", ""),
    2: ("credit_code", ""),
    3: ("output_value", "千元", "year"),
    4: ("revenue", "千元", "year"),
    5: ("employees", ""),
}
