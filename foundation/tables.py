"""
The one table of every page, over django-tables2: its columns have kinds, its cells are values.

A cell is None (not reported), "" (empty), WITHHELD, a raw value of its column's kind, or one of
Typed, Link, Parts, Phrase and Fragment; a table's render_ methods return these, never HTML.
config.web.table_cells writes them, on the page and in the file that is downloaded.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

import django_tables2 as tables
from django.core.paginator import Page, Paginator
from django_tables2.rows import BoundRow

from foundation.amount_units import unit_name

# Stands in a cell of what was reported and may not be shown to the reader.
WITHHELD = "withheld"
A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Typed:
    """A value of another kind than its column's, or set in an element: <tag class="css">."""

    value: object
    kind: str = "text"
    css: str = ""
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A value that leads to an address; `keeps`: with the viewpoint of the page."""

    words: object
    address: str
    keeps: bool = True
    css: str = ""
    title: str = ""
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Parts:
    """Several values in one cell, those that are None or "" left out; "\\n" breaks the line."""

    parts: Sequence[object]
    between: str = " "


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence with placeholders, and the value that is written in the place of each."""

    words: str
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Fragment:
    """What a template draws, such as a form; in a file the value `text` stands for it."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)
    text: object = ""


class Column(tables.Column):
    """
    A column. kind says how its values are written (foundation.formatting.in_kind).

    unit     of amounts, named in the heading: "wan" or "large"; "" if the heading says it
    css      class of its cells
    default  what stands for None, where that is not "Not reported"
    """

    # A render_ method is asked whatever the value, also of None.
    empty_values = ()

    def __init__(self, verbose_name="", kind="text", *, unit=None, css="", **stock):
        stock.setdefault("orderable", False)
        super().__init__(verbose_name, **stock)
        self.kind, self.css = kind, css
        self.unit = ("wan" if kind == "amount" else "") if unit is None else unit

    @property
    def header(self):
        """Return the heading, with the unit of its amounts."""
        if not self.unit:
            return self.verbose_name
        return f"{self.verbose_name} ({unit_name(self.unit)})"


class Table(tables.Table):
    """
    A table with a file of the same rows, columns and rounding.

    Subclasses or callers set: key, which names the file in ?download=key.csv ("" for none);
    title, the file's name and, without labelled_by, the region's; labelled_by, the id of the
    heading above; caption; css, classes of the region; foot, records of the last rows;
    note, beneath the table and above the links of its file.
    """

    key = title = labelled_by = caption = css = note = ""
    foot: Iterable[object] = ()
    has_row_headings = True

    class Meta:
        template_name = "components/data_table.html"

    def __init__(self, data, *, orderable=None, extra_columns=None, exclude=None, **own):
        super().__init__(
            data if hasattr(data, "order_by") else list(data),
            orderable=orderable,
            extra_columns=extra_columns,
            exclude=exclude,
        )
        self.filled: set[str] = set()
        for name, value in own.items():
            setattr(self, name, value)

    def fill(self, names: Iterable[str], value: Callable[..., object]):
        """
        Take the values of columns from a function: what an app above knows of a record.

        It takes any of record and value, the column's own, and is asked for page and file.
        """
        for name in names:
            self.columns[name].render = value
            self.filled.add(name)

    def cells(self, row: BoundRow, columns: Iterable[tables.columns.BoundColumn]) -> list:
        """Return a row's values: of a render_ method, what fills the column, or the record's."""
        return [
            row.get_cell(one.name)
            if one.name in self.filled or hasattr(self, f"render_{one.name}")
            else one.accessor.resolve(row.record)
            for one in columns
        ]

    @property
    def is_sortable(self) -> bool:
        """Return whether any heading sorts: then the headings stay on a narrow screen too."""
        return any(column.orderable for column in self.columns)

    @property
    def shown_rows(self) -> Iterator[tuple[BoundRow, list]]:
        """Yield the rows of the page that is shown, each with its values."""
        return self._rows_of(self.paginated_rows)

    @property
    def foot_rows(self) -> Iterator[tuple[BoundRow, list]]:
        """Yield the last rows, beneath those of the data."""
        return self._rows_of(BoundRow(record, table=self) for record in self.foot)

    def _rows_of(self, rows):
        columns = list(self.columns)
        return ((row, list(zip(columns, self.cells(row, columns), strict=True))) for row in rows)

    def every_record(self) -> Iterable[object]:
        """Return the records of all pages, for the file."""
        return self.data

    def file_columns(self) -> list[Column]:
        """Return the columns of the file: also those that are not visible on the page."""
        return [one.column for one in self._of_the_file()]

    def file_rows(self) -> Iterator[list[object]]:
        """Yield the cells of every row, however many pages there are."""
        columns = self._of_the_file()
        rows = (BoundRow(record, table=self) for record in self.every_record())
        foot = (BoundRow(record, table=self) for record in self.foot)
        for row in chain(rows, foot):
            yield self.cells(row, columns)

    def _of_the_file(self):
        return [one for one in self.columns.iterall() if not one.column.exclude_from_export]

    def turn_to(self, page: str | None, count: int | None = None):
        """
        Cut the table down to one page of A_PAGE rows, whatever the address says.

        count is the number of all rows where it is found at less cost than from the data.
        """
        self.paginate(paginator_class=ExistingPages, page=page or 1, per_page=A_PAGE, count=count)
        return self


class ExistingPages(Paginator):
    """Shows the nearest page where one is asked for that there is not; rows may be counted."""

    def __init__(self, *args, count: int | None = None, **named):
        super().__init__(*args, **named)
        if count is not None:
            # In the place of Paginator's cached property.
            self.__dict__["count"] = count

    def page(self, number) -> Page:
        """Return a page; the first for what is no number, the last for one too large."""
        try:
            number = max(1, min(int(number), self.num_pages))
        except (TypeError, ValueError):
            number = 1
        return super().page(number)


def ad_hoc(columns: Iterable[Column], rows: Iterable[Sequence[object]], **own) -> Table:
    """Return a table whose columns are known only when it is made; rows are tuples of cells."""
    extra = [(f"column_{n}", _at(one, n)) for n, one in enumerate(columns)]
    return Table(list(rows), extra_columns=extra, **own)


def _at(column: Column, place: int) -> Column:
    column.accessor = tables.A(str(place))
    return column
