"""
A city's workbook of a quarter as .xlsx, with titles, totals and footers.

Each city has habits of its own, the same every quarter: its unit, where the unit is written, how
it writes the period, how it marks a missing figure.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from foundation.quarters import Quarter
from submissions.demonstration import story, totals
from submissions.demonstration.progress import progress
from submissions.demonstration.province import LAST, PROFILES, DemoLine, Profile
from submissions.workbook.layout import (
    BLOCKS,
    CITY,
    CITY_MEASURES,
    ENTERPRISES,
    MONEY_UNITS,
    PARKS,
    TASKS,
    CellKind,
    LayoutColumn,
    TableLayout,
)

WORD = "示例数据"
BOLD, CENTRE = Font(bold=True), Alignment(horizontal="center")
TITLE = Font(bold=True, size=14)
QUARTER_NAMES = "一二三四"


@dataclass(frozen=True, slots=True)
class DemoBlock:
    """A building block: its content and category, and its name if it has one."""

    content: str
    category: str
    name: str


@dataclass(frozen=True, slots=True)
class Place:
    """
    A city from the database: its name, its park's (None without one), its blocks.

    steps  rows of 任务进展 of the newest quarter, by field; earlier ones came in no workbook
    """

    code: str
    name: str
    park: str | None = None
    blocks: tuple[DemoBlock, ...] = ()
    steps: tuple[dict[str, str | date | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Habits:
    """
    How a city fills in its workbook.

    period           0 to 3: the form of the period (written_period)
    unit_in_heading  环保业务产值（万元） instead of 计量单位：万元 above the table
    stems            a row 甲 乙 丙 1 2 3 beneath the headings
    as_text          amounts as text with thousands separators
    unknown          mark of a missing figure; None leaves the cell blank
    """

    period: int
    unit_in_heading: bool
    stems: bool
    as_text: bool
    unknown: str | None


def habits(city: str) -> Habits:
    """Return a city's habits, always the same."""
    place = list(PROFILES).index(city)
    return Habits(
        period=place % 4,
        unit_in_heading=place % 5 == 1,
        stems=place % 3 == 0,
        as_text=place == 15,
        unknown=(None, "—", "/")[place % 3],
    )


def filename(place: Place, quarter: Quarter, version: int) -> str:
    """Return the name under which a bureau sends its workbook."""
    again = f"（第{version}版）" if version > 1 else ""
    return f"{WORD}-{place.name}生态环保产业季度报表-{quarter}{again}.xlsx"


def workbook(place: Place, quarter: Quarter, version: int) -> bytes:
    """Return a version of a city's workbook of a quarter, as an .xlsx file."""
    told = story.lines(place.code, quarter, version)
    book = Workbook()
    book.remove(book.active)
    city_sheet(book, place, quarter, told)
    firm_sheet(book, place, quarter, told)
    if place.park:
        park_sheet(book, place, quarter, told)
    if place.blocks:
        block_sheet(book, place, quarter)
    if place.steps and quarter == LAST:
        task_sheet(book, place, quarter)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def city_sheet(book: Workbook, place: Place, quarter: Quarter, told: list[DemoLine]) -> None:
    """Add 城市汇总."""
    profile = PROFILES[place.code]
    before = quarter.year_earlier()
    now = totals.city_totals(place.code, told)
    then = totals.city_totals(place.code, story.truth(place.code, before))
    sheet = begin(book, CITY, place, quarter, unit=None)
    for name, measure in CITY_MEASURES.items():
        figures = [getattr(now, name), getattr(then, name)]
        if measure.kind is CellKind.MONEY:
            figures = [shown(figure, profile) for figure in figures]
        sheet.append([measure.heading, measure.unit or profile.unit, *figures, WORD])
    finish(sheet, quarter)


def firm_sheet(book: Workbook, place: Place, quarter: Quarter, told: list[DemoLine]) -> None:
    """Add 企业明细 with its row of totals."""
    profile = PROFILES[place.code]
    sheet = begin(book, ENTERPRISES, place, quarter, unit=profile.unit)
    for line in told:
        known = {
            "credit_code": line.firm.credit_code,
            "name": line.firm.name,
            "park": place.park if line.firm.in_park else None,
            "remark": line.remark or None,
        }
        figures = {c.field: in_cell(figure(line, c), c, profile) for c in ENTERPRISES.figures}
        sheet.append([(known | figures).get(column.field) for column in ENTERPRISES.columns])
    sums = {
        c.field: in_cell(total(figure(line, c) for line in told), c, profile)
        for c in ENTERPRISES.figures
    }
    sheet.append(["合计", *(sums.get(column.field) for column in ENTERPRISES.columns[1:])])
    finish(sheet, quarter)


