"""Tables of what the import of a register would do, row by row."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from foundation.tables import Column, Parts, Table, ad_hoc


class RefusedTable(Table):
    """One row for each RefusedRow."""

    title, has_row_headings = gettext_lazy("Refused"), False

    number = Column(gettext_lazy("Row"))
    code = Column(pgettext_lazy("of an enterprise", "Code"))
    name = Column(gettext_lazy("Name"))
    messages = Column(pgettext_lazy("a row was refused", "Why"))

    def render_messages(self, value):
        return Parts(value, "\n")


class ChangedTable(Table):
    """One row for each RegisterRow that changes its enterprise."""

    title, has_row_headings = gettext_lazy("Changed"), False

    number = Column(gettext_lazy("Row"))
    code = Column(pgettext_lazy("of an enterprise", "Code"), accessor="instance__credit_code")
    name = Column(gettext_lazy("Name"), accessor="instance__name")
    changes = Column(gettext_lazy("What changes"))

    def render_changes(self, value):
        return Parts([f"{name}: {old or '–'} → {new or '–'}" for name, old, new in value], "\n")


def whole_rows(title: str, headings: list[str], rows: list) -> Table:
    """Return RegisterRows with all their cells, beneath the headings of the file."""
    return ad_hoc(
        map(Column, [_("Row"), *headings]),
        [(row.number, *row.cells) for row in rows],
        title=title,
        has_row_headings=False,
    )
