"""The tables of forecasts, near misses, prospects by place, and what-if."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from enterprises.models import Enterprise
from foundation.tables import Column, Fragment, Link, Parts, Table, Typed, ad_hoc
from indicators.estimates.projections import FirmProspect
from indicators.formulas.forecast import Record
from indicators.outlook.what_if_rows import Choices
from indicators.results.indicator_result import IndicatorResult


def forecast_table(record: Record, unit: str) -> Table:
    """Return the stored forecasts of an indicator beside the values that came."""
    columns = [
        Column(pgettext("a forecast of a quarter", "Of"), "quarter"),
        Column(_("Made after"), "quarter"),
        Column(_("At least"), unit),
        Column(_("In the middle"), unit),
        Column(_("At most"), unit),
        Column(_("What came"), unit, default=_("not known yet")),
        Column(_("Within"), "status", default="—"),
    ]
    held = {True: "hit", False: "missed", None: None}
    rows = [
        (one.of, one.made_at, one.low, one.middle, one.high, row.actual, held[row.hit])
        for row in record.rows
        for one in [row.forecast]
    ]
    return ad_hoc(columns, rows, key="forecasts", title=_("Past forecasts and what came"))


class NearMissTable(Table):
    """The near misses: one row for each pair of Enterprise and FirmProspect."""

    key, title, css = "near", gettext_lazy("Enterprises just short"), "data-table--names"

    enterprise = Column(gettext_lazy("Enterprise"), accessor="0")
    city = Column(gettext_lazy("City"), accessor="0__city")
    cumulative = Column(gettext_lazy("Cumulative"), "amount", accessor="1__cumulative")
    projection = Column(
        gettext_lazy("Expected for the year"), "amount", accessor="1__outlook__projection"
    )
    gap = Column(gettext_lazy("Short by"), "amount", accessor="1__outlook__gap")

    def __init__(self, rows: Sequence[tuple[Enterprise, FirmProspect]], *, year_over: bool):
        super().__init__(rows, exclude=["projection"] if year_over else None)
        if year_over:
            self.columns["gap"].column.verbose_name = _("Below the threshold by")

    def render_enterprise(self, value):
        return Link(value, value.get_absolute_url())


class PlaceTable(Table):
    """How many enterprises of each city have which prospect: one row for each PlaceRow."""

    key, title = "by-city", gettext_lazy("Prospects by city")

    place = Column(gettext_lazy("City"))
    secured = Column(gettext_lazy("Secured"), "count")
    on_pace = Column(gettext_lazy("On pace"), "count")
    near_miss = Column(gettext_lazy("Just short"), "count")
    least = Column(gettext_lazy("At the year's end, at least"), "count")
    most = Column(gettext_lazy("At the year's end, at most"), "count")

    def __init__(self, rows, *, year_over: bool):
        super().__init__(rows, exclude=["on_pace", "least", "most"] if year_over else None)


class ParkPlaceTable(PlaceTable):
    """The same of parks, without ranges."""

    key, title = "by-park", gettext_lazy("Prospects by park")

    place = Column(gettext_lazy("Park"))
    least = most = None


def what_if_table(
    pairs: Iterable[tuple[IndicatorResult, IndicatorResult]], *, is_empty: bool
) -> Table:
    """Return each target as it is and in the scenario, unless that is empty."""
    columns = [
        Column(pgettext("which one", "Target")),
        Column(pgettext("actual or supposed", "Which")),
        Column(pgettext("of a target", "Value"), "written", default="—"),
        Column(_("Estimate"), default="—"),
        Column(_("What is certain"), default="—"),
        Column(_("Standing")),
    ]
    rows = [
        (result.indicator.short_name, word, *_figures(result))
        for actual, then in pairs
        for result, word in ((actual, _("actual")), (then, _("supposed")))[: 1 if is_empty else 2]
    ]
    title = _("What if: calculated, not actual data")
    return ad_hoc(columns, rows, key="what-if", title=title, labelled_by="moved")


def _figures(result: IndicatorResult) -> tuple[object, ...]:
    """Return value, estimate, certain range and standing of a target."""
    expected = result.expected_word if result.expected else None
    standing = Parts((Typed(result.status, "status"), expected))
    if result.value is not None:
        kind = {"ratio": "percent2"}.get(result.unit, result.unit)
        return Typed(result.value, kind), None, None, standing
    estimate = result.estimate_words if result.estimate else None
    return None, estimate, result.certain_words, standing


class WhatIfCityTable(Table):
    """The output values that can be moved: one row for each WhatIfCityRow."""

    labelled_by = "cities"

    city = Column(gettext_lazy("City"))
    actual = Column(gettext_lazy("Actual"), "amount")
    field = Column(gettext_lazy("Suppose"), unit="wan")

    def render_city(self, value, record):
        return labelled(value, record.field.id_for_label)

    def render_field(self, value):
        return Fragment("indicators/_what_if_field.html", {"field": value})


class WhatIfFirmTable(Table):
    """The enterprises that can be left out: one row for each FirmRow."""

    labelled_by, css = "firms", "data-table--names"

    enterprise = Column(gettext_lazy("Enterprise"))
    without = Column(gettext_lazy("Leave out"))
    city = Column(gettext_lazy("City"))
    prospect = Column(gettext_lazy("Prospect"), "status")
    projection = Column(gettext_lazy("Expected for the year"), "amount")

    def __init__(self, firms: Choices):
        super().__init__(firms.rows)
        self.left_out = firms.left_out

    def render_enterprise(self, value):
        return labelled(value, f"without-{value.pk}")

    def render_without(self, record):
        told = {"firm": record.enterprise, "is_out": record.enterprise_id in self.left_out}
        return Fragment("indicators/_what_if_box.html", told)


def labelled(words: object, field: str) -> Fragment:
    """Return the label of a field, by its id."""
    return Fragment("indicators/_what_if_label.html", {"words": words, "field": field}, words)
