"""Sums of the enterprise lines by city, park and field, as the reader may see them."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from clusters.models import City
from foundation.quarters import Quarter
from indicators.data.coverage import Coverage, coverage, firms_reported
from indicators.data.disclosure import KEYS, Known, grouped, hidden_rows
from indicators.data.snapshot import Snapshot
from indicators.data.snapshot_reader import LineGroup, line_groups

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

    Rows without any enterprise are left out. silent are the cities that have not reported: the
    tables by city and by park list them without a figure.
    """

    rows: tuple[TotalsRow, ...]
    total: TotalsRow
    coverage: Coverage

    @property
    def silent(self) -> tuple[City, ...]:
        """Return the cities that have not reported their enterprises."""
        return self.coverage.missing


def firm_totals(snapshot: Snapshot, quarter: Quarter, by: str, *, known: Known) -> Totals:
    """
    Return the sums of all enterprise lines of a quarter by city, park or field.

    known are the cities whose enterprises the reader sees: small cells of the others are hidden
    (indicators.data.disclosure). Raises KeyError for what it cannot be grouped by.
    """
    lines = line_groups(snapshot, quarter)
    secret = hidden_rows(snapshot, quarter, by, known)
    rows = [_row(key, some, key in secret.keys) for key, some in grouped(lines, KEYS[by]).items()]
    who = coverage(snapshot, quarter, firms_reported)
    return Totals(tuple(rows), _row(None, lines, secret.total), who)


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
