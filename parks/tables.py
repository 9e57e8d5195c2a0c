"""The tables of the parks' pages. What the reader may know of a park is filled in from above."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from clusters.backfilled import dated
from clusters.block_tables import provenance
from clusters.models import City, ReportingPeriod
from foundation.quarters import Quarter
from foundation.tables import Column, Link, Parts, Table
from parks.models import Park, ParkReturn


@dataclass(frozen=True)
class ParkLine:
    """
    A park and what its city reported of it for a quarter; None if nothing.

    status  established, not_established or not_known: as the plan counts it then
    """

    park: Park
    quarter: Quarter
    report: ParkReturn | None
    status: str = "not_known"

    @property
    def city(self) -> City:
        """Return the park's city."""
        return self.park.city

    @property
    def period(self) -> ReportingPeriod | None:
        """Return the period of the report."""
        return self.report and self.report.period


class ParkTable(Table):
    """The parks of a plan in one quarter: one row for each ParkLine."""

    key, title, css = "parks", _("Parks"), "data-table--names"
    # What is withheld of a park that may not be disclosed.
    figures = ("output_value", "growth", "trend", "share", "revenue", "investment", "firms")

    park = Column(_("Park"))
    city = Column(_("City"), css="nowrap")
    status = Column(_("As the plan counts it"), "status", css="nowrap")
    output_value = Column(_("Output value"), "amount", accessor="report__output_value")
    growth = Column(_("On the year"), "growth", default="–", accessor="report")
    trend = Column(_("Output trend (first = 100)"), accessor="report")
    share = Column(_("Share of its city"), "percent", default="–")
    revenue = Column(_("Revenue"), "amount", accessor="report__revenue")
    investment = Column(_("Investment completed"), "amount", accessor="report__investment")
    firms = Column(_("Firms"), "count", accessor="report__firms")

    def render_park(self, value):
        # A name that says itself that it is to be verified needs no mark.
        said = str(value.get_provenance_display()).lower() in str(value).lower()
        mark = None if said else provenance(value)
        return Parts((Link(value, value.get_absolute_url()), mark))


class ParkQuarterTable(Table):
    """One park quarter by quarter: one row for each ParkLine."""

    key = labelled_by = "quarters"
    caption = _("Cumulative from 1 January; firms at the quarter's end")
    figures = ("output_value", "revenue", "investment", "firms", "remark")

    quarter = Column(_("Reporting period"), "quarter", css="nowrap")
    output_value = Column(_("Output value"), "amount", accessor="report__output_value")
    revenue = Column(_("Revenue"), "amount", accessor="report__revenue")
    investment = Column(_("Investment completed"), "amount", accessor="report__investment")
    firms = Column(_("Firms"), "count", accessor="report__firms")
    remark = Column(
        _("Progress, as the city tells it"), accessor="report__remark", css="remark", default=""
    )
    trace = Column(_("Cell"), css="nowrap", default="")
    published_at = Column(_("Accepted"), "day", accessor="report", css="nowrap")

    def render_published_at(self, value):
        return dated(value) if value else None
