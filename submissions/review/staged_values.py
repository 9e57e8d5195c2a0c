"""A staged row's values, as the fields of a return take them."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from foundation.yuan import CENT
from submissions.models import StagedRow
from submissions.refused import Refused
from submissions.workbook.layout import CellKind as Holds
from submissions.workbook.layout import TableLayout

# What fits into the field of an amount: twenty digits, two of them after the point.
TOO_MUCH = Decimal(10) ** 18


def cannot(row: StagedRow, field: str) -> Refused:
    """Return the exception for a row, with the cell of the field."""
    return Refused(
        _("%(place)s cannot be put in force: “%(value)s”. Send the workbook back.")
        % {
            "place": f"{row.sheet}!{row.cells.get(field) or row.row}",
            "value": row.values.get(field) or "",
        }
    )


def amount(row: StagedRow, field: str) -> Decimal | None:
    """Return an amount of a row in yuan, to the cent; None if not reported. Raises Refused."""
    text = row.values.get(field)
    if text is None:
        return None
    value = Decimal(text)
    if not abs(value) < TOO_MUCH:
        raise cannot(row, field)
    return value.quantize(CENT, ROUND_HALF_UP)


def number(row: StagedRow, field: str) -> int | None:
    """Return a whole number of a row; None if not reported. Raises Refused."""
    text = row.values.get(field)
    if text is None:
        return None
    value = Decimal(text)
    if value != value.to_integral_value() or not 0 <= value < 2**31:
        raise cannot(row, field)
    return int(value)


# How a figure is taken, by what it is.
TAKE = {Holds.MONEY: amount, Holds.COUNT: number}


def figures(row: StagedRow, layout: TableLayout) -> dict[str, Decimal | int | None]:
    """Return the amounts and counts of a row by the return's field. Raises Refused."""
    return {column.field: TAKE[column.kind](row, column.field) for column in layout.figures}


def day(row: StagedRow, field: str) -> date | None:
    """Return a day of a row; None if not reported."""
    text = row.values.get(field)
    return date.fromisoformat(text) if text else None


def words(row: StagedRow, field: str) -> str:
    """Return a text of a row; empty if not reported."""
    return row.values.get(field) or ""
