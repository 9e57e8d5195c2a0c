"""
Rules on trial: their findings are shown and counted, and need no explanation.

Whether one becomes a full rule is decided by the statistics on the rule page.
"""

from collections.abc import Iterator
from statistics import median_low

from django.utils.translation import gettext_lazy as _

from submissions.rules.catalogue import Severity
from submissions.rules.comparisons import FIRM_AMOUNTS, compare_firms, slip
from submissions.rules.context import Context
from submissions.rules.figures import formatted
from submissions.rules.rule import Location, at, lines_of, on_sheet, rule
from submissions.workbook.contents import Reading

# Fewer lines than this allow no conclusion.
FEWEST_LINES = 8

# A firm seldom grows or shrinks tenfold in a year.
JUMP = 10

# Largest ratio of revenue per head to the median.
PER_HEAD = 100


@rule(
    "W201",
    Severity.ADVISORY,
    _("%(same)s of %(lines)s enterprises report exactly the amounts of %(period)s again."),
    _("Check whether these lines were brought up to date. Cumulative amounts rarely stand still."),
    trial=True,
)
def many_lines_stand_still(reading: Reading, context: Context) -> Iterator[Location]:
    """At least half of the enterprises of the quarter before repeat it, but not all."""
    table = reading.tables.get("enterprises")
    pairs = [
        (line, context.previous[line.get("credit_code")].figures)
        for line in (table.lines if table and context.previous else ())
        if line.get("credit_code") in context.previous
    ]
    # A firm with zero in both quarters is not suspicious.
    pairs = [(line, old) for line, old in pairs if any(line.get(name) for name in FIRM_AMOUNTS)]
    same = sum(all(line.get(name) == old[name] for name in FIRM_AMOUNTS) for line, old in pairs)
    if len(pairs) >= FEWEST_LINES and len(pairs) > same >= len(pairs) / 2:
        period = context.period.previous()
        yield on_sheet(table, same=same, lines=len(pairs), period=period)


@rule(
    "W202",
    Severity.ADVISORY,
    _("%(heading)s is %(now)s: over ten times, or below a tenth of, last year's %(before)s."),
    _("Check the figure: a decimal point may have moved."),
    trial=True,
)
def amount_jumped_within_a_year(reading: Reading, context: Context) -> Iterator[Location]:
    """Output value or revenue changed tenfold against the same quarter of last year."""
    for each in compare_firms(reading, context.year_earlier, differ=_jumped):
        if each.field in ("output_value", "revenue"):
            yield at(each.table, each.line, each.field, **each.params())


@rule(
    "W203",
    Severity.ADVISORY,
    _("Revenue per head is %(each)s, a hundred times more or less than the middle: %(middle)s."),
    _("Check total revenue and the number of staff."),
    trial=True,
)
def revenue_per_head_is_odd(reading: Reading, context: Context) -> Iterator[Location]:
    """Total revenue per employee is far from the median of the enterprises."""
    found = [
        (table, line, line.get("total_revenue") / line.get("employees"))
        for table, line in lines_of(reading, "enterprises")
        if (line.get("total_revenue") or 0) > 0 and (line.get("employees") or 0) > 0
    ]
    if len(found) < FEWEST_LINES:
        return
    middle = median_low(each for _table, _line, each in found)
    for table, line, each in found:
        odd = each > middle * PER_HEAD or each * PER_HEAD < middle
        if odd and not slip(each, middle):
            both = {"each": formatted(round(each)), "middle": formatted(round(middle))}
            yield at(table, line, "employees", **both)


def _jumped(now, before) -> bool:
    """Return whether an amount changed tenfold, and not by a wrong unit."""
    if now <= 0 or before <= 0 or slip(now, before):
        return False
    return now > before * JUMP or now * JUMP < before
