"""The form beside a foreign file: heading lines, rows to leave out, and what each column holds."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from clusters.models import City
from submissions.layouts.matching import MovedTable
from submissions.layouts.words import HOLDS, PLACE_COLUMNS, SHEETS
from submissions.workbook.cells import column_index
from submissions.workbook.foreign.fingerprint import heading_lines
from submissions.workbook.foreign.foreign_file import ForeignSheet
from submissions.workbook.foreign.guessing import GuessedTable, GuessReason, guess, guess_columns
from submissions.workbook.foreign.layout_spec import (
    LONGEST_TEXT,
    PLACES,
    ColumnSpec,
    Holds,
    LayoutSpec,
    Sheets,
    TableSpec,
    check,
)
from submissions.workbook.foreign.places import named_city, named_period
from submissions.workbook.layout import CITY, ENTERPRISES, MONEY_UNITS, TABLES, CellKind
from submissions.workbook.limits import HEADER_WITHIN_ROWS
from submissions.workbook.reading.headings import fold

NOT_READ = ""
VALUES_SHOWN = 3

KINDS = [
    (ENTERPRISES.kind, _("enterprises (企业明细)")),
    (CITY.kind, _("totals of the city (城市汇总)")),
]


class HeadingForm(forms.Form):
    """Which sheet is described, and in which lines its headings stand: read from the address."""

    sheet = forms.TypedChoiceField(label=_("Sheet"), coerce=int)
    row = forms.IntegerField(
        label=_("Line of the headings"), min_value=1, max_value=HEADER_WITHIN_ROWS
    )
    lines = forms.TypedChoiceField(
        label=_("Lines of headings"), coerce=int, choices=[(1, _("one line")), (2, _("two lines"))]
    )
    kind = forms.ChoiceField(label=_("What the rows are"), choices=KINDS)

    def __init__(self, *args, sheets: list[ForeignSheet], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sheet"].choices = [(at, sheet.name) for at, sheet in enumerate(sheets)]
        for name in ("sheet", "lines", "kind"):
            self.fields[name].widget.attrs["class"] = "form-select"
        self.fields["row"].widget.attrs["class"] = "form-control"


class TableForm(forms.Form):
    """Which sheets are read, which rows are not, and what the file does not say itself."""

    sheets = forms.ChoiceField(label=_("Sheets of this kind"), choices=SHEETS)
    leave_out = forms.CharField(
        label=_("Rows to leave out"),
        required=False,
        max_length=2000,
        help_text=_(
            "The first text of each such row, one a line. Totals, signatures and notes are "
            "recognised without it."
        ),
        widget=forms.Textarea(attrs={"rows": 3, "class": "form-control"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sheets"].widget.attrs["class"] = "form-select"

    def left_out(self) -> tuple[str, ...]:
        """Return the folded texts of the rows to leave out."""
        lines = self.cleaned_data["leave_out"].splitlines()
        return tuple(dict.fromkeys(fold(line)[:LONGEST_TEXT] for line in lines if fold(line)))


class GivenForm(forms.Form):
    """City, year and quarter where the file does not name them."""

    given_city = forms.ModelChoiceField(
        None, to_field_name="code", required=False, label=_("City, if the file names none")
    )
    given_year = forms.IntegerField(
        label=_("Year, if the file names none"), required=False, min_value=2000, max_value=2100
    )
    given_quarter = forms.TypedChoiceField(
        label=_("Quarter, if the file names none"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "–"), *((number, f"Q{number}") for number in range(1, 5))],
    )

    def __init__(self, *args, cities, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["given_city"].queryset = cities
        if cities.count() == 1:
            self.fields["given_city"].initial = cities.first().code
        for name in ("given_city", "given_quarter"):
            self.fields[name].widget.attrs["class"] = "form-select"
        self.fields["given_year"].widget.attrs["class"] = "form-control"


class ColumnForm(forms.Form):
    """What one column holds."""

    field = forms.ChoiceField(label=_("Holds"), required=False)
    unit = forms.ChoiceField(
        label=_("Unit"), required=False, choices=[("", "–"), *((one, one) for one in MONEY_UNITS)]
    )
    holds = forms.ChoiceField(label=_("Counted from"), required=False, choices=HOLDS)
    quarter = forms.CharField(label=_("Quarter"), required=False, max_length=6)

    def __init__(self, *args, kind: str, column, values: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        self.column, self.values, self.kind = column, values, kind
        choices = [(one.field, one.heading) for one in TABLES[kind].columns]
        self.fields["field"].choices = [
            (NOT_READ, _("not read")),
            *choices,
            (_("Which place a row is of"), PLACE_COLUMNS),
        ]
        for name in ("field", "unit", "holds"):
            self.fields[name].widget.attrs["class"] = "form-select"
        self.fields["quarter"].widget.attrs |= {"class": "form-control", "placeholder": "2024Q3"}
        for name, field in self.fields.items():
            # Beside a hundred others a label says of which column it is.
            field.widget.attrs["aria-label"] = f"{column.letter} {field.label}"
            field.widget.attrs["class"] += f" layout-{name}"

    def column_spec(self) -> ColumnSpec | None:
        """Return what was said of the column; None if it is not read. Only on a valid form."""
        said = self.cleaned_data
        if not said["field"]:
            return None
        if said["field"] in PLACES:
            return ColumnSpec(self.column.letter, said["field"])
        column = TABLES[self.kind].column(said["field"])
        is_money = column.kind is CellKind.MONEY
        return ColumnSpec(
            self.column.letter,
            said["field"],
            said["unit"] if is_money else "",
            Holds(said["holds"] or Holds.CUMULATIVE) if column.is_figure else Holds.CUMULATIVE,
            re.sub(r"\s", "", said["quarter"]).upper() if column.is_figure else "",
        )


class Description:
    """All forms of one sheet, with the proposals in them."""

    def __init__(
        self,
        sheets: list[ForeignSheet],
        asked,
        posted=None,
        *,
        taken: MovedTable | None = None,
        taken_from: str = "",
    ) -> None:
        """
        Take the file's sheets with their first rows.

        asked   which sheet and heading lines, as HeadingForm has them; may be empty or wrong
        posted  what was said of the columns; None for the proposals
        taken   a table of another layout, proposed in place of guesses; taken_from is its name
        """
        self.sheets, self.taken, self.taken_from = sheets, taken, taken_from
        self.cities = dict(City.objects.values_list("name", "code"))
        self.guess = self._guess(asked)
        start = {
            "sheet": self.at,
            "row": self.guess.rows[0],
            "lines": len(self.guess.rows),
            "kind": self.guess.kind,
        }
        self.heading = HeadingForm(start, sheets=sheets)
        self.heading.is_valid()
        self.table = TableForm(posted, initial=self._of_table())
        lines = [row for row in self.sheet.rows if row.number > self.guess.rows[-1]]
        self.columns = [
            ColumnForm(
                posted,
                prefix=column.letter,
                kind=self.guess.kind,
                column=column,
                values=_values(lines, column.letter),
                initial={
                    "field": column.field,
                    "unit": column.unit,
                    "holds": column.holds,
                    "quarter": column.quarter,
                },
            )
            for column in self.guess.columns
        ]

    @property
    def sheet(self) -> ForeignSheet:
        """Return the sheet that is described."""
        return self.sheets[self.at]

    def _guess(self, asked) -> GuessedTable:
        """Return the proposals: those taken over, for the lines asked for, or for the best ones."""
        if self.taken:
            self.at = self.taken.sheet
            return self._taken_over(self.taken.table)
        form = HeadingForm(asked or None, sheets=self.sheets)
        if form.is_valid():
            said = form.cleaned_data
            self.at = said["sheet"]
            rows = tuple(range(said["row"], said["row"] + said["lines"]))
            made = self._columns(rows)
            if made.kind != said["kind"]:
                made.kind = said["kind"]
                for column in made.columns:
                    column.field, column.reasons = "", []
            return made
        for at, sheet in enumerate(self.sheets):
            self.at = at
            if found := guess(sheet.top, cities=self.cities):
                return self._columns(found.rows)
        self.at = 0
        return self._columns((self.sheet.rows[0].number,))

    def _taken_over(self, table: TableSpec) -> GuessedTable:
        """Return what a table of another layout says, as proposals."""
        made = self._columns(table.headings.rows)
        made.kind = table.kind
        said = {one.letter: one for one in table.columns}
        for column in made.columns:
            one = said.get(column.letter)
            column.field, column.reasons = "", []
            if one:
                column.field, column.unit, column.holds = one.field, one.unit, one.holds
                column.quarter = one.quarter
                column.reasons = [GuessReason("taken", self.taken_from)]
        return made

    def _of_table(self) -> dict:
        """Return what is proposed for the table: which sheets, and which rows are left out."""
        if not self.taken:
            return {"sheets": self._guessed_sheets()}
        table = self.taken.table
        return {"sheets": table.sheets, "leave_out": "\n".join(table.leave_out)}

    def _columns(self, rows: tuple[int, ...]) -> GuessedTable:
        """Return the proposals for the columns beneath these lines of the sheet."""
        units = heading_lines(self.sheet.top, rows).units
        return guess_columns(self.sheet.top, rows, units, self.cities)

    def _guessed_sheets(self) -> Sheets:
        """Return whether other sheets are named as this one is: for a quarter, for a city."""
        if len(self.sheets) > 1 and named_period(self.sheet.name).quarter:
            return Sheets.QUARTERS
        named = [named_city(sheet.name, self.cities) for sheet in self.sheets]
        return Sheets.CITIES if len(self.sheets) > 1 and all(named) else Sheets.ONE

    def is_valid(self) -> bool:
        """Return whether every form can be read; whether they fit together says spec()."""
        return all([self.table.is_valid(), *(column.is_valid() for column in self.columns)])

    def table_spec(self) -> TableSpec:
        """Return what was said, as a table of a layout. Only if it is valid."""
        columns = [column.column_spec() for column in self.columns]
        return TableSpec(
            self.guess.kind,
            Sheets(self.table.cleaned_data["sheets"]),
            tuple(one for one in columns if one),
            heading_lines(self.sheet.top, self.guess.rows),
            self.table.left_out(),
        )

    def spec(self, before: tuple[TableSpec, ...] = ()) -> LayoutSpec:
        """Return the layout, with tables described before. Raises InvalidSpec."""
        made = LayoutSpec((*before, self.table_spec()))
        check(made)
        return made


def _values(lines, letter: str) -> list[str]:
    """Return the first values of a column."""
    at = column_index(letter)
    return [row.cells[at][1][:24] for row in lines if at in row.cells][:VALUES_SHOWN]
