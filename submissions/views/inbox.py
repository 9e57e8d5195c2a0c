from django.shortcuts import render
from django.utils import timezone

from clusters.models import City
from submissions import access
from submissions.deadlines import obligations
from submissions.deadlines.duties import duties, next_period
from submissions.deadlines.tables import OwedTable, WaitingTable, matrix

# How many periods the province's page shows unless all are requested.
RECENT = 8


def inbox(request):
    """Show a bureau its obligations; the province all cities and what waits for a decision."""
    periods = obligations.started_periods(timezone.now())
    cities = list(request.cities)
    if access.reports(request.user):
        return render(request, "submissions/inbox_bureau.html", bureau(cities, periods))
    return render(request, "submissions/inbox_province.html", province(request, cities, periods))


def bureau(cities: list[City], periods) -> dict:
    """Return the context of a bureau's page: what it must do, when the next is due, all periods."""
    now = timezone.now()
    every = obligations.obligations(cities, periods, now)
    # A quarter that is not owed is shown to a bureau that has a submission for it.
    owed = [one for one in every if one.owed or one.submission]
    owed.sort(key=lambda one: one.period.code, reverse=True)
    to_do = duties(owed, now)
    return {
        "cities": cities,
        "duties": to_do,
        "next_period": None if to_do else next_period(now),
        "owed": OwedTable(owed, exclude=[] if len(cities) > 1 else ["city"]),
        "counts": [(state, n) for state, n in obligations.counts(owed).items() if n],
    }


def province(request, cities: list[City], periods) -> dict:
    """Return the context of the province's page: the matrix of states, and the waiting list."""
    owed_periods = [one for one in periods if one.is_owed] or periods
    shown = periods if request.GET.get("periods") == "all" else owed_periods[:RECENT]
    owed = obligations.obligations(cities, shown, timezone.now())
    return {
        "periods": shown,
        "more": len(periods) > len(shown),
        "matrix": matrix(cities, shown, owed),
        "waiting": WaitingTable(obligations.waiting(request.cities)),
    }
