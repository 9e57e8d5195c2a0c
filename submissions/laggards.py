"""Which cities' figures of a period are still wanting, in what state, and for how many days."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from clusters.models import City, ReportingPeriod
from submissions.obligations import State, obligations

# Here the next step is the city's own; once it has submitted, the province's.
ITS_TURN = (State.OVERDUE, State.SENT_BACK, State.UPLOADED)


@dataclass(frozen=True, slots=True)
class Laggard:
    """
    A city whose figures of a period were not in force at a moment.

    days  since the due day, where the next step is the city's; None while it is not due, or
          where the workbook lies with the province: a city does not answer for our reading
    """

    city: City
    state: State
    due_on: date
    days: int | None


def laggards(cities: list[City], period: ReportingPeriod, moment: datetime) -> list[Laggard]:
    """Return the cities that lag behind, those longest overdue first. One query."""
    overdue = (timezone.localdate(moment) - period.due_on).days
    behind = [
        Laggard(
            city=one.city,
            state=one.state,
            due_on=period.due_on,
            days=overdue if overdue > 0 and one.state in ITS_TURN else None,
        )
        for one in obligations(cities, [period], moment)
        if one.state != State.ACCEPTED
    ]
    return sorted(behind, key=lambda one: (-(one.days or 0), one.city.code))
