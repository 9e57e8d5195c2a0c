"""Rules on a firm's figures beside its own history and its peers' changes."""

from collections.abc import Iterator
from decimal import Decimal
from math import exp, log

from django.utils.translation import gettext_lazy as _

from enterprises.thresholds import OVER_100M
from submissions.rules.catalogue import Severity
from submissions.rules.comparisons import slip
from submissions.rules.context import Context
from submissions.rules.figures import HEADINGS, formatted
from submissions.rules.plausibility.robust import spreads, usual
from submissions.rules.plausibility.study import (
    AMOUNTS,
    OF_QUARTER,
    OVER_YEAR,
    SINCE_QUARTER,
    LineWithPast,
    Study,
    single_now,
    study,
)
from submissions.rules.plausibility.thresholds import (
    CROSSING_TIMES,
    JUST_OVER,
    LEVEL,
    OUTPUT_RATIO,
    QUARTER,
    RESEARCH_RATIO,
    STAFF,
    STEP,
    YEAR,
    Band,
)
from submissions.rules.rule import Location, at, rule
from submissions.workbook.contents import Reading
from submissions.workbook.layout import CellKind

NAMES = HEADINGS["enterprises"]
LINE = float(OVER_100M)


@rule(
    "W211",
    Severity.ADVISORY,
    _(
        "%(heading)s is %(now)s, %(times)s times the %(before)s of the same quarter last year: "
        "far from the usual change of this enterprise and of the others."
    ),
    _("Check the figure digit by digit; if it is right, say in 说明 what happened."),
    trial=True,
)
def amount_is_off_last_year(reading: Reading, context: Context) -> Iterator[Location]:
    """An amount changed over a year by far more spreads than usual."""
    if not (found := study(reading, context)):
        return
    for name, places in _off_year(found).items():
        for place in places:
            entry = found.entries[place]
            params = _compared(name, entry.figures[name], entry.past.get(name, 4))
            yield at(found.table, entry.line, name, **params)


@rule(
    "W212",
    Severity.ADVISORY,
    _(
        "%(heading)s makes %(now)s for this quarter alone, after %(before)s in the same quarter "
        "of last year and at most %(highest)s in any of two years."
    ),
    _("Check the cumulative figure; if it is right, say in 说明 what was made this quarter."),
    trial=True,
)
def single_quarter_is_far_above_its_usual(reading: Reading, context: Context) -> Iterator[Location]:
    """The single quarter that a cumulative figure implies is far above every one before."""
    if not (found := study(reading, context)):
        return
    for name, places in _off_quarter(found).items():
        for place in places:
            entry = found.entries[place]
            params = _compared(name, single_now(entry, name), entry.past.single(name, 4))
            highest = _yuan(max(entry.past.singles(name)))
            yield at(found.table, entry.line, name, **params, highest=highest)


@rule(
    "W213",
    Severity.ADVISORY,
    _(
        "Output value is %(now)s times revenue here, where %(before)s is usual: %(output)s beside "
        "%(revenue)s."
    ),
    _("Check both figures, or say in 说明 why output and revenue drift apart."),
    trial=True,
)
def output_is_unlike_revenue(reading: Reading, context: Context) -> Iterator[Location]:
    """Output value over revenue is far from what the firm, or without a past the others, have."""
    if not (found := study(reading, context)):
        return
    fields = ("output_value", "revenue")
    for place, ratio, before in _off_ratios(found, fields, OUTPUT_RATIO):
        entry = found.entries[place]
        params = {"now": f"{ratio:.2f}", "before": f"{before:.2f}"}
        params["output"], params["revenue"] = (_yuan(entry.figures[name]) for name in fields)
        yield at(found.table, entry.line, _likelier(found, place, fields), **params)


@rule(
    "W214",
    Severity.ADVISORY,
    _("Staff is %(now)s, after %(before)s in the quarter before."),
    _("Check the number; if it is right, say in 说明 who joined or left."),
    trial=True,
)
def staff_is_off_the_quarter_before(reading: Reading, context: Context) -> Iterator[Location]:
    """The number of staff changed since the quarter before by far more spreads than usual."""
    if not (found := study(reading, context)):
        return
    for place in found.unlike(SINCE_QUARTER, "employees", STAFF):
        entry = found.entries[place]
        now, before = entry.figures["employees"], entry.past.get("employees", 1)
        if abs(now - before) >= STAFF.least and _is_odd_step(found, place):
            both = {"now": f"{now:,.0f}", "before": f"{before:,.0f}"}
            yield at(found.table, entry.line, "employees", **both)


