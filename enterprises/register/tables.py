"""Tables of what the import of a register would do, row by row."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from foundation.tables import Column, Parts, Table, ad_hoc


def refused_table(rows: list[list]) -> Table:
    """Return the table of refused rows: number, code, name, reasons."""
    why = pgettext("a row was refused", "Why")
    return _told(_("Refused"), why, [[*row, Parts(said, "\n")] for *row, said in rows])


def changed_table(rows: list[list]) -> Table:
    """Return the table of rows that change their enterprise: number, code, name, changes."""
    told = [[*row, Parts(changes_in_words(made).split("\n"), "\n")] for *row, made in rows]
    return _told(_("Changed"), _("What changes"), told)


def changes_in_words(changes: Iterable[list]) -> str:
    """Return a line for each change: heading, before, after."""
    return "\n".join(f"{name}: {old or '–'} → {new or '–'}" for name, old, new in changes)


def whole_rows(title: str, headings: list[str], rows: list[list]) -> Table:
    """Return rows with all their cells, beneath the headings of the file."""
    columns = map(Column, [_("Row"), *headings])
    return ad_hoc(columns, rows, title=title, has_row_headings=False)


def _told(title: str, what: str, rows: list[list]) -> Table:
    headings = [_("Row"), pgettext("of an enterprise", "Code"), _("Name"), what]
    return ad_hoc(map(Column, headings), rows, title=title, has_row_headings=False)
