"""The steps that a city answers for: what its workbook of a quarter is filled in and judged by."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from clusters.models import City, ReportingPeriod
from clusters.viewpoint import Viewpoint
from measures.ledger import NodeRow, ledger
from measures.models import Node, Task, TaskReport
from measures.reporting.department_report import as_said
from measures.reporting.report_rules import StepReport


@dataclass(frozen=True)
class CityStep:
    """
    A step of a task that a city answers for, seen from a quarter.

    node          the step, its task loaded
    due           the date in force; None for a standing task
    is_open       whether something remains to be done, or this quarter's report is in force
    last          what was reported for the newest earlier quarter; None without a report
    has_evidence  whether evidence of the step is on record beside the report
    """

    node: Node
    due: date | None
    is_open: bool
    last: StepReport | None
    has_evidence: bool


def steps_of(city: City, period: ReportingPeriod, moment: datetime) -> list[CityStep]:
    """
    Return every step that a city answers for in a quarter, as known at a moment, by task.

    Without the tasks that had ended by then.

    One query for a city without tasks, else twelve, however many tasks there are.
    """
    tasks = Task.objects.filter(cities=city, begins__lte=period.code).going_on(moment)
    rows = ledger(tasks.order_by("number"), Viewpoint(period.quarter, None, moment), only={city.pk})
    return [_step(row, period) for task in rows for row in task.rows if row.who == city]


def _step(row: NodeRow, period: ReportingPeriod) -> CityStep:
    return CityStep(
        node=row.node,
        due=row.due,
        is_open=row.light.is_open or any(one.period_id == period.pk for one in row.reports),
        last=next((as_said(one) for one in row.reports if one.period.code < period.code), None),
        has_evidence=bool(row.evidence),
    )


def reported(city: City, period: ReportingPeriod, moment: datetime) -> bool:
    """Return whether a city's reports of a quarter on its tasks were in force at a moment."""
    return TaskReport.objects.as_of(moment).filter(city=city, period=period).exists()


def of_other_cities(numbers: Iterable[str], city: City) -> set[str]:
    """Return those of some tasks' numbers that other cities answer for, and this one does not."""
    others = Task.objects.filter(number__in=list(numbers)).exclude(cities=city)
    return set(others.filter(cities__isnull=False).values_list("number", flat=True))