def _is_odd_step(found: Study, place: int) -> bool:
    """Return whether the change of staff is far off the peers', or without peers off none."""
    peers = found.peers(SINCE_QUARTER, "employees", found.entries[place].field)
    changed = found.changes(SINCE_QUARTER, "employees")[place]
    return abs(spreads(changed, (peers,), STAFF)) > STAFF.times


@rule(
    "W215",
    Severity.ADVISORY,
    _("R&D expenditure is %(now)s of total revenue here, where %(before)s is usual."),
    _("Check both figures, or say in 说明 what was spent."),
    trial=True,
)
def research_is_unlike_revenue(reading: Reading, context: Context) -> Iterator[Location]:
    """R&D over total revenue is far from what the firm, or without a past the others, have."""
    if not (found := study(reading, context)):
        return
    fields = ("rd_expenditure", "total_revenue")
    for place, ratio, before in _off_ratios(found, fields, RESEARCH_RATIO):
        params = {"now": f"{ratio:.1%}", "before": f"{before:.1%}"}
        name = _likelier(found, place, fields)
        yield at(found.table, found.entries[place].line, name, **params)


@rule(
    "W216",
    Severity.ADVISORY,
    _("Total revenue is %(now)s a head; the middle of the enterprises has %(before)s."),
    _("Check total revenue and staff, or say in 说明 how so few, or so many, make it."),
    trial=True,
)
def revenue_per_head_is_unlike_the_others(reading: Reading, context: Context) -> Iterator[Location]:
    """Total revenue per head of a firm without a past is far from the other lines'."""
    if not (found := study(reading, context)) or not found.known:
        return
    ratios = [_ratio(entry.figures, "total_revenue", "employees") for entry in found.entries]
    peers = usual(None if each is None else log(each) for each in ratios)
    for entry, ratio in zip(found.entries, ratios, strict=True):
        if entry.past or ratio is None or peers is None:
            continue
        if abs(spreads(log(ratio), (peers,), LEVEL)) > LEVEL.times:
            both = {"now": _yuan(ratio), "before": _yuan(exp(peers.centre))}
            yield at(found.table, entry.line, "employees", **both)


@rule(
    "W217",
    Severity.ADVISORY,
    _("Revenue is %(now)s, newly and only just over 100 million yuan, after %(before)s."),
    _("This counts for the target. Check the figure, or say in 说明 by what it can be seen."),
    trial=True,
)
def revenue_is_just_over_the_line(reading: Reading, context: Context) -> Iterator[Location]:
    """Revenue went over 100 million yuan and ended just above it."""
    for found, place, before in _newly_over(reading, context):
        entry = found.entries[place]
        if entry.figures["revenue"] <= LINE * (1 + JUST_OVER):
            params = _compared("revenue", entry.figures["revenue"], before)
            yield at(found.table, entry.line, "revenue", **params)


@rule(
    "W218",
    Severity.ADVISORY,
    _("Revenue is %(now)s, over 100 million yuan in one unusual step, after %(before)s."),
    _("This counts for the target. Check the figure, or say in 说明 what brought it over."),
    trial=True,
)
def revenue_went_over_the_line_in_one_step(
    reading: Reading, context: Context
) -> Iterator[Location]:
    """Revenue went over 100 million yuan by an unusual rise, or in the firm's first report."""
    for found, place, before in _newly_over(reading, context):
        entry = found.entries[place]
        if before is None or _steps(found, place) > CROSSING_TIMES:
            params = _compared("revenue", entry.figures["revenue"], before)
            yield at(found.table, entry.line, "revenue", **params)


def _newly_over(reading: Reading, context: Context) -> Iterator[tuple[Study, int, float | None]]:
    """Yield the places of lines newly over 100 million yuan, and the highest revenue before."""
    found = study(reading, context)
    for place, entry in enumerate(found.entries) if found and found.known else ():
        now = entry.figures["revenue"]
        if now is not None and now > LINE:
            before = _highest_before(entry)
            # W157 and E158 have the amounts in another unit.
            if before is None or before <= LINE and not slip(Decimal(now), Decimal(before)):
                yield found, place, before


def _off_year(found: Study) -> dict[str, list[int]]:
    """Return field -> places of the lines whose amount is off its usual change over a year."""
    if OVER_YEAR not in found.questioned:
        found.questioned[OVER_YEAR] = {
            name: [
                place
                for place in found.unlike(OVER_YEAR, name, YEAR)
                if _is_off_year(found, place, name)
            ]
            for name in AMOUNTS
        }
    return found.questioned[OVER_YEAR]


