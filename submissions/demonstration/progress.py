"""Made-up progress of the clusters' building blocks. Pure."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from foundation.quarters import Quarter
from submissions.demonstration.province import SEED

NOT_STARTED, BUILDING, OPERATING = "未开工", "在建", "建成运营"


@dataclass(frozen=True, slots=True)
class BlockReport:
    """A line of 集群建设: status and remark as text, dates or None."""

    status: str
    planned_on: date
    actual_on: date | None
    remark: str


def progress(city: str, content: str, quarter: Quarter) -> BlockReport:
    """Return the report of a block at a quarter's end; some blocks are late, a few not started."""
    rng = random.Random(f"{SEED}/{city}/{content}")
    begun = Quarter(2023, 1).ordinal + rng.randint(0, 4)
    planned = Quarter.from_ordinal(min(begun + rng.randint(4, 9), Quarter(2025, 4).ordinal))
    planned_on = planned.last_day
    done_on = planned_on + timedelta(days=rng.choice((-60, -20, -5, 0, 40, 110, 250)))
    if quarter.ordinal < begun:
        return BlockReport(NOT_STARTED, planned_on, None, "示例数据：开展前期论证。")
    if done_on <= quarter.last_day:
        return BlockReport(OPERATING, planned_on, done_on, "示例数据：已投入运营。")
    length = max(1, Quarter.of(done_on).ordinal - begun + 1)
    part = (quarter.ordinal - begun + 1) * 100 // (length + 1)
    late = "，进度滞后，正在赶工" if quarter.last_day > planned_on else ""
    return BlockReport(BUILDING, planned_on, None, f"示例数据：已完成工程量约{part}%{late}。")
