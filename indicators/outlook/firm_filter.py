"""Filter and table of the enterprises near the threshold, from the address."""

from urllib.parse import urlencode

from django import forms
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from foundation.tables import Column, Link, Parts, Table, Typed
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


SHORT_AT_THE_END = _("Below the threshold by (ten thousand yuan)")
OF_THE_YEAR_TO_COME = ("projection", "range", "low", "high", "to_earn", "basis")


class FirmTable(Table):
    """
    One row for each enterprise (FirmRow), 50 a page; as a file, all of them.

    Without the columns of the year to come once it is over.
    """

    key, title = "firms", _("Enterprises near the threshold")
    css = "data-table--names"

    name = Column(_("Enterprise"))
    credit_code = Column(
        _("Unified social credit code"), accessor="enterprise__credit_code", visible=False
    )
    city = Column(_("City"), order_by="city__code", orderable=True)
    park = Column(_("Park"), order_by="park__slug", orderable=True, css="name", default="—")
    prospect = Column(_("Prospect"), "status", orderable=True)
    cumulative = Column(_("Cumulative (ten thousand yuan)"), "amount", unit="", orderable=True)
    projection = Column(
        _("Expected for the year (ten thousand yuan)"), "amount", unit="", orderable=True
    )
    range = Column(
        _("Range of the year (ten thousand yuan)"),
        "amount",
        unit="",
        css="range",
        order_by="high",
        orderable=True,
        exclude_from_export=True,
    )
    low = Column(_("At least (ten thousand yuan)"), "amount", unit="", visible=False)
    high = Column(_("At most (ten thousand yuan)"), "amount", unit="", visible=False)
    gap = Column(_("Short by (ten thousand yuan)"), "amount", unit="", orderable=True)
    to_earn = Column(_("Still to earn (ten thousand yuan)"), "amount", unit="", orderable=True)
    basis = Column(_("Projected by"))
    suppose = Column(_("What if"), exclude_from_export=True)

    def __init__(self, *args, year_over: bool, **kwargs):
        super().__init__(*args, exclude=OF_THE_YEAR_TO_COME if year_over else (), **kwargs)
        if year_over:
            self.columns["gap"].column.verbose_name = SHORT_AT_THE_END

    def render_name(self, record):
        return Link(record.enterprise, record.enterprise.get_absolute_url())

    def render_range(self, record):
        return Parts((Typed(record.low, "amount"), "–", Typed(record.high, "amount")), "")

    def render_basis(self, value):
        return BASES[value]

    def render_suppose(self, record):
        query = urlencode({"without": record.enterprise.credit_code})
        return Link(gettext("Without it"), f"{reverse('indicators:what_if')}?{query}")

    def turn_to(self, page):
        """Cut the table down to one page, and look up whose rows stand on it: one query."""
        super().turn_to(page)
        name_rows([row.record for row in self.page.object_list])

    def every_record(self):
        """Return all rows, each with its enterprise."""
        every: list[FirmRow] = list(self.data)
        name_rows(every)
        return every
