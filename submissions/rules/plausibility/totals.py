"""Rules on a city's own totals beside its history and its lines, and on sheets that are owed."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from math import log

from django.utils.translation import gettext_lazy as _

from enterprises.thresholds import OVER_100M
from foundation.quarters import Quarter
from submissions.rules.catalogue import Severity
from submissions.rules.comparisons import slip
from submissions.rules.context import Context
from submissions.rules.figures import (
    MEASURES,
    city_figures,
    counted_lines,
    formatted,
    rounding,
)
from submissions.rules.plausibility.robust import Usual, change, spreads, usual
from submissions.rules.plausibility.study import OVER_YEAR, study
from submissions.rules.plausibility.thresholds import (
    CITY_COUNT_RATIO,
    CITY_RATIO,
    CITY_YEAR,
    FEWEST_COUNTED,
)
from submissions.rules.rule import Location, at, on_file, on_sheet, rule
from submissions.workbook.contents import Line, Reading
from submissions.workbook.layout import TABLES, CellKind

LEAST_OWN = 2


@rule(
    "W234",
    Severity.ADVISORY,
    _(
        "%(measure)s of the city is %(now)s, %(times)s times the %(before)s of %(period)s; its "
        "enterprises and its earlier years changed otherwise."
    ),
    _("Check the total; if it is right, say in 说明 what happened."),
    trial=True,
)
def city_total_is_off_last_year(reading: Reading, context: Context) -> Iterator[Location]:
    """A total of the city changed over a year otherwise than its enterprises and its past."""
    found = study(reading, context)
    for name, (table, line) in city_figures(reading).items():
        now, before = line.get("this_year"), context.city_year_earlier.get(name)
        if not now or not before or now < 0 or abs(now - before) < _least(name):
            continue
        # W157 has the totals in another unit.
        if MEASURES[name][1] is CellKind.MONEY and slip(now, Decimal(before)):
            continue
        changed = change(float(now), float(before))
        lines = found and name in ("output_value", "revenue") and found.peers(OVER_YEAR, name, None)
        usuals = (lines or None, _own_usual(context, name))
        if abs(spreads(changed, usuals, CITY_YEAR)) > CITY_YEAR.times:
            params = _compared(name, now, before)
            yield at(table, line, "this_year", **params, period=context.period.year_earlier())


@rule(
    "W235",
    Severity.ADVISORY,
    _(
        "%(measure)s of the city is %(ratio)s times what its lines add up to (%(sum)s); in "
        "%(period)s it was %(before)s times."
    ),
    _("Check the total and the lines, or say in 说明 what the total has that the lines have not."),
    trial=True,
)
def city_total_is_unlike_its_lines(reading: Reading, context: Context) -> Iterator[Location]:
    """The city's total over the sum of its lines is unlike the ratio of its last returns."""
    sums = _sums_of_lines(reading, context)
    for name, (table, line) in city_figures(reading).items():
        now, added = line.get("this_year"), sums.get(name)
        before = _ratios(context).get(name)
        if not now or not added or not before or now < added or name == "enterprises_over_100m":
            continue
        period, usual_ratio = before
        ratio, kind = float(now) / float(added), MEASURES[name][1]
        limit = CITY_RATIO if kind is CellKind.MONEY else CITY_COUNT_RATIO
        off = abs(float(now) - usual_ratio * float(added))
        if abs(log(ratio / usual_ratio)) > log(limit) and off >= _least(name):
            params = {"measure": MEASURES[name][0], "sum": formatted(added, kind)}
            params |= {"ratio": f"{ratio:.2f}", "before": f"{usual_ratio:.2f}", "period": period}
            yield at(table, line, "this_year", **params)


@rule(
    "W236",
    Severity.ADVISORY,
    _("%(measure)s of the city is %(now)s, but its enterprise lines alone have %(sum)s."),
    _("The city contains its lines. Correct the total or the lines."),
    trial=True,
)
def city_count_is_below_its_lines(reading: Reading, context: Context) -> Iterator[Location]:
    """The city counts fewer firms, staff or R&D than its lines have."""
    sums = _sums_of_lines(reading, context)
    for name in ("enterprises", "employees", "rd_expenditure"):
        if name not in sums or name not in (rows := city_figures(reading)):
            continue
        table, line = rows[name]
        now, kind = line.get("this_year"), MEASURES[name][1]
        slack = Decimal(0)
        if kind is CellKind.MONEY:
            unit = reading.tables["enterprises"].units.get(name)
            slack = rounding(line.get("unit")) + rounding(unit) * reading.lines
        if now is not None and 0 <= now < sums[name] - slack:
            params = {"now": formatted(now, kind), "sum": formatted(sums[name], kind)}
            yield at(table, line, "this_year", measure=MEASURES[name][0], **params)


