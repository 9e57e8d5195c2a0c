"""The tables of the enterprises' pages: the register, one enterprise's returns, moves of a tier."""

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusters.backfilled import dated
from enterprises.thresholds import NEAR_FROM, OVER_100M
from foundation.language import in_chinese
from foundation.statuses import status_word
from foundation.tables import Column, Fragment, Link, Parts, Table, Typed


class RegisterTable(Table):
    """
    One row for each enterprise, sortable. revenue and output_value are annotated: yuan,
    cumulative to the end of the viewpoint's quarter, None if not reported.
    """

    key, title = "register", gettext_lazy("Enterprises")
    css = "data-table--names"
    note = gettext_lazy(
        "Without a mark an enterprise is confirmed and has reported with figures. The file has all "
        "enterprises of the filter, in this order, and not only this page."
    )

    name = Column(gettext_lazy("Enterprise"), orderable=True)
    credit_code = Column(gettext_lazy("Unified social credit code"), orderable=True)
    city = Column(gettext_lazy("City"), orderable=True)
    park = Column(gettext_lazy("Park"), orderable=True, default="—")
    field = Column(gettext_lazy("Industry field"), orderable=True, default="—")
    output_value = Column(
        gettext_lazy("Output value (ten thousand yuan)"), "amount", unit="", orderable=True
    )
    revenue = Column(
        gettext_lazy("Environmental revenue (ten thousand yuan)"),
        "amount",
        unit="",
        orderable=True,
    )
    line = Column(gettext_lazy("Of 100 million"), "status", accessor="revenue", css="nowrap")
    growth = Column(gettext_lazy("On the year"), "growth", accessor="revenue", default="–")
    status = Column(gettext_lazy("Status"), orderable=True)

    class Meta:
        order_by = ("credit_code",)
        # A telephone shows the first few.
        sequence = ("name", "revenue", "growth", "line", "city", "...", "status", "credit_code")

    def every_record(self):
        """Return all enterprises of the filter, without holding them all at once."""
        return self.data.data.iterator(chunk_size=2000)

    def render_name(self, record):
        return Link(called(record), record.get_absolute_url(), keeps=False)

    def render_city(self, record):
        return city_then(record)

    def render_line(self, value):
        return line_status(value)

    def render_growth(self, value, record):
        before = record.revenue_before
        return value / before - 1 if value is not None and before else None

    def render_status(self, record):
        both = (
            unless_usual(record.status, "confirmed"),
            unless_usual(reported(record.nil), "accepted"),
        )
        return Parts(both, "\n")

    def order_revenue(self, queryset, is_descending):
        return _unreported_last(queryset, "revenue", is_descending)

    def order_output_value(self, queryset, is_descending):
        return _unreported_last(queryset, "output_value", is_descending)


class ReturnTable(Table):
    """Where an enterprise's figures come from: one row for each return, newest first."""

    key = labelled_by = "origin"

    period = Column(gettext_lazy("Reporting period"), "quarter")
    revenue = Column(gettext_lazy("Environmental revenue"), "amount")
    trace = Column(gettext_lazy("Cell"), css="nowrap", default="")
    published_at = Column(gettext_lazy("Accepted"), "day", css="nowrap")
    remark = Column(gettext_lazy("Remark"), css="remark", default="")

    def render_published_at(self, record):
        return dated(record)

    def render_revenue(self, value, record):
        if not record.nil:
            return value
        amount = None if value is None else Typed(value, "amount")
        return Parts((Typed(record.nil, "status"), amount))


class AwardTable(Table):
    """Awards of a title, each with its holder, days, document and source."""

    css = "data-table--names"

    enterprise = Column(gettext_lazy("Enterprise"))
    city = Column(gettext_lazy("City"), accessor="enterprise__city")
    awarded_on = Column(gettext_lazy("From"), "day", css="nowrap")
    expires_on = Column(gettext_lazy("Last day"), "day", css="nowrap")
    document = Column(gettext_lazy("Document"), default="—")
    source = Column(gettext_lazy("Source"), default="—")

    def render_enterprise(self, value):
        return Link(value, value.get_absolute_url())

    def render_document(self, value):
        return value or None

    def render_source(self, value):
        return value or None


def line_status(revenue) -> str:
    """Return whether a revenue in yuan is over 100 million or near it; "" for less, and None."""
    if revenue is None or revenue < NEAR_FROM:
        return ""
    return "over_line" if revenue > OVER_100M else "near_line"


def unless_usual(status: str, usual: str) -> object:
    """Return a status; the usual one in words that a screen reader and the file have, unmarked."""
    if status != usual:
        return Typed(status, "status")
    word = status_word(status)
    return Fragment("enterprises/_usual_status.html", {"word": word}, Typed(status, "status"))


def reported(nil) -> str:
    """Return how an enterprise has reported: with figures, why without, or not at all."""
    return "missing" if nil is None else nil or "accepted"


def called(enterprise) -> str:
    """Return a name, with the former one by which it was found."""
    former = getattr(enterprise, "formerly", None)
    if not former:
        return enterprise.name
    return _("%(name)s (formerly %(former)s)") % {"name": enterprise.name, "former": former}


def city_then(enterprise) -> str:
    """Return the city at the quarter's end, and today's where the enterprise has moved since."""
    if not enterprise.was_of_city:
        return str(enterprise.city)
    chinese = in_chinese()
    then = enterprise.was_of_city if chinese else enterprise.was_of_city_en
    return _("%(then)s (now %(now)s)") % {"then": then, "now": enterprise.city}


def _unreported_last(queryset, measure, is_descending):
    """Sort by an amount; what was not reported comes last, in whichever direction."""
    amount = F(measure)
    order = (amount.desc if is_descending else amount.asc)(nulls_last=True)
    return queryset.order_by(order, "credit_code"), True
