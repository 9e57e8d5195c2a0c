"""Tables of layouts, and of what one finds in a file."""

from decimal import Decimal

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.language import quarter_name
from foundation.quarters import Quarter
from foundation.tables import Column, Fragment, Link, Table, Typed, ad_hoc
from submissions.layouts.description_form import ColumnForm
from submissions.layouts.words import HOLDS, PLACE_COLUMNS, SOURCES, reasons_said
from submissions.lineage.source_cells import SHOWN_AS
from submissions.models import Layout
from submissions.workbook.cells import letters
from submissions.workbook.foreign.foreign_file import ForeignSheet
from submissions.workbook.foreign.layout_spec import TableSpec
from submissions.workbook.layout import CITY, CITY_LABELS, TABLES, CellKind

SHORT = 12
# Of the sheet beside the form.
ROWS_SHOWN, COLUMNS_SHOWN, TEXT_SHOWN = 14, 16, 40


class LayoutTable(Table):
    """One row for each version of a layout."""

    key, title = "layouts", gettext_lazy("Layouts")

    name = Column(gettext_lazy("Name"), css="name")
    version = Column(gettext_lazy("Version"), "count")
    fingerprint = Column(gettext_lazy("Fingerprint of the headings"))
    confirmed_by = Column(gettext_lazy("Confirmed by"))
    confirmed_at = Column(gettext_lazy("Confirmed at"), "moment")
    times = Column(gettext_lazy("Submissions"), "count")

    @classmethod
    def of_all(cls):
        """Return the table of every version. One query."""
        layouts = Layout.objects.select_related("confirmed_by").annotate(times=Count("uses"))
        return cls(layouts.order_by("name", "-version"))

    def render_name(self, value, record):
        return Link(value, record.get_absolute_url(), keeps=False)

    def render_fingerprint(self, value, record):
        return value[:SHORT]


def columns_table(table: TableSpec) -> Table:
    """Return what each column of a layout's table holds."""
    holds = dict(HOLDS)
    known = {column.field: column for column in TABLES[table.kind].columns}
    named = dict(PLACE_COLUMNS) | {name: column.heading for name, column in known.items()}
    rows = [
        (
            one.letter,
            " / ".join(filter(None, table.headings.texts.get(one.letter, ()))),
            str(named[one.field]),
            one.unit,
            str(holds[one.holds]) if one.field in known and known[one.field].is_figure else "",
            one.quarter,
        )
        for one in table.columns
    ]
    names = (_("Column"), _("Heading in the file"), _("Holds"), _("Unit"), _("Counted from"))
    return ad_hoc([*map(Column, names), Column(_("Quarter"))], rows, title=_("Columns"))


def parts_table(parts: list[dict], city_names: dict[str, str]) -> Table:
    """Return the cities and quarters found in a file, with lines, sums, and where it says so."""
    headings = [
        Column(_("City")),
        Column(_("Quarter")),
        Column(_("Sheet")),
        Column(_("Lines"), "count"),
        Column(_("Output value"), "amount"),
        Column(_("Revenue"), "amount"),
        Column(_("Without a code"), "count"),
        Column(_("Recognised from")),
    ]
    rows = []
    for part in parts:
        for table in part["tables"]:
            sums = _sums(table)
            sources = dict.fromkeys(str(SOURCES[source]) for _v, source, _t in table["sources"])
            rows.append(
                (
                    city_names.get(part["city"], part["city"]),
                    quarter_name(Quarter.parse(part["quarter"])),
                    table["sheet"],
                    table["lines"],
                    sums.get("output_value"),
                    sums.get("revenue"),
                    len(table["open"]) or "",
                    _("; ").join(sources),
                )
            )
    return ad_hoc(headings, rows, title=_("What is in the file"), key="things")


def _sums(table: dict) -> dict[str, Decimal]:
    """Return the sums of output value and revenue; of 城市汇总 the measures themselves."""
    if table["kind"] != CITY.kind:
        return {name: Decimal(total) for name, total in table["sums"].items()}
    found = {}
    for line in table["first"]:
        measure = CITY_LABELS.get(line["values"]["measure"][0])
        amount = line["values"].get("this_year", [None])[0]
        if measure and amount is not None:
            found[measure.field] = Decimal(amount)
    return found


def first_lines_table(table: dict) -> Table:
    """Return the first lines that are read, each value as read; its cell stands beneath it."""
    layout = TABLES[table["kind"]]
    columns = [one for one in layout.columns if one.field in table["columns"]]
    rows = []
    for line in table["first"]:
        row = []
        for one in columns:
            value, cell, _written = line["values"].get(one.field, [None, "", ""])
            kind = _kind(table, line, one)
            typed = Decimal(value) if value is not None and kind != "text" else value
            row.append(Typed(typed, kind) if typed is not None else Typed(None, kind))
        rows.append((line["row"], *row))
    heads = [Column(one.heading, SHOWN_AS.get(one.kind, "text"), css="") for one in columns]
    return ad_hoc([Column(_("Row"), "count"), *heads], rows, title=_("The first lines"))


def _kind(table: dict, line: dict, column) -> str:
    """Return how a value is shown; of 城市汇总 by the measure of its row."""
    kind = column.kind
    if table["kind"] == CITY.kind and kind is CellKind.MONEY:
        measure = CITY_LABELS.get(line["values"]["measure"][0])
        kind = measure.kind if measure else kind
    return SHOWN_AS.get(kind, "text")


def sheet_rows(sheet: ForeignSheet) -> Table:
    """Return the first rows of a sheet as they stand in the file."""
    top = sheet.rows[:ROWS_SHOWN]
    widest = max((at for row in top for at in row.cells), default=1)
    indices = range(1, min(widest, COLUMNS_SHOWN) + 1)
    rows = [
        (str(row.number), *(row.cells.get(at, ("", ""))[1][:TEXT_SHOWN] for at in indices))
        for row in top
    ]
    columns = [Column(_("Row")), *(Column(letters(at)) for at in indices)]
    title = _("First rows of “%(sheet)s”") % {"sheet": sheet.name}
    return ad_hoc(columns, rows, title=title, caption=title, css="layout-rows")


def choices_table(columns: list[ColumnForm]) -> Table:
    """Return the forms of the columns, each with its heading, first values and reasons."""

    def row(one: ColumnForm) -> tuple:
        heading = {"heading": one.column.heading or "–", "values": one.values}
        choices = (one[name] for name in ("field", "unit", "holds", "quarter"))
        return (
            one.column.letter,
            Fragment("submissions/layouts/_heading.html", heading),
            *(Fragment("submissions/layouts/_choice.html", {"field": each}) for each in choices),
            Typed(reasons_said(one.column.reasons) or "–", css="small", tag="span"),
        )

    headings = (
        *(_("Column"), _("Heading and first values"), _("Holds"), _("Unit")),
        *(_("Counted from"), _("Quarter"), _("Why it is proposed")),
    )
    return ad_hoc(
        map(Column, headings),
        map(row, columns),
        title=_("What the columns hold"),
        css="data-table--stacked layout-columns",
    )
