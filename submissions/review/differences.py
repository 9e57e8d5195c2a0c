"""The figures of a submission, and how they differ from another version."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from enterprises.thresholds import OVER_100M
from indicators.formulas.firms_over import is_over
from submissions.lineage.source_cells import shown_as, subject
from submissions.models import StagedRow
from submissions.workbook.layout import CITY_MEASURES, TABLES, CellKind


def total(values: Iterable[Decimal | None]) -> Decimal | None:
    """Return the sum of what was reported; None, and not 0, if nothing was."""
    reported = [value for value in values if value is not None]
    return sum(reported, Decimal(0)) if reported else None


@dataclass(frozen=True, slots=True)
class CityTotal:
    """
    One of the city's own totals: its label, whether it is money (in yuan), its two values.

    key   the measure; unit the one of its row, "" if it stands elsewhere in the sheet
    """

    label: str
    money: bool
    this_year: Decimal | None
    last_year: Decimal | None
    place: str
    key: str = ""
    unit: str = ""


@dataclass(slots=True)
class SubmissionFigures:
    """
    Sums of the rows of a submission. Amounts are in yuan, None if nothing was reported.

    measures   the city's own totals, in the workbook's order; empty without 城市汇总
    firms      enterprise lines; over_100m those with revenue strictly over 100 million, nil
               those declared without figures
    steps      steps of tasks on which something is reported
    """

    measures: list[CityTotal] = field(default_factory=list)
    firms: int = 0
    output_value: Decimal | None = None
    revenue: Decimal | None = None
    over_100m: int = 0
    nil: int = 0
    parks: int = 0
    blocks: int = 0
    steps: int = 0


def figures(rows: list[StagedRow]) -> SubmissionFigures:
    """Return the figures that a submission would publish."""
    firms = of_kind(rows, StagedRow.RowKind.ENTERPRISES)
    revenues = [row.decimal("revenue") for row in firms]
    return SubmissionFigures(
        measures=[
            CityTotal(
                CITY_MEASURES[row.key].heading,
                CITY_MEASURES[row.key].kind is CellKind.MONEY,
                row.decimal("this_year"),
                row.decimal("last_year"),
                f"{row.sheet}!{row.cells.get('this_year') or row.row}",
                row.key,
                row.values.get("unit") or "",
            )
            for row in of_kind(rows, StagedRow.RowKind.CITY)
            if row.key in CITY_MEASURES
        ],
        firms=len(firms),
        output_value=total(row.decimal("output_value") for row in firms),
        revenue=total(revenues),
        over_100m=sum(is_over(revenue, OVER_100M) for revenue in revenues),
        nil=sum(1 for row in firms if row.values.get("nil")),
        parks=len(of_kind(rows, StagedRow.RowKind.PARKS)),
        blocks=len(of_kind(rows, StagedRow.RowKind.BLOCKS)),
        steps=len([row for row in of_kind(rows, StagedRow.RowKind.TASKS) if row.says_anything]),
    )


def of_kind(rows: list[StagedRow], kind: str) -> list[StagedRow]:
    """Return the rows of one table."""
    return [row for row in rows if row.kind == kind]


@dataclass(frozen=True, slots=True)
class CellChange:
    """
    One value that differs between two versions: subject, place, before and after.

    shown_as   amount (in yuan), count or text: how both values are written
    place      sheet and cell in the newer file; in the older one for what is gone
    firm       the credit code of an enterprise; "" for anything else
    about      its table, key and field, as findings name them
    """

    subject: str
    heading: str
    shown_as: str
    place: str
    before: Decimal | str | None
    after: Decimal | str | None
    firm: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class LineChange:
    """A line that one version has and the other has not: an enterprise, a park, a block."""

    kind: str
    key: str
    subject: str
    place: str
    output_value: Decimal | None
    revenue: Decimal | None


@dataclass(slots=True)
class Differences:
    """
    What a version changes against an earlier one.

    removed, added   whole lines, each named; measures of 城市汇总 are no lines
    changed          single values, cell by cell, in the order of the workbook
    firms            how many enterprises have a changed value
    """

    added: list[LineChange] = field(default_factory=list)
    removed: list[LineChange] = field(default_factory=list)
    changed: list[CellChange] = field(default_factory=list)

    @property
    def firms(self) -> int:
        """Return how many enterprises have a changed value."""
        return len({one.firm for one in self.changed if one.firm})

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


def differences(before: list[StagedRow], after: list[StagedRow]) -> Differences:
    """
    Return what the rows of a submission change in those of an earlier version.

    Lines are matched by what they are about, not by row. 说明 is one of the values: in it the
    city replies to what it was sent back for.
    """
    old = {(row.kind, row.key): row for row in before}
    new = {(row.kind, row.key): row for row in after}
    found = Differences(
        added=[_line(row) for key, row in new.items() if key not in old and _is_line(row)],
        removed=[_line(row) for key, row in old.items() if key not in new and _is_line(row)],
    )
    for key in [*new, *(key for key in old if key not in new)]:
        was, now = old.get(key), new.get(key)
        row = now or was
        if row and (was and now or not _is_line(row)):
            found.changed.extend(_cells(row, was, now))
    return found


def _is_line(row: StagedRow) -> bool:
    """Return whether a row is a line of its own; the rows of 城市汇总 are measures."""
    return row.kind != StagedRow.RowKind.CITY


def _line(row: StagedRow) -> LineChange:
    return LineChange(
        row.kind,
        row.key,
        subject(row),
        f"{row.sheet}!{row.row}",
        row.decimal("output_value"),
        row.decimal("revenue"),
    )


def _cells(row: StagedRow, was: StagedRow | None, now: StagedRow | None) -> Iterator[CellChange]:
    """Yield the values of a line that differ; all values of a measure that is gone or new."""
    for column in TABLES[row.kind].columns:
        if column.field == "unit":
            continue
        before, after = (_value(one, column.field) for one in (was, now))
        if before != after:
            at = now if now and column.field in now.cells else row
            yield CellChange(
                subject(row),
                column.heading,
                shown_as(row, column),
                f"{at.sheet}!{at.cells.get(column.field) or at.row}",
                before,
                after,
                row.key if row.kind == StagedRow.RowKind.ENTERPRISES else "",
                f"{row.kind}/{row.key}/{column.field}",
            )


def _value(row: StagedRow | None, name: str) -> Decimal | str | None:
    """Return a value of a row, a number as a number; None if it is not reported."""
    text = row.values.get(name) if row else None
    if text is None or row is None or name in ("measure", "credit_code"):
        return None
    return Decimal(text) if TABLES[row.kind].column(name).is_figure else text or None
