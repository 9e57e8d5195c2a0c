"""Filter and table of the enterprises near the threshold, from the address."""

import django_tables2 as tables
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from enterprises.tables import A_PAGE, NUMBER, PagesThatExist
from indicators.data.snapshot import Snapshot
from indicators.estimates.projections import FirmProspect
from indicators.formulas.firm_outlook import Basis, Prospect
from indicators.outlook.firm_list import IN_PLAY, FirmRow, name_rows

ALL = _("All")
PROSPECTS = [
    (Prospect.NEAR_MISS, _("Just short")),
    (Prospect.ON_PACE, _("On pace")),
    (Prospect.SECURED, _("Secured")),
    (Prospect.OUT_OF_REACH, _("Out of reach")),
]
BASES = {
    Basis.ACTUAL: pgettext_lazy("whose last year", "the year itself"),
    Basis.OWN: pgettext_lazy("whose last year", "its own"),
    Basis.CITY: pgettext_lazy("whose last year", "its city's"),
    Basis.PROVINCE: pgettext_lazy("whose last year", "the province's"),
    Basis.CALENDAR: pgettext_lazy("whose last year", "the calendar's"),
}


class FirmFilter(forms.Form):
    """City, park and prospect; choices are those of the reader's scope, and make no query."""

    city = forms.ChoiceField(label=_("City"), required=False)
    park = forms.ChoiceField(label=_("Park"), required=False)
    prospect = forms.ChoiceField(
        label=_("Prospect"),
        required=False,
        choices=[("", _("All but those out of reach")), *PROSPECTS],
    )

    def __init__(self, data, *, snapshot: Snapshot, own: set[str]):
        super().__init__(data)
        cities = [(city.slug, str(city)) for city in snapshot.cities if city.code in own]
        parks = [(park.slug, str(park)) for park in snapshot.parks if park.city.code in own]
        self.fields["city"].choices = [("", ALL), *cities]
        self.fields["park"].choices = [("", ALL), *parks]
        self.code_of = {city.slug: city.code for city in snapshot.cities}
        self.park_of = {park.slug: park.pk for park in snapshot.parks}
        for field in self.fields.values():
            field.widget.attrs["class"] = "input"

    def matching(self, firms: list[FirmProspect]) -> list[FirmProspect]:
        """Return the enterprises that match; none if the filter is impossible."""
        if not self.is_valid():
            return []
        wanted = self.cleaned_data
        prospects = {wanted["prospect"]} if wanted["prospect"] else set(IN_PLAY)
        return [
            one
            for one in firms
            if one.outlook.prospect in prospects
            and (not wanted["city"] or one.city == self.code_of[wanted["city"]])
            and (not wanted["park"] or one.park == self.park_of[wanted["park"]])
        ]


# Two numbers in a cell: it may break between them.
RANGE = {"th": {"class": "number"}, "td": {"class": "number range"}}


# Columns without meaning once the year is over.
SHORT_AT_THE_END = _("Below the threshold by (ten thousand yuan)")
OF_THE_YEAR_TO_COME = ("projection", "high", "to_earn", "basis")


class FirmTable(tables.Table):
    """
    One row for each enterprise (FirmRow), 50 a page; as a file, all of them.

    Without the columns of the year to come once it is over.
    """

    name = tables.TemplateColumn(
        '<a href="{% keeping_viewpoint record.enterprise.get_absolute_url %}">'
        "{{ record.enterprise }}</a>",
        verbose_name=_("Enterprise"),
        orderable=False,
    )
    city = tables.Column(verbose_name=_("City"), order_by="city__code")
    park = tables.Column(
        verbose_name=_("Park"), order_by="park__slug", attrs={"td": {"class": "name"}}
    )
    prospect = tables.TemplateColumn(
        '{% include "components/status.html" with status=record.prospect only %}',
        verbose_name=_("Prospect"),
    )
    cumulative = tables.TemplateColumn(
        "{{ value|in_wan }}", verbose_name=_("Cumulative (ten thousand yuan)"), attrs=NUMBER
    )
    projection = tables.TemplateColumn(
        "{{ value|in_wan }}",
        verbose_name=_("Expected for the year (ten thousand yuan)"),
        attrs=NUMBER,
    )
    high = tables.TemplateColumn(
        "{{ record.low|in_wan }}–<wbr>{{ record.high|in_wan }}",
        verbose_name=_("Range of the year (ten thousand yuan)"),
        attrs=RANGE,
    )
    gap = tables.TemplateColumn(
        "{{ value|in_wan }}", verbose_name=_("Short by (ten thousand yuan)"), attrs=NUMBER
    )
    to_earn = tables.TemplateColumn(
        "{{ value|in_wan }}", verbose_name=_("Still to earn (ten thousand yuan)"), attrs=NUMBER
    )
    basis = tables.Column(verbose_name=_("Projected by"), orderable=False)
    suppose = tables.TemplateColumn(
        '<a href="{% url "indicators:what_if" %}?{{ request.viewpoint.query }}&amp;without='
        '{{ record.enterprise.credit_code }}">{{ word }}</a>',
        verbose_name=_("What if"),
        extra_context={"word": _("Without it")},
        orderable=False,
    )

    class Meta:
        empty_text = _("No enterprise matches.")

    def __init__(self, *args, year_over: bool, **kwargs):
        super().__init__(*args, exclude=OF_THE_YEAR_TO_COME if year_over else (), **kwargs)
        self.year_over = year_over
        if year_over:
            self.columns["gap"].column.verbose_name = SHORT_AT_THE_END

    @property
    def file_columns(self):
        """Return the headings of the file, each with its kind."""
        now = [
            (_("Enterprise"), "text"),
            (_("unified social credit code"), "text"),
            (_("City"), "text"),
            (_("Park"), "text"),
            (_("Prospect"), "status"),
            (_("Cumulative (ten thousand yuan)"), "amount"),
        ]
        if self.year_over:
            return [*now, (SHORT_AT_THE_END, "amount")]
        return [
            *now,
            (_("Expected for the year (ten thousand yuan)"), "amount"),
            (_("At least (ten thousand yuan)"), "amount"),
            (_("At most (ten thousand yuan)"), "amount"),
            (_("Short by (ten thousand yuan)"), "amount"),
            (_("Still to earn (ten thousand yuan)"), "amount"),
            (_("Projected by"), "text"),
        ]

    def render_basis(self, value):
        return BASES[value]

    def turn_to(self, page):
        """Reduce the table to one page, and look up its enterprises: one query."""
        self.paginate(paginator_class=PagesThatExist, page=page or 1, per_page=A_PAGE)
        name_rows([row.record for row in self.page.object_list])

    def file_rows(self):
        """Return a tuple of raw values for each enterprise, however many pages there are."""
        every: list[FirmRow] = list(self.data)
        name_rows(every)
        return [(*_is_now(one), *self._of_the_year(one)) for one in every]

    def _of_the_year(self, one: FirmRow) -> tuple:
        if self.year_over:
            return (one.gap,)
        return (one.projection, one.low, one.high, one.gap, one.to_earn, BASES[one.basis])


def _is_now(one: FirmRow) -> tuple:
    assert one.enterprise is not None
    named = (one.enterprise.name, one.enterprise.credit_code, one.city, one.park)
    return (*named, one.prospect, one.cumulative)
