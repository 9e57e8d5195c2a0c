"""Sums of the enterprise lines by city, park and field: in full, or fit to leave the province."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from clusters.models import City
from clusters.quarters import Quarter
from indicators.aggregates import LineGroup, line_groups
from indicators.coverage import Coverage, coverage, firms_reported
from indicators.formulas.disclosure import Group, Hidden, hidden, hidden_parts, together
from indicators.snapshot import Snapshot

BY = ("city", "park", "field")


@dataclass(frozen=True, slots=True)
class TotalsRow:
    """
    One row: its key (a city's code, (city's code, park's key), a field's key), and its sums.

    Amounts in yuan, cumulative; None is not reported. is_hidden: too few or too large to show.
    """

    key: Hashable
    firms: int
    output_value: Decimal | None
    revenue: Decimal | None
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Totals:
    """
    A table and its total, which is of the reporting cities.

    Rows without any enterprise are left out. silent are the cities that have not reported: they
    stand in the tables by city and by park, without a figure.
    """

    rows: tuple[TotalsRow, ...]
    total: TotalsRow
    coverage: Coverage

    @property
    def silent(self) -> tuple[City, ...]:
        """Return the cities that have not reported their enterprises."""
        return self.coverage.missing


def firm_totals(of: Snapshot, quarter: Quarter, by: str, *, outside: bool) -> Totals:
    """
    Return the sums of all enterprise lines of a quarter by city, park or field.

    outside hides small cells (indicators.formulas.disclosure). The tables by city and by park
    are hidden in step, because a city less its park is the rest of the city. Raises KeyError
    for what it cannot be grouped by.
    """
    lines = line_groups(of, quarter)
    keyed = _grouped(lines, KEYS[by])
    secret = _hidden(lines, by) if outside else Hidden(frozenset())
    rows = [_row(key, some, key in secret.keys) for key, some in keyed.items()]
    who = coverage(of, quarter, firms_reported)
    return Totals(tuple(rows), _row(None, lines, secret.total), who)


def _hidden(lines: Iterable[LineGroup], by: str) -> Hidden:
    if by == "field":
        return hidden(_groups(lines, KEYS["field"]))
    cities = hidden(_groups(lines, KEYS["city"]))
    if by == "city":
        return cities
    parts = {
        city: _groups(some, KEYS["park"]) for city, some in _grouped(lines, KEYS["city"]).items()
    }
    return Hidden(hidden_parts(cities, parts), cities.total)


KEYS: Mapping[str, Callable[[LineGroup], Hashable]] = {
    "city": lambda line: line.city,
    "park": lambda line: (line.city, line.park_id),
    "field": lambda line: line.field_id,
}


def _grouped(
    lines: Iterable[LineGroup], key: Callable[[LineGroup], Hashable]
) -> dict[Hashable, list[LineGroup]]:
    found: dict[Hashable, list[LineGroup]] = defaultdict(list)
    for line in lines:
        found[key(line)].append(line)
    return dict(found)


def _groups(lines: Iterable[LineGroup], key: Callable[[LineGroup], Hashable]) -> list[Group]:
    """Return groups as the rule of disclosure wants them."""
    found = []
    for one, some in _grouped(lines, key).items():
        whole = together(
            [Group(None, line.firms, (line.output_mass, line.revenue_mass)) for line in some]
        )
        found.append(Group(one, whole.firms, whole.masses))
    return found


def _row(key: Hashable, lines: Iterable[LineGroup], is_hidden: bool) -> TotalsRow:
    lines = list(lines)
    return TotalsRow(
        key=key,
        firms=sum(line.firms for line in lines),
        output_value=_sum(line.output_value for line in lines),
        revenue=_sum(line.revenue for line in lines),
        is_hidden=is_hidden,
    )


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None
