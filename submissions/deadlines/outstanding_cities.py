"""Which cities' figures of a period are still wanting, in what state, and for how many days."""

from collections.abc import Iterable

from submissions.deadlines.obligations import Obligation


def outstanding_cities(owed: Iterable[Obligation]) -> list[Obligation]:
    """Return those that are owed and not accepted, the city that has been wanted longest first."""
    behind = [one for one in owed if one.owed and not one.answered]
    return sorted(behind, key=lambda one: (-(one.delay.days if one.delay else 0), one.city.code))
