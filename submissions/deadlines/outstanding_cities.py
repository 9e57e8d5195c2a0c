"""Cities whose workbook for a period is outstanding."""

from collections.abc import Iterable

from submissions.deadlines.obligations import Obligation


def outstanding_cities(owed: Iterable[Obligation]) -> list[Obligation]:
    """Return obligations that are owed and not accepted, the longest delay first."""
    behind = [one for one in owed if one.owed and not one.answered]
    return sorted(behind, key=lambda one: (-(one.delay.days if one.delay else 0), one.city.code))
