"""What is said on the pages of layouts: reasons, differences, and why a layout cannot be used."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from submissions.rules.catalogue import CATALOGUE
from submissions.workbook.foreign.fingerprint import HeadingDifference
from submissions.workbook.foreign.guessing import GuessReason
from submissions.workbook.foreign.layout_spec import Holds, InvalidSpec, PlaceColumn, Sheets

REASONS = {
    "heading": gettext_lazy("the heading is “%(said)s”"),
    "synonym": gettext_lazy("the heading says “%(said)s”"),
    "codes": gettext_lazy("%(said)s values look like credit codes"),
    "firms": gettext_lazy("%(said)s values look like names of firms"),
    "amounts": gettext_lazy("%(said)s values are numbers"),
    "unit_heading": gettext_lazy("its heading has the unit %(said)s"),
    "unit_above": gettext_lazy("the unit %(said)s stands above the table"),
    "quarter": gettext_lazy("its heading names %(said)s"),
    "holds": gettext_lazy("“%(said)s” says what it counts from"),
    "taken": gettext_lazy("taken over from “%(said)s”, with the years of this file"),
    "cities": gettext_lazy("%(said)s values are names of cities"),
    "years": gettext_lazy("%(said)s values are years"),
    "quarters": gettext_lazy("%(said)s values are quarters"),
}

DIFFERENCES = {
    "unit": gettext_lazy("The unit is another: “%(was)s” in the layout, “%(now)s” in the file."),
    "rows": gettext_lazy("The headings stand in line %(now)s; in the layout in line %(was)s."),
    "moved": gettext_lazy("“%(now)s” stands in column %(column)s; in the layout in %(was)s."),
    "changed": gettext_lazy("Column %(column)s is headed “%(now)s”; in the layout “%(was)s”."),
    "added": gettext_lazy("Column %(column)s, “%(now)s”, is not in the layout."),
    "missing": gettext_lazy("The layout's column %(column)s, “%(was)s”, is not in the file."),
}

WRONG = {
    "nothing": gettext_lazy("Nothing is read yet: choose what the columns hold."),
    "table_twice": gettext_lazy("Two tables of one kind were described. Describe one of them."),
    "heading_lines": gettext_lazy("Headings stand in one line, or in two right below each other."),
    "column_twice": gettext_lazy("Column %(letter)s is read twice."),
    "field_twice": gettext_lazy(
        "Two columns hold “%(heading)s” of the same quarter %(quarter)s. Choose one, or say of "
        "which quarter each is."
    ),
    "no_unit": gettext_lazy("Choose the unit of “%(heading)s” in column %(letter)s."),
    "quarter": gettext_lazy(
        "“%(quarter)s” at “%(heading)s” is no quarter: write 2024Q3, or Q3 for the file's year."
    ),
    "no_name": gettext_lazy("Choose the column that holds “%(heading)s”."),
    "no_figure": gettext_lazy("Choose at least one column with amounts or numbers."),
    "quarters_twice": gettext_lazy(
        "Quarters stand in columns, in sheets or in rows, in one of them only. Choose one sheet, "
        "leave the quarters of the columns blank, or do not read the column of quarters or years."
    ),
    "cities_twice": gettext_lazy(
        "Cities stand in sheets or in rows, not in both. Choose one sheet, or do not read the "
        "column of cities."
    ),
    "place_twice": gettext_lazy(
        "Two columns name the same of each row; the second is %(letter)s. Choose one of them."
    ),
    "year_in_quarters": gettext_lazy(
        "An amount of the whole year is of no single quarter. Do not read the column of quarters, "
        "or say what the amounts count from."
    ),
    "format": gettext_lazy("The layout cannot be read. Describe it anew."),
}

SHEETS = [
    (Sheets.ONE, gettext_lazy("one sheet")),
    (Sheets.QUARTERS, gettext_lazy("a sheet for each quarter")),
    (Sheets.CITIES, gettext_lazy("a sheet for each city")),
]

HOLDS = [
    (Holds.CUMULATIVE, gettext_lazy("from 1 January (cumulative)")),
    (Holds.QUARTER, gettext_lazy("the quarter alone")),
    (Holds.YEAR, gettext_lazy("the whole year")),
]

PLACE_COLUMNS = [
    (PlaceColumn.CITY, gettext_lazy("the city of the row")),
    (PlaceColumn.YEAR, gettext_lazy("the year of the row")),
    (PlaceColumn.QUARTER, gettext_lazy("the quarter of the row")),
]

SOURCES = {
    "sheet": gettext_lazy("name of the sheet"),
    "title": gettext_lazy("title above the table"),
    "file": gettext_lazy("name of the file"),
    "row": gettext_lazy("a column of the table"),
    "given": gettext_lazy("your choice"),
}


def reasons_said(reasons: Iterable[GuessReason]) -> str:
    """Return the reasons for a proposal as one text."""
    return _("; ").join(str(REASONS[one.why]) % {"said": one.said} for one in reasons)


def difference_said(one: HeadingDifference) -> str:
    """Return in what the headings differ, as a sentence."""
    return str(DIFFERENCES[one.kind]) % one._asdict()


def wrong_said(wrong: InvalidSpec) -> str:
    """Return why a layout cannot be used, as a sentence."""
    return str(WRONG[wrong.why]) % wrong.params


def fault_said(fault: list) -> tuple[str, str]:
    """Return the place and the message of a fault that the reading child told of."""
    code, sheet, cell, _value, params = fault
    kind = CATALOGUE[code]
    place = "!".join(filter(None, (sheet, cell)))
    return place, f"{code} {kind.message % params} {kind.remedy % params}"
