"""
Deliberate imperfections of the demonstration, and when each workbook is decided. Pure.

In the newest quarter two cities are silent and one workbook has been sent back; a year's
figures of one city were restated; one firm has nothing to report and says 0; one cumulative
figure falls, with its reason; one firm is new to the register. And one firm made exactly 100
million, which is not over it: with it there would be 300 in the end, and not 299.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from zoneinfo import ZoneInfo

from enterprises.thresholds import OVER_100M
from foundation.quarters import Quarter
from submissions.demonstration import province
from submissions.demonstration.province import FIRST, LAST, PROFILES, SEED, DemoLine

HERE = ZoneInfo("Asia/Shanghai")

# Share of workbooks that come after the due day.
LATE = 0.05

# (city, quarter) without a workbook: Yantai and Linyi.
SILENT = {("370600", LAST), ("371300", LAST)}

# Sent back, with the reason. Heze answered with a second version; Liaocheng has not yet.
SENT_BACK = {
    ("371700", Quarter(2024, 2)): "示例数据：部分企业的情况说明不完整，请补充后重新报送。",
    ("371500", LAST): "示例数据：四季度新增业务收入缺少佐证说明，请核实后重新报送。",
}
ANSWER = "示例数据：收入增长来自新签运营合同，合同编号见附表。"
UNANSWERED = {("371500", LAST)}

# Weifang's 2024 contained trade unrelated to environmental business, and was restated.
RESTATED = ("370700", Quarter(2024, 4))
RESTATED_AT = datetime(2025, 4, 28, 15, 30, tzinfo=HERE)
OVERSTATED_FIRMS, OVERSTATED_BY = 8, Decimal("1.18")

# Zibo's idle firm says 0; Tai'an's reversal makes a cumulative figure fall.
IDLE_CITY, IDLE_SINCE = "370300", Quarter(2025, 1)
IDLE_REMARK = "示例数据：停产改造，本年未开展环保业务，零填报。"
REVERSAL_CITY, REVERSAL = "370900", Quarter(2024, 3)
REVERSAL_REMARK = "示例数据：合同终止，冲回上半年已确认收入。"
# Jinan's firm with a revenue of exactly 100,000,000.00 yuan in 2025.
EXACT_CITY, EXACT = "370100", LAST
RESTATED_REMARK = "示例数据：剔除与环保业务无关的贸易收入后重报。"


@dataclass(frozen=True, slots=True)
class WorkbookVersion:
    """
    One version of a city's workbook for a quarter, and its decision.

    submitted_at  when the bureau submits it
    decided_at    when it is accepted or sent back
    reason        why it is sent back; blank if it is accepted
    """

    city: str
    quarter: Quarter
    number: int
    submitted_at: datetime
    decided_at: datetime
    reason: str = ""


def quarters() -> list[Quarter]:
    """Return the thirteen quarters of the demonstration."""
    return Quarter.range(FIRST, LAST)


def answered(quarter: Quarter) -> list[str]:
    """Return the codes of the cities whose workbook of a quarter is accepted in the end."""
    return [city for city in PROFILES if (city, quarter) not in SILENT | UNANSWERED]


def versions(due: dict[Quarter, date]) -> list[WorkbookVersion]:
    """Return every version of every workbook, in the order in which they were decided."""
    every = [
        version
        for quarter in due
        for city in PROFILES
        for version in versions_of(city, quarter, due[quarter])
    ]
    return sorted(every, key=lambda version: (version.decided_at, version.city))


def versions_of(city: str, quarter: Quarter, due_on: date) -> Iterator[WorkbookVersion]:
    """Yield the versions of one workbook. The first is decided a few days after it was due."""
    slot = (city, quarter)
    if slot in SILENT:
        return
    rng = random.Random(f"{SEED}/{city}/{quarter}")
    late = rng.random() < LATE
    submitted_at = moment(due_on, rng.randint(1, 2) if late else -rng.randint(0, 6), rng)
    decided_at = moment(due_on, rng.randint(3, 7), rng)
    yield WorkbookVersion(city, quarter, 1, submitted_at, decided_at, SENT_BACK.get(slot, ""))
    if slot in SENT_BACK and slot not in UNANSWERED:
        yield WorkbookVersion(
            city, quarter, 2, decided_at + timedelta(days=2), decided_at + timedelta(4)
        )
    if slot == RESTATED:
        yield WorkbookVersion(city, quarter, 2, RESTATED_AT - timedelta(days=3), RESTATED_AT)


def moment(due_on: date, days: int, rng: random.Random) -> datetime:
    """Return a moment in office hours, so many days after the due date."""
    day = due_on + timedelta(days=days)
    return datetime.combine(day, time(9 + rng.randint(0, 7), rng.randint(0, 59)), HERE)


def lines(city: str, quarter: Quarter, version: int) -> list[DemoLine]:
    """
    Return a city's lines of a quarter as that version of its workbook has them.

    The version after one that was sent back says more of its first line.
    """
    lines = [_with_story(line, city, quarter) for line in province.lines(city, quarter)]
    if (city, quarter) == RESTATED:
        affected = {firm.number for firm in province.firms_of(city)[:OVERSTATED_FIRMS]}
        change = _overstated if version == 1 else _corrected
        lines = [change(line) if line.firm.number in affected else line for line in lines]
    elif (city, quarter) in SENT_BACK and version > 1:
        lines[0] = replace(lines[0], remark=ANSWER)
    return lines


def truth(city: str, quarter: Quarter) -> list[DemoLine]:
    """Return the correct lines, also of a silent city."""
    return lines(city, quarter, 2)


def _with_story(line: DemoLine, city: str, quarter: Quarter) -> DemoLine:
    """Return a line with the event of its firm, if there is one."""
    number = line.firm.number
    if quarter >= IDLE_SINCE and number == idle_firm():
        nothing = Decimal("0")
        return replace(
            line,
            output_value=nothing,
            revenue=nothing,
            total_revenue=nothing,
            rd_expenditure=nothing,
            remark=IDLE_REMARK,
        )
    if number == reversal_firm():
        if quarter == REVERSAL:
            return _scaled(line, Decimal("0.55"), city, remark=REVERSAL_REMARK)
        if quarter == REVERSAL.year_end:
            return _scaled(line, Decimal("0.7"), city)
        if quarter in (_year_after(REVERSAL), _year_after(REVERSAL.year_end)):
            year_before = _with_story(
                province.line(line.firm, quarter.year_earlier()), city, quarter.year_earlier()
            )
            return replace(line, revenue_last_year=year_before.revenue)
    if quarter == EXACT and number == exact_firm():
        total = max(line.total_revenue, OVER_100M)
        return replace(line, revenue=OVER_100M, total_revenue=total)
    return line


def _year_after(quarter: Quarter) -> Quarter:
    """Return the same quarter of the next year."""
    return Quarter(quarter.year + 1, quarter.quarter)


def _scaled(line: DemoLine, by: Decimal, city: str, remark: str = "") -> DemoLine:
    """Return a line with its amounts multiplied and rounded to the city's steps."""
    step = PROFILES[city].quantum
    amounts = {
        name: None if (was := getattr(line, name)) is None else was * by // step * step
        for name in ("output_value", "revenue", "total_revenue", "rd_expenditure")
    }
    return replace(line, **amounts, remark=remark)


def _overstated(line: DemoLine) -> DemoLine:
    """Return a line as it was before the restatement."""
    return _scaled(line, OVERSTATED_BY, RESTATED[0])


def _corrected(line: DemoLine) -> DemoLine:
    """Return a line as after the restatement."""
    return replace(line, remark=RESTATED_REMARK)


@cache
def idle_firm() -> int:
    """Return the number of the firm with nothing to report, a small one."""
    return province.firms_of(IDLE_CITY)[-15].number


@cache
def reversal_firm() -> int:
    """Return the number of the firm whose cumulative figure falls, a small and old one."""
    there = [firm for firm in province.firms_of(REVERSAL_CITY) if firm.since is None]
    return there[-6].number


@cache
def exact_firm() -> int:
    """Return the number of the firm nearest to 100 million in the exact quarter."""
    return min(
        province.lines(EXACT_CITY, EXACT), key=lambda line: abs(line.revenue - OVER_100M)
    ).firm.number


@cache
def newcomer() -> int:
    """Return the number of the firm that joins the register when its city first reports it."""
    latest = [firm for firm in province.firms() if firm.since and (firm.city, LAST) not in SILENT]
    return max(latest, key=lambda firm: firm.since).number
