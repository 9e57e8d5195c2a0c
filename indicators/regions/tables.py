"""The tables of cities, parks and totals of enterprises."""

from collections.abc import Callable, Hashable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from clusters.models import Cluster
from enterprises.models import IndustryField
from foundation.quarters import Quarter
from foundation.tables import WITHHELD, Column, Fragment, Link, Parts, Table, Typed, ad_hoc
from indicators.data.snapshot import Snapshot
from indicators.regions.firm_totals import Totals, TotalsRow


class CityTable(Table):
    """The cities in a quarter: a row for each CityFigures. State, trend are filled from above."""

    key, title = "cities", gettext_lazy("Cities")

    city = Column(gettext_lazy("City"), css="nowrap")
    output_value = Column(gettext_lazy("Output value"), "amount", accessor="totals__output_value")
    growth = Column(gettext_lazy("On the year"), "growth", default="–")
    trend = Column(gettext_lazy("Output trend (first = 100)"), accessor="city")
    column_share = Column("", "percent", default="–")
    revenue = Column(gettext_lazy("Revenue"), "amount", accessor="totals__revenue")
    over = Column(gettext_lazy("Over 100 million"), "count")
    registered = Column(gettext_lazy("In the register"), "count")
    state = Column(gettext_lazy("Reported"), accessor="output_reported", css="nowrap")

    def __init__(
        self, rows, *, share: str, own: set[str], clusters: Sequence[Cluster], caption: Typed
    ):
        super().__init__(rows, caption=caption)
        self.own = own
        self.order = {one.city_id: number for number, one in enumerate(clusters, 1)}
        self.columns["column_share"].column.verbose_name = share

    def render_city(self, value, record):
        name = Link(value, value.get_absolute_url()) if value.code in self.own else value
        if value.pk not in self.order:
            return name
        mark = Fragment("indicators/_cluster_mark.html", {"number": self.order[value.pk]})
        return Parts((Parts((mark, name), ""), Typed(_("cluster"), css="small soft")))


def totals_table(snapshot: Snapshot, quarter: Quarter, by: str, totals: Totals) -> Table:
    """Return the sums of the enterprise lines by city, park or field, then the silent cities'."""
    groups = {
        "city": [Column(_("City"))],
        "park": [Column(_("City")), Column(_("Park"))],
        "field": [Column(_("Industry field"))],
    }[by]
    columns = [
        *groups,
        Column(_("Enterprises reporting"), "count"),
        Column(_("Output value"), "amount"),
        Column(_("Environmental revenue"), "amount"),
    ]
    names = _names(snapshot, by)
    silent = totals.silent if by != "field" else ()
    rows = [
        *((*names(row.key), *_sums(row)) for row in totals.rows),
        *((city, *[None] * (len(columns) - 1)) for city in silent),
        (_total_words(totals), *[""] * (len(groups) - 1), *_sums(totals.total)),
    ]
    return ad_hoc(
        columns,
        rows,
        key="totals",
        title=_("Totals of the enterprises"),
        css="data-table--names",
        caption=Typed(quarter, "cumulative"),
    )


def _sums(row: TotalsRow) -> tuple[object, ...]:
    return (WITHHELD,) * 3 if row.is_hidden else (row.firms, row.output_value, row.revenue)


def _total_words(totals: Totals) -> str:
    if not totals.silent:
        return _("Total")
    number = totals.coverage.accepted
    return ngettext(
        "Total of the %(number)s city that reported",
        "Total of the %(number)s cities that reported",
        number,
    ) % {"number": number}


def _names(snapshot: Snapshot, by: str) -> Callable[[Hashable], tuple[object, ...]]:
    """Return a function that gives a row's key its names: city and park, or one of them."""
    city_of = {city.code: city for city in snapshot.cities}
    if by == "city":
        return lambda key: (city_of[key],)
    if by == "field":
        field_of = IndustryField.objects.in_bulk()
        return lambda key: (field_of.get(key, _("not classified")),)
    park_of = {park.pk: park for park in snapshot.parks}
    return lambda key: (city_of[key[0]], park_of.get(key[1], _("outside the parks")))
