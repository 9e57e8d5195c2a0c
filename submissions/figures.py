"""What a submission would publish, and how that differs from what is in force."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from submissions.models import StagedRow
from submissions.workbook.layout import CITY_MEASURES, Kind

OVER = Decimal(100_000_000)


def decimal(row: StagedRow, name: str) -> Decimal | None:
    """Return a number of a staged row; None if it was not reported."""
    text = row.values.get(name)
    return None if text is None else Decimal(text)


def total(values: Iterable[Decimal | None]) -> Decimal | None:
    """Return the sum of what was reported; None, and not 0, if nothing was."""
    reported = [value for value in values if value is not None]
    return sum(reported, Decimal(0)) if reported else None


@dataclass(frozen=True, slots=True)
class Measure:
    """One of the city's own totals: its label, whether it is money (in yuan), its two values."""

    label: str
    money: bool
    this_year: Decimal | None
    last_year: Decimal | None
    place: str


@dataclass(slots=True)
class Figures:
    """
    What a submission's rows add up to. Amounts are in yuan, None if nothing was reported.

    measures   the city's own totals, in the workbook's order; empty without 城市汇总
    firms      enterprise lines; over_100m those with revenue strictly over 100 million
    """

    measures: list[Measure] = field(default_factory=list)
    firms: int = 0
    output_value: Decimal | None = None
    revenue: Decimal | None = None
    over_100m: int = 0
    parks: int = 0
    blocks: int = 0


def figures(rows: list[StagedRow]) -> Figures:
    """Return what a submission would publish."""
    firms = of_kind(rows, StagedRow.Kind.ENTERPRISES)
    revenues = [decimal(row, "revenue") for row in firms]
    labels = {name: (label, kind) for label, (name, kind) in CITY_MEASURES.items()}
    return Figures(
        measures=[
            Measure(
                labels[row.key][0],
                labels[row.key][1] is Kind.MONEY,
                decimal(row, "this_year"),
                decimal(row, "last_year"),
                f"{row.sheet}!{row.cells.get('this_year') or row.row}",
            )
            for row in of_kind(rows, StagedRow.Kind.CITY)
            if row.key in labels
        ],
        firms=len(firms),
        output_value=total(decimal(row, "output_value") for row in firms),
        revenue=total(revenues),
        over_100m=sum(1 for revenue in revenues if revenue is not None and revenue > OVER),
        parks=len(of_kind(rows, StagedRow.Kind.PARKS)),
        blocks=len(of_kind(rows, StagedRow.Kind.BLOCKS)),
    )


def of_kind(rows: list[StagedRow], kind: str) -> list[StagedRow]:
    """Return the rows of one table."""
    return [row for row in rows if row.kind == kind]


@dataclass(frozen=True, slots=True)
class Change:
    """
    A firm that is added, removed or changed against the version in force; amounts in yuan.

    before and after are staged rows; one of them is None for a firm added or removed.
    """

    key: str
    name: str
    before: StagedRow | None
    after: StagedRow | None

    def _amount(self, row: StagedRow | None, name: str) -> Decimal | None:
        return decimal(row, name) if row else None

    @property
    def output_before(self) -> Decimal | None:
        """Return the output value in force."""
        return self._amount(self.before, "output_value")

    @property
    def output_after(self) -> Decimal | None:
        """Return the output value of this version."""
        return self._amount(self.after, "output_value")

    @property
    def revenue_before(self) -> Decimal | None:
        """Return the revenue in force."""
        return self._amount(self.before, "revenue")

    @property
    def revenue_after(self) -> Decimal | None:
        """Return the revenue of this version."""
        return self._amount(self.after, "revenue")


@dataclass(slots=True)
class Differences:
    """What changes against the version in force: firms, and the city's own totals."""

    added: list[Change] = field(default_factory=list)
    removed: list[Change] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    # (label, money, before, after) of the city's own totals that change.
    measures: list[tuple[str, bool, Decimal | None, Decimal | None]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed or self.measures)


# What makes a firm "changed": every figure of its line.
COMPARED = (
    "output_value",
    "revenue",
    "total_revenue",
    "rd_expenditure",
    "employees",
    "revenue_last_year",
)


def differences(before: list[StagedRow], after: list[StagedRow]) -> Differences:
    """Return what the rows of a submission change in those of the version in force."""
    old = {row.key: row for row in of_kind(before, StagedRow.Kind.ENTERPRISES)}
    new = {row.key: row for row in of_kind(after, StagedRow.Kind.ENTERPRISES)}
    found = Differences(
        added=[_change(key, None, row) for key, row in new.items() if key not in old],
        removed=[_change(key, row, None) for key, row in old.items() if key not in new],
        changed=[
            _change(key, old[key], row)
            for key, row in new.items()
            if key in old and _numbers(old[key]) != _numbers(row)
        ],
    )
    was = {measure.label: measure for measure in figures(before).measures}
    now = {measure.label: measure for measure in figures(after).measures}
    for label in was | now:
        was_value = was[label].this_year if label in was else None
        now_value = now[label].this_year if label in now else None
        if was_value != now_value:
            found.measures.append((label, (was | now)[label].money, was_value, now_value))
    return found


def _change(key: str, before: StagedRow | None, after: StagedRow | None) -> Change:
    row = after or before
    return Change(key, (row.values.get("name") if row else None) or key, before, after)


def _numbers(row: StagedRow) -> tuple[Decimal | None, ...]:
    return tuple(decimal(row, name) for name in COMPARED)
