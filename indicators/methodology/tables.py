"""The table of the page of methods: how past estimates fared."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from foundation.tables import Column, Parts, Phrase, Table, Typed, ad_hoc
from indicators.formulas.likely_range import EstimateRecord
from indicators.methodology.estimate_records import TargetRecord
from indicators.verdict.rounding import rounded


def record_table(records: Iterable[TargetRecord]) -> Table:
    """Return the records of both methods for each target; dashes where nothing could be tried."""
    columns = [
        Column(_("Target")),
        Column(_("Method")),
        Column(_("Held"), "percent", default="—"),
        Column(_("Mean width"), "written", default="—"),
        Column(_("Worst quarter"), css="nowrap", default="—"),
        Column(_("Quarters"), "count", default="—"),
        Column(_("Trials"), "count", default="—"),
    ]
    own = _("the city's own growth (used)")
    common = _("last year × the common growth (for comparison)")
    rows = [
        (row.indicator.short_name, method, *_figures(record, row.indicator.unit))
        for row in records
        for method, record in ((own, row.own), (common, row.common))
    ]
    return ad_hoc(columns, rows, labelled_by="record")


def _figures(record: EstimateRecord | None, unit: str) -> tuple[object, ...]:
    if record is None:
        return (None,) * 5
    worst = (Typed(record.worst, "quarter"), Typed(record.worst_rate, "percent"))
    width: object = Typed(record.width, {"ratio": "points"}.get(unit, unit))
    if unit == "count":
        words = pgettext("number and unit", "%(number)s %(unit)s")
        number = Typed(rounded(record.width, 1), "figure")
        enterprises = pgettext("unit after a number", "enterprises")
        width = Phrase(words, {"number": number, "unit": enterprises})
    return record.rate, width, Parts(worst, " · "), record.quarters, record.trials