@rule(
    "W237",
    Severity.ADVISORY,
    _(
        "The city counts %(now)s enterprises over 100 million yuan and %(lines)s of its lines are "
        "over it; in %(period)s it counted %(more)s more than its lines."
    ),
    _("Correct the number, or say in 说明 which enterprises without a line it counts."),
    trial=True,
)
def city_counts_more_over_100m(reading: Reading, context: Context) -> Iterator[Location]:
    """The city counts more enterprises over the line beyond its lines than it did before."""
    row = city_figures(reading).get("enterprises_over_100m")
    before = _ratios(context).get("enterprises_over_100m")
    now = row[1].get("this_year") if row else None
    lines = _sums_of_lines(reading, context).get("enterprises_over_100m")
    if now is None or before is None or lines is None:
        return
    period, more = before
    if now - lines > max(more, 0) + FEWEST_COUNTED - 1:
        params = {"now": f"{now:,.0f}", "lines": f"{lines:,.0f}", "more": f"{max(more, 0):,.0f}"}
        yield at(*row, "this_year", **params, period=period)


@rule(
    "W224",
    Severity.ADVISORY,
    _("The city owes %(sheet)s, and the sheet has no figures or is missing."),
    _("Fill in the sheet, or say why there is nothing to report."),
    trial=True,
)
def owed_sheet_is_empty(reading: Reading, context: Context) -> Iterator[Location]:
    """园区进展 of a city with a park, or 集群建设 of one with a cluster, has nothing in it."""
    city = reading.tables.get("city")
    if city is None or city.nil:
        return
    owed = {"parks": bool(context.parks), "blocks": bool(context.categories)}
    for kind, is_owed in owed.items():
        table, sheet = reading.tables.get(kind), TABLES[kind].sheet
        if not is_owed or kind not in context.reported and table is None:
            continue
        if table is None:
            yield on_file(sheet=sheet)
        elif table.sheet not in context.broken and not any(
            _says_something(kind, line) for line in table.lines
        ):
            yield on_sheet(table, sheet=sheet)


def _says_something(kind: str, line: Line) -> bool:
    """Return whether a line of a sheet reports anything besides what the template filled in."""
    names = ("status", "actual_on") if kind == "blocks" else [c.field for c in TABLES[kind].figures]
    return any(line.get(name) is not None for name in names)


def _sums_of_lines(reading: Reading, context: Context) -> dict[str, Decimal]:
    """Return what the lines add up to, by the city's measure; {} without lines. Made once."""
    if "sums" not in context.memo:
        lines = list(counted_lines(reading, context))
        context.memo["sums"] = sums_of({name: line.get(name) for name in SUMMED} for line in lines)
    return context.memo["sums"]


def _ratios(context: Context) -> dict[str, tuple[Quarter, float]]:
    """
    Return measure -> (quarter, the city's total over the sum of its lines then). Made once.

    Of the last quarter, else of a year earlier. Of the firms over 100 million: how many more it
    counted than its lines had.
    """
    if "ratios" in context.memo:
        return context.memo["ratios"]
    found: dict[str, tuple[Quarter, float]] = {}
    for quarter, totals, firms in (
        (context.period.year_earlier(), context.city_year_earlier, context.year_earlier),
        (context.period.previous(), context.city_previous, context.previous),
    ):
        for name, added in sums_of(firm.figures for firm in firms.values()).items():
            total = totals.get(name)
            if total is None:
                continue
            if name == "enterprises_over_100m":
                found[name] = (quarter, float(total - added))
            elif added:
                found[name] = (quarter, float(total) / float(added))
    context.memo["ratios"] = found
    return found


SUMMED = ("output_value", "revenue", "rd_expenditure", "employees")


def sums_of(lines: Iterable[Mapping]) -> dict[str, Decimal]:
    """Return sums and counts of lines (figures by field) by the city's measure; {} for none."""
    number, over = 0, 0
    sums = dict.fromkeys(SUMMED, Decimal(0))
    for line in lines:
        number += 1
        over += line["revenue"] is not None and line["revenue"] > OVER_100M
        for name in SUMMED:
            if (value := line[name]) is not None and value > 0:
                sums[name] += value
    if not number:
        return {}
    counts = {"enterprises": Decimal(number), "enterprises_over_100m": Decimal(over)}
    return sums | counts


def _own_usual(context: Context, name: str) -> Usual | None:
    """Return what is usual for the city: the changes over a year of its last quarters."""
    return usual(
        (
            change(then, context.city_past.get(back + 4, {}).get(name))
            for back in range(1, 5)
            if (then := context.city_past.get(back, {}).get(name)) is not None
        ),
        LEAST_OWN,
    )


def _least(name: str) -> float:
    """Return the smallest difference of a measure that is asked about."""
    return CITY_YEAR.least if MEASURES[name][1] is CellKind.MONEY else FEWEST_COUNTED


def _compared(name: str, now: Decimal, before: Decimal | int) -> dict[str, str]:
    """Return measure and both figures as parameters of a message."""
    label, kind = MEASURES[name]
    return {
        "measure": label,
        "now": formatted(now, kind),
        "before": formatted(before, kind),
        "times": f"{float(now) / float(before):,.2f}",
    }
