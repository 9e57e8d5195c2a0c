"""The register as a table: sortable by its headings."""

import django_tables2 as tables
from django.core.paginator import Paginator
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from clusters.language import in_chinese
from enterprises.models import Enterprise

A_PAGE = 50
# Set to the right, digit under digit.
NUMBER = {"th": {"class": "number"}, "td": {"class": "number"}}


class PagesThatExist(Paginator):
    """Shows the nearest page where one is asked for that there is not."""

    def page(self, number):
        """Return a page; the first for what is no number, the last for one too large."""
        try:
            number = max(1, min(int(number), self.num_pages))
        except (TypeError, ValueError):
            number = 1
        return super().page(number)


def reported(nil):
    """Return how an enterprise has reported: with figures, why without, or not at all."""
    return "missing" if nil is None else nil or "accepted"


class RegisterTable(tables.Table):
    """
    One row for each enterprise. revenue and output_value are annotated: yuan, cumulative to
    the end of the viewpoint's quarter, None if not reported.
    """

    name = tables.Column(linkify=True, verbose_name=_("Enterprise"))
    city = tables.Column(verbose_name=_("City"))
    status = tables.TemplateColumn(
        '{% include "components/status.html" with status=record.status only %}'
    )
    output_value = tables.TemplateColumn(
        "{{ value|in_wan }}", verbose_name=_("Output value (ten thousand yuan)"), attrs=NUMBER
    )
    revenue = tables.TemplateColumn(
        "{{ value|in_wan }}",
        verbose_name=_("Environmental revenue (ten thousand yuan)"),
        attrs=NUMBER,
    )

    nil = tables.TemplateColumn(
        '{% firstof value "accepted" as said %}{% if value is None %}'
        '{% include "components/status.html" with status="missing" only %}'
        '{% else %}{% include "components/status.html" with status=said only %}{% endif %}',
        verbose_name=_("Report of the period"),
    )

    class Meta:
        model = Enterprise
        fields = ("name", "credit_code", "city", "park", "field", "status")
        sequence = (*fields, "output_value", "revenue", "nil")
        order_by = ("credit_code",)
        empty_text = _("No enterprise matches.")

    # As a file: headings and kinds, then all rows of the filter in this order.
    file_columns = [
        (_("name"), "text"),
        (_("unified social credit code"), "text"),
        (_("city"), "text"),
        (_("park"), "text"),
        (_("industry field"), "text"),
        (_("status"), "status"),
        (_("Output value (ten thousand yuan)"), "amount"),
        (_("Environmental revenue (ten thousand yuan)"), "amount"),
        (_("Report of the period"), "status"),
    ]

    def file_rows(self):
        """Yield a tuple of raw values for each enterprise, however many pages there are."""
        for one in self.data.data.iterator(chunk_size=2000):
            yield (
                *(called(one), one.credit_code, city_then(one), one.park, one.field, one.status),
                *(one.output_value, one.revenue, reported(one.nil)),
            )

    def render_name(self, record):
        return called(record)

    def render_city(self, record):
        return city_then(record)

    def order_revenue(self, queryset, is_descending):
        return _unreported_last(queryset, "revenue", is_descending)

    def order_output_value(self, queryset, is_descending):
        return _unreported_last(queryset, "output_value", is_descending)

    def turn_to(self, page):
        """Cut the table down to one page: of a fixed size, whatever the address says."""
        self.paginate(paginator_class=PagesThatExist, page=page or 1, per_page=A_PAGE)
        return self


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