def figure(line: DemoLine, column: LayoutColumn) -> Decimal | int | None:
    """Return a line's figure; None for a column of which the story tells nothing."""
    return getattr(line, column.field, None)


def in_cell(
    figure: Decimal | int | None, column: LayoutColumn, profile: Profile
) -> Decimal | int | str | None:
    """Return a figure as it stands in the city's cell."""
    return shown(figure, profile) if column.kind is CellKind.MONEY else figure


def total(column: Iterable[Decimal | None]) -> Decimal:
    """Return the sum of a column, in yuan."""
    return sum((amount for amount in column if amount is not None), Decimal(0))


def park_sheet(book: Workbook, place: Place, quarter: Quarter, told: list[DemoLine]) -> None:
    """Add 园区进展."""
    profile = PROFILES[place.code]
    park = totals.park_totals(place.code, told)
    sheet = begin(book, PARKS, place, quarter, unit=profile.unit)
    money = (park.output_value, park.revenue, park.investment)
    sheet.append(
        [place.park, park.firms, *(shown(amount, profile) for amount in money)]
        + [f"{WORD}：园区建设按计划推进。"]
    )
    finish(sheet, quarter)


def block_sheet(book: Workbook, place: Place, quarter: Quarter) -> None:
    """Add 集群建设."""
    sheet = begin(book, BLOCKS, place, quarter, unit=None)
    for block in place.blocks:
        now = progress(place.code, block.content, quarter)
        sheet.append(
            [block.content, block.category, block.name or None, now.status]
            + [now.planned_on, now.actual_on, now.remark]
        )
    finish(sheet, quarter)


def task_sheet(book: Workbook, place: Place, quarter: Quarter) -> None:
    """Add 任务进展."""
    sheet = begin(book, TASKS, place, quarter, unit=None)
    for step in place.steps:
        sheet.append([step.get(column.field) for column in TASKS.columns])
    finish(sheet, quarter)


def begin(
    book: Workbook, layout: TableLayout, place: Place, quarter: Quarter, *, unit: str | None
) -> Worksheet:
    """Add a sheet with its merged title, the labels above the table, and the headings."""
    sheet = book.create_sheet(layout.sheet)
    ways = habits(place.code)
    width = len(layout.columns)
    sheet.append([f"{place.name}生态环保产业统计季报：{layout.sheet}（{WORD}，非真实数据）"])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=width)
    sheet["A1"].font, sheet["A1"].alignment = TITLE, CENTRE
    sheet["A2"] = f"填报单位：{place.name}生态环境局"
    sheet["C2"] = f"报告期：{written_period(quarter, ways.period)}"
    if unit and not ways.unit_in_heading:
        sheet["E2"] = f"计量单位：{unit}"
    headings = [
        f"{column.heading}（{unit}）"
        if unit and ways.unit_in_heading and column.kind is CellKind.MONEY
        else column.heading
        for column in layout.columns
    ]
    sheet.append(headings)
    for number, cell in enumerate(sheet[3], start=1):
        cell.font, cell.alignment = BOLD, CENTRE
        sheet.column_dimensions[get_column_letter(number)].width = 22
    if layout is ENTERPRISES and ways.stems:
        sheet.append(["甲", "乙", "丙", *map(str, range(1, width - 2))])
    return sheet


def finish(sheet: Worksheet, quarter: Quarter) -> None:
    """Add the footer: signatures, and the note that nothing in it is real."""
    sheet.append([])
    day = quarter.next().first_day
    sheet.append(
        ["单位负责人：示例", "统计负责人：示例", "填表人：示例", f"报出日期：{day:%Y-%m-%d}"]
    )
    sheet.append([f"注：{WORD}，全部企业和数字均为虚构。"])


def written_period(quarter: Quarter, way: int) -> str:
    """Return the period as a city writes it."""
    year, number = quarter.year, quarter.quarter
    name = QUARTER_NAMES[number - 1]
    ways = (
        f"{year}年1—{3 * number}月",
        f"{year}年{name}季度",
        str(quarter),
        f"{year}年第{name}季度",
    )
    return ways[way]


def shown(amount: Decimal | None, profile: Profile) -> Decimal | str | None:
    """Return the content of an amount's cell; a missing amount as the city marks it."""
    ways = habits(profile.code)
    if amount is None:
        return ways.unknown
    figure = amount / MONEY_UNITS[profile.unit]
    return f"{figure:,}" if ways.as_text else figure