def _off_quarter(found: Study) -> dict[str, list[int]]:
    """Return field -> places of the lines whose single quarter alone is far above its usual."""
    if OF_QUARTER not in found.questioned:
        found.questioned[OF_QUARTER] = {
            name: [
                place
                for place in _strange_quarters(found, name)
                if found.off_quarter(place, name) > QUARTER.times
                and place not in questioned
                and _above_highest(found.entries[place], name) >= QUARTER.least
            ]
            for name, questioned in _off_year(found).items()
        }
    return found.questioned[OF_QUARTER]


def _strange_quarters(found: Study, name: str) -> list[int]:
    """Return the places of lines worth a closer look: their quarter is unlike their peers'."""
    unlike = {
        *found.unlike(OF_QUARTER, name, QUARTER),
        *found.unlike(SINCE_QUARTER, name, STEP),
    }
    return sorted(unlike)


def _above_highest(entry: LineWithPast, name: str) -> float:
    """Return by how much the single quarter is above the highest of two years, in yuan."""
    return single_now(entry, name) - max(entry.past.singles(name))


def _is_off_year(found: Study, place: int, name: str) -> bool:
    """Return whether a change over a year is off, also by the firm's own past, and matters."""
    if abs(found.off_year(place, name)) <= YEAR.times:
        return False
    entry = found.entries[place]
    now, before = entry.figures[name], entry.past.get(name, 4)
    # W157 and E158 have the amounts in another unit.
    return abs(now - before) >= YEAR.least and not slip(Decimal(now), Decimal(before))


def _steps(found: Study, place: int) -> float:
    """Return how unusual the rise of revenue is, over a year or in the quarter, in spreads."""
    return max(found.off_year(place, "revenue"), found.off_quarter(place, "revenue"))


def _highest_before(entry: LineWithPast) -> float | None:
    """Return the highest cumulative revenue since a year before; None without any."""
    if entry.past is None:
        return None
    known = (entry.past.get("revenue", back) for back in range(1, 5))
    return max((each for each in known if each is not None), default=None)


def _ratio(figures: dict, upper: str, lower: str) -> float | None:
    """Return one figure over another; None unless both are above zero."""
    above, below = figures[upper], figures[lower]
    return above / below if above and below and above > 0 and below > 0 else None


def _off_ratios(
    found: Study, fields: tuple[str, str], band: Band
) -> Iterator[tuple[int, float, float]]:
    """
    Yield (place, ratio, usual ratio) where one figure over another is far from its usual.

    Of a firm with a past its own ratios tell, as they changed for the peers; without, the peers'.
    Not where one of the two figures has a finding of its own.
    """
    upper, lower = fields
    ratios = [_ratio(entry.figures, upper, lower) for entry in found.entries]
    own = [_usual_ratio(entry, upper, lower) for entry in found.entries]
    changes = [
        log(now / before) if now and before else None
        for now, before in zip(ratios, own, strict=True)
    ]
    moved = usual(changes)
    levels = usual(log(each) if each else None for each in ratios) if found.known else None
    questioned = {
        place
        for found_by in (_off_year(found), _off_quarter(found))
        for name in fields
        for place in found_by[name]
    }
    for place, (now, before, changed) in enumerate(zip(ratios, own, changes, strict=True)):
        if now is None or place in questioned:
            continue
        if changed is not None:
            off, usual_now = spreads(changed, (moved,), band) / band.times, before
        elif levels is not None and found.entries[place].past is None:
            off, usual_now = spreads(log(now), (levels,), LEVEL) / LEVEL.times, exp(levels.centre)
        else:
            continue
        difference = found.entries[place].figures[lower] * abs(now - usual_now)
        if abs(off) > 1 and difference >= band.least:
            yield place, now, usual_now


def _usual_ratio(entry: LineWithPast, upper: str, lower: str) -> float | None:
    """Return the median ratio of the firm's last four cumulative figures; None without any."""
    if entry.past is None:
        return None
    ratios = sorted(
        above / below
        for back in range(1, 5)
        if (above := entry.past.get(upper, back))
        and (below := entry.past.get(lower, back))
        and above > 0
        and below > 0
    )
    return ratios[len(ratios) // 2] if ratios else None


def _likelier(found: Study, place: int, names: tuple[str, str]) -> str:
    """Return which of two fields is the likelier to be wrong: the one that changed more oddly."""
    return max(names, key=lambda name: abs(found.off_year(place, name)))


def _compared(name: str, now: float, before: float | None) -> dict[str, str]:
    """Return heading and both amounts as parameters of a message."""
    times = f"{now / before:,.2f}" if before else "—"
    was = "—" if before is None else _yuan(before)
    return {"heading": NAMES[name], "now": _yuan(now), "before": was, "times": times}


def _yuan(amount: float) -> str:
    """Return an amount as text for a message."""
    return formatted(round(amount), CellKind.MONEY)
