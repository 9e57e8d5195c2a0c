"""
The layout of the quarterly workbook: sheets, columns, kinds and units.

Headings are the contract's own (Chinese, whatever the language of the page). They are matched
after NFKC and white-space folding, in any order. Field names are those of the returns.
"""

from dataclasses import dataclass
from enum import StrEnum


class CellKind(StrEnum):
    """The kind of values of a column."""

    TEXT = "text"
    CODE = "code"  # a unified social credit code: text, never a number
    MONEY = "money"  # in the unit of the sheet or of the heading; read into yuan
    COUNT = "count"  # a whole number
    DATE = "date"


@dataclass(frozen=True, slots=True)
class LayoutColumn:
    """One column: field, heading, kind of values, whether it is required."""

    field: str
    heading: str
    kind: CellKind
    required: bool = False


@dataclass(frozen=True, slots=True)
class TableLayout:
    """One table: its kind, the name of its sheet, its columns."""

    kind: str
    sheet: str
    columns: tuple[LayoutColumn, ...]


CITY = TableLayout(
    "city",
    "城市汇总",
    (
        LayoutColumn("measure", "指标名称", CellKind.TEXT, required=True),
        LayoutColumn("unit", "计量单位", CellKind.TEXT),
        # Money or a count, by the row's measure.
        LayoutColumn("this_year", "本年累计", CellKind.MONEY, required=True),
        LayoutColumn("last_year", "上年同期", CellKind.MONEY),
        LayoutColumn("remark", "说明", CellKind.TEXT),
    ),
)

# The rows of 城市汇总: label -> (field of CityReturn, what it holds).
CITY_MEASURES = {
    "环保业务产值": ("output_value", CellKind.MONEY),
    "环保业务营业收入": ("revenue", CellKind.MONEY),
    "环保企业数": ("enterprises", CellKind.COUNT),
    "环保营业收入过1亿元企业数": ("enterprises_over_100m", CellKind.COUNT),
    "研发经费": ("rd_expenditure", CellKind.MONEY),
    "从业人员": ("employees", CellKind.COUNT),
}

ENTERPRISES = TableLayout(
    "enterprises",
    "企业明细",
    (
        LayoutColumn("credit_code", "统一社会信用代码", CellKind.CODE, required=True),
        LayoutColumn("name", "企业名称", CellKind.TEXT, required=True),
        LayoutColumn("park", "所属园区", CellKind.TEXT),
        LayoutColumn("output_value", "环保业务产值", CellKind.MONEY, required=True),
        LayoutColumn("revenue", "环保业务营业收入", CellKind.MONEY, required=True),
        LayoutColumn("total_revenue", "营业总收入", CellKind.MONEY),
        LayoutColumn("rd_expenditure", "研发经费", CellKind.MONEY),
        LayoutColumn("employees", "从业人员", CellKind.COUNT),
        LayoutColumn("revenue_last_year", "上年同期环保业务营业收入", CellKind.MONEY),
        LayoutColumn("remark", "说明", CellKind.TEXT),
    ),
)

PARKS = TableLayout(
    "parks",
    "园区进展",
    (
        LayoutColumn("park", "园区名称", CellKind.TEXT, required=True),
        LayoutColumn("firms", "入园企业数", CellKind.COUNT),
        LayoutColumn("output_value", "园区产值", CellKind.MONEY),
        LayoutColumn("revenue", "园区营业收入", CellKind.MONEY),
        LayoutColumn("investment", "完成投资", CellKind.MONEY),
        LayoutColumn("remark", "进展说明", CellKind.TEXT),
    ),
)

BLOCKS = TableLayout(
    "blocks",
    "集群建设",
    (
        LayoutColumn("content", "建设内容", CellKind.TEXT, required=True),
        LayoutColumn("category", "类别", CellKind.TEXT),
        LayoutColumn("name", "名称", CellKind.TEXT),
        LayoutColumn("status", "状态", CellKind.TEXT),
        LayoutColumn("planned_on", "计划完成", CellKind.DATE),
        LayoutColumn("actual_on", "实际完成", CellKind.DATE),
        LayoutColumn("remark", "进展说明", CellKind.TEXT),
    ),
)

TABLES = {table.kind: table for table in (CITY, ENTERPRISES, PARKS, BLOCKS)}

# Units of money, in yuan.
MONEY_UNITS = {"元": 1, "千元": 1_000, "万元": 10_000, "百万元": 1_000_000, "亿元": 100_000_000}

# What this program adds to workbooks, and ignores when they come back.

# The index of findings in an annotated workbook, and the beginning of our comments.
INDEX_SHEET = "审核结果索引"
MARK_SIGN = "【审核结果】"

# The template's hidden sheet: its stamp, the lists behind its drop-downs. One more with every
# change after which an older template would no longer do.
META_SHEET = "_meta"
STAMP_LABEL = "stamp"
TEMPLATE_VERSION = 1

INSTRUCTIONS_SHEET = "填报说明"
OUR_SHEETS = {INDEX_SHEET, META_SHEET, INSTRUCTIONS_SHEET}

# Reference columns of earlier figures, which the reader ignores. The prefix distinguishes them
# from 上年同期环保业务营业收入, which is required.
LAST_QUARTER = "参考：上季度"
LAST_YEAR = "参考：去年同季度"


def reference_headings(table: TableLayout) -> dict[str, str]:
    """Return the headings of a table's reference columns: heading -> the field it is about."""
    asked = [c for c in table.columns if c.kind in (CellKind.MONEY, CellKind.COUNT)]
    if table is ENTERPRISES:
        asked = [column for column in asked if column.field != "revenue_last_year"]
    if table is CITY:
        # A city's rows have their own measures; 上年同期 is a column already.
        return {f"{LAST_QUARTER}累计": "this_year"}
    if table is BLOCKS:
        return {f"{LAST_QUARTER}状态": "status"}
    times = (LAST_QUARTER, LAST_YEAR)
    return {f"{time}{column.heading}": column.field for time in times for column in asked}
