"""Rows of cells to values: the same for a page's table, a spreadsheet, a csv and a document."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal

from tests.walker.reading.messages import catalogue, unit_in
from tests.walker.reading.numbers import Found, found_in, only_date, only_number
from tests.walker.values import KIND_OF_UNIT, ShownValue

Cell = str | int | float | Decimal | date | None


def values_of_table(
    headings: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    where: str,
    context: tuple[str, ...] = (),
    naming: int = 1,
) -> Iterator[ShownValue]:
    """
    Yield the cells of a table, each under its column's heading and its row's.

    naming  how many of the first columns name the row
    """
    labels = [catalogue().label(heading) for heading in headings]
    units = [unit_in(heading) for heading in headings]
    for heading, label in zip(headings, labels, strict=True):
        if heading.strip():
            yield ShownValue(where, label, context, text="(heading)", unit=unit_in(heading))
    for row in rows:
        named = tuple(catalogue().label(str(cell)) for cell in row[:naming] if cell is not None)
        for at, cell in enumerate(row):
            label = labels[at] if at < len(labels) else ""
            unit = units[at] if at < len(units) else ""
            around = context if at < naming else (*context, *named)
            yield from values_of_cell(cell, label, where=where, context=around, unit=unit)


def values_of_cell(
    cell: Cell, label: str, *, where: str, context: tuple[str, ...] = (), unit: str = ""
) -> Iterator[ShownValue]:
    """Yield what stands in a cell: its number in its own unit or the heading's, or its words."""
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return
    if isinstance(cell, bool):
        yield ShownValue(where, label, context, text=str(cell).lower())
    elif isinstance(cell, int | float | Decimal):
        yield ShownValue(where, label, context, exact(cell), unit)
    elif isinstance(cell, date | datetime):
        yield ShownValue(where, label, context, text=cell.isoformat())
    elif (found := only_number(cell)) is not None:
        number, own = found
        yield ShownValue(where, label, context, number, own or unit)
    else:
        yield from values_of_text(cell, label=label, where=where, context=context, unit=unit)


def values_of_text(
    text: str,
    *,
    where: str,
    label: str | None = None,
    context: tuple[str, ...] = (),
    unit: str = "",
) -> Iterator[ShownValue]:
    """
    Yield a text's message id, and each number and date that stands in it.

    Without a label the text itself is the label: a sentence. With one, what a cell says is its
    text. unit is the heading's: that of an amount in it which names none.
    """
    text = " ".join(text.split())
    if label is not None and (date := only_date(text)):
        yield ShownValue(where, label, context, None, "date", date)
        return
    context = (*context, *catalogue().names_in(text))
    called = catalogue().label(text)
    words = "(text)" if label in (None, called) else called
    label = called if label is None else label
    found = list(_figures(text))
    if not found or words != "(text)":
        yield ShownValue(where, label, context, text=words)
    for one, part in found:
        if one.date:
            yield ShownValue(where, label, context, None, "date", one.date, part)
        else:
            own = one.unit or (unit if unit in KIND_OF_UNIT else "")
            yield ShownValue(where, label, context, one.number, own, "", part)


def _figures(text: str) -> Iterator[tuple[Found, str]]:
    """Yield the numbers and dates of a text, each with its placeholder; not a message's own."""
    said = catalogue().look_up(text)
    for one in found_in(text):
        if said is None:
            yield one, ""
        else:
            part = next(
                (h.name for h in said.held if h.start < one.end and one.start < h.end), None
            )
            if part is not None:
                yield one, part


def exact(number: int | float | Decimal) -> Decimal:
    """Return a number as a Decimal, a float by its shortest digits and without trailing zeros."""
    if isinstance(number, float):
        number = Decimal(format(number, ".15g"))
    return Decimal(number)
