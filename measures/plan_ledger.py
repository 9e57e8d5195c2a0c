"""The ledger that a page shows: the tasks of its plan that the reader may see."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from clusters.models import City
from clusters.plans import plan_for
from clusters.viewpoint import Viewpoint, end_of
from foundation.quarters import Quarter
from indicators.data.snapshot_reader import FIGURES
from indicators.outlook.plan_matters import PlanMatter
from measures.access import TaskScope, scope_of
from measures.ledger import LEDGER, NodeRow, TaskRow, ledger
from measures.light import Colour, LightReason
from measures.models import Department, Task
from measures.sentences import reason_words, unit_names
from measures.tables import colour_of, worst_first

# So many ledgers are kept in a process: readers of one scope and day share one.
KEPT = 16
# So many red tasks stand by themselves where others need attention too.
NAMED = 3
# The ledger's page, its list left with the red ones.
IN_LIST = "light=red"


@dataclass(frozen=True)
class Asked:
    """
    What decides what a plan's ledger shows: for equal ones it is the same.

    quarter       of which the plan is
    as_of         the day whose knowledge is shown; None for what is known now
    known_then    whether only what had been recorded by that day counts
    on            the day on which it is asked for
    scope         whose tasks
    data_version  numbers that change with whatever is shown (foundation.data_version)
    """

    quarter: Quarter
    as_of: date | None
    known_then: bool
    on: date
    scope: TaskScope
    data_version: tuple[Any, ...]


def plan_ledger(request, viewpoint: Viewpoint | None = None) -> Sequence[TaskRow]:
    """
    Return the tasks of a viewpoint's plan that the user may see, the worst first.

    The viewpoint is the request's unless another is given. Tasks that have ended are left out.
    Nobody may change what is returned: it is kept for the next reader.
    """
    seen_from = viewpoint or request.viewpoint
    # Plans, periods and cities are of the first; the states of workbooks, which every upload
    # changes, are of neither.
    version = tuple(request.data_version[name] for name in (FIGURES, LEDGER))
    scope = scope_of(request)
    known = seen_from.as_of, seen_from.known_then
    return _rows(Asked(seen_from.quarter, *known, timezone.localdate(), scope, version))


@lru_cache(maxsize=KEPT)
def _rows(asked: Asked) -> Sequence[TaskRow]:
    """Return what is asked for; read once in a process."""
    moment = end_of(asked.as_of) if asked.as_of else timezone.now()
    viewpoint = Viewpoint(asked.quarter, asked.as_of, moment, asked.known_then)
    tasks = asked.scope.tasks().filter(area__plan=plan_for(asked.quarter)).going_on(moment)
    return tuple(worst_first(ledger(tasks, viewpoint, only=asked.scope.only, is_whole=False)))


def forget() -> None:
    """Forget what was read: for tests, where numbers start anew with each database."""
    _rows.cache_clear()


def rows_seen(
    request, tasks: QuerySet[Task], viewpoint: Viewpoint, *, is_whole: bool = False
) -> list[TaskRow]:
    """
    Return tasks as the user may see them at a viewpoint: a bureau its own cities' progress.

    is_whole as in ledger().
    """
    return ledger(tasks, viewpoint, only=scope_of(request).only, is_whole=is_whole)


def longest_red(rows: Iterable[TaskRow]) -> list[TaskRow]:
    """Return the red tasks, what is late by most days first."""
    red = [row for row in rows if colour_of(row) is Colour.RED]
    return sorted(red, key=lambda row: -_days(red_reason(row)))


def late_units(row: TaskRow) -> list[City | Department]:
    """Return who has a red step of a task."""
    return list(dict.fromkeys(each.who for each in _red_steps(row)))


def red_reason(row: TaskRow) -> LightReason:
    """Return why a red task is red: of its steps' leading reasons the one that is latest."""
    return max((each.light.reasons[0] for each in _red_steps(row)), key=_days)


def _red_steps(row: TaskRow) -> list[NodeRow]:
    return [each for each in row.rows if each.light.colour is Colour.RED]


def _days(reason: LightReason) -> int:
    """Return by how many days something is late; 0 where it is reports that are missing."""
    return reason.days or 0


def red_matters(request) -> list[PlanMatter]:
    """Return a line for each of the tasks that have been red longest, and one for all others."""
    red = longest_red(plan_ledger(request))
    lines = [_matter(row) for row in red[:NAMED]]
    if more := len(red) - len(lines):
        words = ngettext("%(number)s more task", "%(number)s more tasks", more) % {"number": more}
        lines.append(PlanMatter("light_red", words, reverse("measures:ledger"), query=IN_LIST))
    return lines


def _matter(row: TaskRow) -> PlanMatter:
    detail = f"{unit_names(late_units(row))} · {reason_words(red_reason(row))}"
    return PlanMatter("light_red", str(row.task), row.task.get_absolute_url(), detail)
