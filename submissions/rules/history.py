"""Rules that compare figures with those of earlier quarters."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from submissions.rules.catalogue import Severity
from submissions.rules.comparisons import FIRM_AMOUNTS, compare_city, compare_firms, has_fallen
from submissions.rules.context import Context
from submissions.rules.earlier_returns import FIRM_FIGURES
from submissions.rules.figures import HEADINGS, MEASURES, city_figures, formatted, rounding
from submissions.rules.rule import Location, at, lines_of, on_sheet, rule
from submissions.workbook.contents import Reading
from submissions.workbook.layout import CellKind
from submissions.workbook.reading.headings import fold


@rule(
    "W159",
    Severity.ADVISORY,
    _(
        "%(heading)s is %(now)s, which is %(fall)s below the %(before)s of the quarter before: "
        "a correction (数据修正) of what was reported then."
    ),
    _(
        "Cumulative figures do not fall within a year. Correct the figure, or say in 说明 what "
        "is being corrected and why."
    ),
)
def cumulative_figure_fell(reading: Reading, context: Context) -> Iterator[Location]:
    """A cumulative amount is below that of the quarter before, of the same year."""
    if context.period.quarter == 1:
        return
    firms = compare_firms(reading, context.previous, differ=has_fallen)
    city = compare_city(reading, context.city_previous, differ=has_fallen)
    for each in (*city, *firms):
        if each.now < 0:
            continue  # E180: no correction, but a wrong figure
        fall = formatted(each.before - each.now)
        yield at(each.table, each.line, each.field, **each.params(), fall=fall)


@rule(
    "W160",
    Severity.ADVISORY,
    _("%(name)s (%(code)s) reported in %(period)s and is missing now."),
    _(
        "Add the enterprise, with 0 if it made nothing; or say whether it has no business, has "
        "closed or moved away."
    ),
)
def enterprise_is_missing(reading: Reading, context: Context) -> Iterator[Location]:
    """An enterprise of the quarter before has no line, nor one of its name and a wrong code."""
    table = reading.tables.get("enterprises")
    if table is None or table.sheet in context.broken or table.nil:
        return
    present = {line.get("credit_code") for line in table.lines}
    by_name = {
        fold(line.get("name") or "")
        for line in table.lines
        if not line.get("credit_code") or line.get("credit_code") in context.problems
    }
    for code, earlier in context.previous.items():
        if earlier.expected and code not in present and fold(earlier.name) not in by_name:
            period = context.period.previous()
            yield on_sheet(table, name=earlier.name, code=code, period=period)


@rule(
    "W161",
    Severity.ADVISORY,
    _("All lines are the same as in %(period)s, to the last figure."),
    _("Upload the workbook of this quarter, or say why nothing changed."),
)
def nothing_has_changed(reading: Reading, context: Context) -> Iterator[Location]:
    """The same enterprises report the same figures as in the quarter before."""
    table = reading.tables.get("enterprises")
    # An enterprise without figures may have been explained on the page, without a line.
    previous = {code for code, earlier in context.previous.items() if not earlier.nil}
    if table is None or not table.lines or len(table.lines) != len(previous):
        return
    for line in table.lines:
        earlier = context.previous.get(line.get("credit_code"))
        if earlier is None or any(line.get(name) != earlier.figures[name] for name in FIRM_FIGURES):
            return
    if any(line.get(name) for line in table.lines for name in FIRM_AMOUNTS):
        yield on_sheet(table, period=context.period.previous())


@rule(
    "W176",
    Severity.ADVISORY,
    _("%(heading)s is given as %(now)s, but %(before)s was accepted for %(period)s."),
    _("Correct the figure, or say in 说明 why it differs, such as a change of scope (口径)."),
)
def last_year_differs_from_what_was_accepted(
    reading: Reading, context: Context
) -> Iterator[Location]:
    """上年同期 is not what was accepted a year earlier, rounding aside."""
    period = context.period.year_earlier()
    heading = HEADINGS["enterprises"]["revenue_last_year"]
    for table, line in lines_of(reading, "enterprises") if context.year_earlier else ():
        earlier = context.year_earlier.get(line.get("credit_code"))
        before = earlier.figures["revenue"] if earlier else None
        now = line.get("revenue_last_year")
        unit = table.units.get("revenue_last_year")
        if None not in (now, before) and abs(now - before) > rounding(unit):
            both = {"now": formatted(now), "before": formatted(before)}
            yield at(table, line, "revenue_last_year", heading=heading, period=period, **both)
    for name, (table, line) in city_figures(reading).items():
        label, kind = MEASURES[name]
        now, before = line.get("last_year"), context.city_year_earlier.get(name)
        slack = rounding(line.get("unit")) if kind is CellKind.MONEY else 0
        if None not in (now, before) and abs(now - before) > slack:
            both = {"now": formatted(now, kind), "before": formatted(before, kind)}
            yield at(table, line, "last_year", heading=label, period=period, **both)
