"""The tables of one target: its silent cities, established things, and versions."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.tables import Column, Link, Parts, Table, Typed, ad_hoc
from indicators.results.indicator_result import IndicatorResult


def silent_table(result: IndicatorResult, kind: str) -> Table:
    """Return what is known of each silent city; its figures are of a kind: amount or count."""
    figures = (
        _("At least"), _("A year earlier"), _("Estimate, low"), _("Estimate"), _("Estimate, high")
    )  # fmt: skip
    columns = [
        Column(_("Silent city")),
        Column(_("Cluster")),
        Column(_("Last accepted"), "quarter", css="nowrap", default="—"),
        *(Column(heading, kind, default="—") for heading in figures),
    ]
    rows = [
        (
            one.city,
            _("yes") if one.in_cluster else "–",
            one.since,
            one.floor,
            one.last_year,
            one.likely and one.likely.low,
            one.likely and one.likely.centre,
            one.likely and one.likely.high,
        )
        for one in result.silent
    ]
    title = _("What is known of the silent cities")
    return ad_hoc(columns, rows, key="silent", title=title, labelled_by="silent")


class ThingTable(Table):
    """The clusters or parks that a target counts: one row for each Thing."""

    key = labelled_by = "things"
    title = gettext_lazy("What is established, and what shows it")
    css = "data-table--names"

    record = Column(gettext_lazy("Name"))
    city = Column(gettext_lazy("City"), accessor="record__city")
    status = Column(gettext_lazy("By the quarter's end"), "status")
    established_on = Column(gettext_lazy("Established on"), "day", css="nowrap")
    evidence = Column(gettext_lazy("Evidence"), default="—")

    def render_record(self, value):
        return Link(value, value.get_absolute_url())

    def render_evidence(self, value):
        return value or None


class TargetVersionTable(Table):
    """The versions of a target: one row for each VersionRow."""

    key = labelled_by = "versions"
    title = gettext_lazy("Versions of the target")

    at = Column(gettext_lazy("Since"))
    goal = Column(gettext_lazy("Target"), css="nowrap")
    changes = Column(gettext_lazy("What changed"), css="remark")
    reason = Column(gettext_lazy("Why"), default="—")
    by = Column(gettext_lazy("Who"), default="—")

    def render_at(self, value, record):
        later = _("after the day looked back to") if record.is_later else None
        return Parts((Typed(value, "moment"), later), " · ")

    def render_changes(self, value, record):
        if record.is_first:
            return _("first version")
        told = [f"{one.field}: {one.old} → {one.new}" for one in value]
        return Parts(told, "\n") if told else _("nothing")

    def render_reason(self, value):
        return value or None

    def render_by(self, value):
        return value or None
