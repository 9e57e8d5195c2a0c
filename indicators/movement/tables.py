"""The tables of a movement, and of what changed since a reader's last visit."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from foundation.language import quarter_name
from foundation.quarters import Quarter
from foundation.tables import Column, Link, Parts, Phrase, Table, Typed, ad_hoc
from indicators.movement.contributors import Contributors, Grid
from indicators.movement.last_visit import SinceLast
from indicators.movement.movement import Movement


def grid_table(movement: Movement, grid: Grid) -> Table:
    """Return the table of cities by causes, with the sums in its last row."""
    ends = (movement.start.quarter, movement.end.quarter)
    kind = "amount" if grid.is_money else "count"
    columns = [
        Column(_("City")),
        *(Column(quarter_name(end), kind) for end in ends),
        *(Column(heading, "change") for heading in grid.headings),
        Column(_("In all, in %(unit)s") % {"unit": grid.unit}, "change"),
    ]
    rows = [(r.city, r.before, r.after, *r.parts, _strong(r.whole)) for r in grid.rows]
    total = (_("Sum"), "", "", *map(_strong, grid.totals), _strong(grid.whole))
    title = _("By city, the largest part first")
    return ad_hoc(columns, [*rows, total], key="cities", title=title, labelled_by="cities")


def _strong(change: object) -> Typed:
    return Typed(change, "change", tag="strong")


class ContributorTable(Table):
    """The enterprises behind the movement of a count: one row for each Contributor."""

    key, title, labelled_by = "firms", gettext_lazy("Enterprises that came or went"), "firms"
    css = "data-table--names"

    enterprise = Column(gettext_lazy("Enterprise"))
    city = Column(gettext_lazy("City"), accessor="step__city")
    cause = Column(gettext_lazy("Cause"))
    before = Column("", "amount")
    after = Column("", "amount")
    change = Column(gettext_lazy("Change, enterprises"), "change", accessor="step__change")

    def __init__(self, movement: Movement, contributors: Contributors):
        super().__init__(contributors.rows)
        for name, end in (("before", movement.start), ("after", movement.end)):
            self.columns[name].column.verbose_name = quarter_name(end.quarter)

    def render_enterprise(self, value):
        return Link(value, value.get_absolute_url())


class VisitTable(Table):
    """The targets at a reader's last visit and now: one row for each VisitRow."""

    labelled_by = "since-last"

    target = Column(pgettext_lazy("which one", "Target"), accessor="result__indicator__short_name")
    before = Column("", "written")
    now = Column("", "written")
    change = Column(pgettext_lazy("of a figure", "Change"), "written")

    def __init__(self, since: SinceLast, quarter: Quarter):
        super().__init__(since.rows)
        then = (Typed(since.visit.at, "moment"), Typed(since.visit.quarter, "quarter"))
        now = (pgettext("since the last look", "Now"), Typed(quarter, "quarter"))
        for name, heading in (("before", then), ("now", now)):
            self.columns[name].column.verbose_name = Parts(heading, " · ")

    def render_change(self, value, record):
        result = record.result
        if value is None:
            words = _("— (other cities)") if record.query else "—"
        else:
            words = Typed(value, f"{result.unit}_change")
            if result.unit_word:
                one = pgettext("number and unit", "%(number)s %(unit)s")
                words = Phrase(one, {"number": words, "unit": result.unit_word})
        if record.query:
            address = reverse("indicators:movement", args=[result.code])
            words = Link(words, f"{address}?{record.query}", keeps=False)
        return Parts((words, same_cities(record.cities)), "")


def same_cities(number: int | None) -> str:
    """Return of how many cities a change is: ", same 13 cities"; "" for None."""
    if not number:
        return ""
    return ngettext(", same %(number)s city", ", same %(number)s cities", number) % {
        "number": number
    }
