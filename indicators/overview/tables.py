"""The table of the cities on the overview."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from clusters.models import Cluster
from foundation.quarters import Quarter
from foundation.tables import Column, Fragment, Link, Parts, Table, Typed
from indicators.overview.city_rows import OverviewCity


class OverviewCityTable(Table):
    """The cities on the overview: a row for each OverviewCity."""

    title, css = gettext_lazy("Cities: growth and output value"), "data-table--compact"

    city = Column(gettext_lazy("City"), css="nowrap")
    trend = Column(gettext_lazy("Output trend"), accessor="trend__cell")
    growth = Column(gettext_lazy("On the year"), "growth")
    output_value = Column(gettext_lazy("Output value"), "large", unit="large", css="nowrap")

    class Meta(Table.Meta):
        row_attrs = {"data-silent": lambda record: "yes" if record.is_silent else None}

    def __init__(self, rows: Sequence[OverviewCity], own: set[str], clusters: Sequence[Cluster]):
        super().__init__(rows)
        self.own = own
        self.order = {one.city_id: number for number, one in enumerate(clusters, 1)}

    def render_city(self, value):
        name = (
            Link(value.short, value.get_absolute_url()) if value.code in self.own else value.short
        )
        if value.pk not in self.order:
            return name
        mark = Fragment("indicators/_cluster_mark.html", {"number": self.order[value.pk]})
        return Parts((name, mark), "")

    def render_growth(self, value, record):
        if value is None:
            return Typed("—", "written")
        if record.until is None:
            return value
        return Parts((Typed(months(record.until), css="small"), Typed(value, "growth")))

    def render_output_value(self, value, record):
        return Typed(_("silent"), "written") if record.is_silent else value


def months(quarter: Quarter) -> str:
    """Return the months of a quarter's cumulative figures, without the year."""
    words = {
        1: pgettext("months", "Jan–Mar"),
        2: pgettext("months", "Jan–Jun"),
        3: pgettext("months", "Jan–Sep"),
        4: pgettext("months", "Jan–Dec"),
    }
    return words[quarter.quarter]
