"""
The layout of the quarterly workbook: sheets, columns, kinds and units. The only list of them.

Staging, rules, publishing, comparisons and the template take the columns from here. A column's
field is the name of the return's field that it fills, so a new reported column is a LayoutColumn
here and a field of that model.

Headings are the contract's own (Chinese, whatever the language of the page). They are matched
after NFKC and white-space folding, in any order.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property


class CellKind(StrEnum):
    """The kind of values of a column."""

    TEXT = "text"
    CODE = "code"  # a unified social credit code: text, never a number
    MONEY = "money"  # in the unit of the sheet or of the heading; read into yuan
    COUNT = "count"  # a whole number
    DATE = "date"


@dataclass(frozen=True, slots=True)
class LayoutColumn:
    """
    One column, or of 城市汇总 one row: the field it fills, its heading, what it holds.

    required  whether it must be there
    unit      in which things are counted; "" for anything but a count
    a_year_before  the field of which it says what the same quarter of last year was; "" if none
    fixed   whether the template fills it in and a city leaves it as it is
    hidden  whether the template hides it: it says what a row is, and nobody types it
    """

    field: str
    heading: str
    kind: CellKind
    required: bool = False
    unit: str = ""
    a_year_before: str = ""
    fixed: bool = False
    hidden: bool = False

    @property
    def is_figure(self) -> bool:
        """Whether it holds an amount or a number of things."""
        return self.kind in (CellKind.MONEY, CellKind.COUNT)


@dataclass(frozen=True)
class TableLayout:
    """
    One table: its kind, the sheet it stands in, its columns.

    key    the field that says what a row is about
    texts  the fields that are no figures and are reported anew each quarter
    """

    kind: str
    sheet: str
    key: str
    columns: tuple[LayoutColumn, ...]
    texts: tuple[str, ...] = ("remark",)

    def column(self, field: str) -> LayoutColumn:
        """Return the column of a field. Raises KeyError if there is none."""
        for column in self.columns:
            if column.field == field:
                return column
        raise KeyError(field)

    @cached_property
    def figures(self) -> tuple[LayoutColumn, ...]:
        """Return the columns that hold amounts and counts, those of last year too."""
        return tuple(column for column in self.columns if column.is_figure)

    @cached_property
    def reported(self) -> tuple[LayoutColumn, ...]:
        """Return the columns that hold amounts and counts of the quarter itself."""
        return tuple(column for column in self.figures if not column.a_year_before)

    @cached_property
    def amounts(self) -> tuple[LayoutColumn, ...]:
        """Return the columns that hold amounts of the quarter itself."""
        return tuple(column for column in self.reported if column.kind is CellKind.MONEY)


CITY = TableLayout(
    "city",
    "城市汇总",
    "measure",
    (
        LayoutColumn("measure", "指标名称", CellKind.TEXT, required=True, fixed=True),
        LayoutColumn("unit", "计量单位", CellKind.TEXT, fixed=True),
        # Money or a count, by the row's measure.
        LayoutColumn("this_year", "本年累计", CellKind.MONEY, required=True),
        LayoutColumn("last_year", "上年同期", CellKind.MONEY, a_year_before="this_year"),
        LayoutColumn("remark", "说明", CellKind.TEXT),
    ),
)

# The rows of 城市汇总, by the field of CityReturn that each fills.
CITY_MEASURES = {
    measure.field: measure
    for measure in (
        LayoutColumn("output_value", "环保业务产值", CellKind.MONEY),
        LayoutColumn("revenue", "环保业务营业收入", CellKind.MONEY),
        LayoutColumn("enterprises", "环保企业数", CellKind.COUNT, unit="家"),
        LayoutColumn(
            "enterprises_over_100m", "环保营业收入过1亿元企业数", CellKind.COUNT, unit="家"
        ),
        LayoutColumn("rd_expenditure", "研发经费", CellKind.MONEY),
        LayoutColumn("employees", "从业人员", CellKind.COUNT, unit="人"),
    )
}
# The same by their labels, as a row of 城市汇总 names them.
CITY_LABELS = {measure.heading: measure for measure in CITY_MEASURES.values()}

ENTERPRISES = TableLayout(
    "enterprises",
    "企业明细",
    "credit_code",
    (
        LayoutColumn("credit_code", "统一社会信用代码", CellKind.CODE, required=True),
        LayoutColumn("name", "企业名称", CellKind.TEXT, required=True),
        LayoutColumn("park", "所属园区", CellKind.TEXT),
        LayoutColumn("output_value", "环保业务产值", CellKind.MONEY, required=True),
        LayoutColumn("revenue", "环保业务营业收入", CellKind.MONEY, required=True),
        LayoutColumn("total_revenue", "营业总收入", CellKind.MONEY),
        LayoutColumn("rd_expenditure", "研发经费", CellKind.MONEY),
        LayoutColumn("employees", "从业人员", CellKind.COUNT, unit="人"),
        LayoutColumn(
            "revenue_last_year", "上年同期环保业务营业收入", CellKind.MONEY, a_year_before="revenue"
        ),
        LayoutColumn("remark", "说明", CellKind.TEXT),
    ),
)

PARKS = TableLayout(
    "parks",
    "园区进展",
    "park",
    (
        LayoutColumn("park", "园区名称", CellKind.TEXT, required=True),
        LayoutColumn("firms", "入园企业数", CellKind.COUNT, unit="家"),
        LayoutColumn("output_value", "园区产值", CellKind.MONEY),
        LayoutColumn("revenue", "园区营业收入", CellKind.MONEY),
        LayoutColumn("investment", "完成投资", CellKind.MONEY),
        LayoutColumn("remark", "进展说明", CellKind.TEXT),
    ),
)

BLOCKS = TableLayout(
    "blocks",
    "集群建设",
    "content",
    (
        LayoutColumn("content", "建设内容", CellKind.TEXT, required=True),
        LayoutColumn("category", "类别", CellKind.TEXT),
        LayoutColumn("name", "名称", CellKind.TEXT),
        LayoutColumn("status", "状态", CellKind.TEXT),
        LayoutColumn("planned_on", "计划完成", CellKind.DATE),
        LayoutColumn("actual_on", "实际完成", CellKind.DATE),
        LayoutColumn("remark", "进展说明", CellKind.TEXT),
    ),
    texts=("status", "remark"),
)

TASKS = TableLayout(
    "tasks",
    "任务进展",
    "number",
    (
        LayoutColumn("number", "任务编号", CellKind.TEXT, required=True, fixed=True),
        LayoutColumn("task", "任务", CellKind.TEXT, fixed=True),
        LayoutColumn("step", "节点", CellKind.TEXT, fixed=True),
        LayoutColumn("standard", "完成标准", CellKind.TEXT, fixed=True),
        LayoutColumn("first_due", "原定完成", CellKind.DATE, fixed=True),
        LayoutColumn("state", "状态", CellKind.TEXT),
        LayoutColumn("remark", "进展说明", CellKind.TEXT),
        LayoutColumn("done_on", "完成日期", CellKind.DATE),
        LayoutColumn("evidence", "佐证材料", CellKind.TEXT),
        LayoutColumn("help_wanted", "需协调事项", CellKind.TEXT),
        # The step's own key: rows may be sorted, and a reworded step stays the same one.
        LayoutColumn("node", "节点标识", CellKind.TEXT, fixed=True, hidden=True),
    ),
    texts=("state", "remark", "done_on", "evidence", "help_wanted"),
)

TABLES = {table.kind: table for table in (CITY, ENTERPRISES, PARKS, BLOCKS, TASKS)}

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
# The date that is in force for a step, after deferrals.
DUE_NOW = "参考：现定完成"

# Columns of the template in which formulas check what is typed; the reader ignores them.
LINES_TOTAL = "核对：企业明细合计"
REVENUE_GROWTH = "核对：营业收入同比"
CHECKED = "核对：结果"
CHECK_HEADINGS = {CITY.kind: (LINES_TOTAL, CHECKED), ENTERPRISES.kind: (REVENUE_GROWTH, CHECKED)}


def ignored_headings(table: TableLayout) -> tuple[str, ...]:
    """Return the headings of a table's reference and check columns, which the reader ignores."""
    return (*reference_headings(table), *CHECK_HEADINGS.get(table.kind, ()))


def reference_headings(table: TableLayout) -> dict[str, str]:
    """Return the headings of a table's reference columns: heading -> the field it is about."""
    if table is CITY:
        # A city's rows have their own measures; 上年同期 is a column already.
        return {f"{LAST_QUARTER}累计": "this_year"}
    if table is BLOCKS:
        return {f"{LAST_QUARTER}状态": "status"}
    if table is TASKS:
        return {
            DUE_NOW: "first_due",
            f"{LAST_QUARTER}状态": "state",
            f"{LAST_QUARTER}进展说明": "remark",
        }
    times = (LAST_QUARTER, LAST_YEAR)
    return {f"{time}{column.heading}": column.field for time in times for column in table.reported}
