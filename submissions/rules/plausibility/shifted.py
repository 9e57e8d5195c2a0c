"""Rules on values in the wrong line: swapped, shifted, pasted again, or the same twice."""

from collections.abc import Iterable, Iterator, Mapping
from math import log

from django.utils.translation import gettext_lazy as _

from submissions.rules.catalogue import Severity
from submissions.rules.context import Context, comparable_name
from submissions.rules.earlier_returns import EarlierFigures
from submissions.rules.figures import HEADINGS
from submissions.rules.plausibility.past import FIELDS
from submissions.rules.plausibility.study import (
    AMOUNTS,
    SINCE_QUARTER,
    LineWithPast,
    Study,
    figure_before,
    study,
)
from submissions.rules.plausibility.thresholds import (
    AGREES,
    ALIKE,
    DISAGREES,
    FEWEST_SHIFTED,
    MANY_SHIFTED,
    TOGETHER,
)
from submissions.rules.rule import Location, at, lines_of, rule
from submissions.workbook.contents import Line, Reading

NAMES = HEADINGS["enterprises"]

# Fewer figures than this agree by chance.
FEWEST_FIGURES = 3
# Above so many lines that disagree with their past, only near rows are compared.
MOST_COMPARED = 60
NEAR = 3


@rule(
    "W219",
    Severity.ADVISORY,
    _(
        "The figures of this line are unlike what %(firm)s reported before, and like those of "
        "%(other)s (row %(row)s)."
    ),
    _("Compare both lines with the enterprises' own reports: their figures may be swapped."),
    trial=True,
)
def values_fit_another_firm(reading: Reading, context: Context) -> Iterator[Location]:
    """Code and history of a line disagree, and its figures are those expected of another line."""
    if not (found := study(reading, context)):
        return
    residuals = [_residuals(found, name) for name in FIELDS]
    strange = [
        place
        for place, offs in enumerate(zip(*residuals, strict=True))
        if _mean_of_enough(offs) > DISAGREES
    ]
    for place in strange:
        entry = found.entries[place]
        fits = {
            other: _mean_of_enough(_distances(found, entry, found.entries[other]))
            for other in strange
            if other != place and (len(strange) <= MOST_COMPARED or abs(other - place) <= NEAR)
        }
        fits = {other: off for other, off in fits.items() if 0 < off < AGREES}
        if fits:
            other = found.entries[min(fits, key=lambda each: fits[each])]
            names = {"firm": entry.line.get("name"), "other": other.line.get("name")}
            first = next((name for name in AMOUNTS if entry.figures[name]), "output_value")
            yield at(found.table, entry.line, first, **names, row=other.line.row)


@rule(
    "W220",
    Severity.ADVISORY,
    _(
        "From row %(first)s to row %(last)s, the figures of %(heading)s are those expected of the "
        "neighbouring lines: the column seems to have shifted by a row (%(offset)s)."
    ),
    _("Find where a cell of this column was inserted, deleted or sorted alone, and put it right."),
    trial=True,
)
def column_has_shifted(reading: Reading, context: Context) -> Iterator[Location]:
    """Consecutive figures of one column are those expected of the next or the last line."""
    if not (found := study(reading, context)):
        return
    for name in FIELDS:
        residuals = _residuals(found, name)
        # A figure that stands a row too low is expected of the line above, and so on.
        for offset, said in ((-1, "↓ 1"), (1, "↑ 1")):
            for run in _runs(found, residuals, name, offset):
                first, last = found.entries[run[0]].line, found.entries[run[-1]].line
                rows = {"first": first.row, "last": last.row}
                yield at(found.table, first, name, heading=NAMES[name], offset=said, **rows)


@rule(
    "W221",
    Severity.ADVISORY,
    _("All amounts of the enterprise are exactly those of %(period)s again."),
    _("Check whether the line was brought up to date. Cumulative amounts rarely stand still."),
    trial=True,
)
def line_stands_still(reading: Reading, context: Context) -> Iterator[Location]:
    """A line repeats all its amounts of the quarter before, or of a year earlier, above zero."""
    quarters = (
        (context.period.previous(), context.previous),
        (context.period.year_earlier(), context.year_earlier),
    )
    lines = list(lines_of(reading, "enterprises"))
    for period, earlier in quarters:
        still = [(table, line) for table, line in lines if _repeats(line, earlier)]
        # Many lines together have a finding of their own (W161, W201).
        if len(still) * 2 < len(lines):
            for table, line in still:
                yield at(table, line, "output_value", period=period)


def _repeats(line: Line, earlier: Mapping[str, EarlierFigures]) -> bool:
    """Return whether a line has exactly the amounts above zero of an earlier quarter."""
    known = earlier.get(line.get("credit_code"))
    amounts = {name: now for name in AMOUNTS if (now := line.get(name))} if known else {}
    return len(amounts) >= FEWEST_FIGURES and all(
        known.figures[name] == now for name, now in amounts.items()
    )


@rule(
    "W222",
    Severity.ADVISORY,
    _("All figures are the same as in row %(row)s, of %(other)s."),
    _("Check which of the two lines was copied from the other."),
    trial=True,
)
def two_firms_have_the_same_figures(reading: Reading, context: Context) -> Iterator[Location]:
    """Two enterprises have the same amounts and staff, all above zero."""
    first: dict[tuple, Line] = {}
    for table, line in lines_of(reading, "enterprises"):
        figures = tuple(line.get(name) for name in FIELDS)
        if sum(bool(each) for each in figures) < FEWEST_FIGURES or not figures[1]:
            continue
        other = first.setdefault(figures, line)
        if other is not line and other.get("credit_code") != line.get("credit_code"):
            name = next(name for name in AMOUNTS if line.get(name))
            yield at(table, line, name, row=other.row, other=other.get("name"))


@rule(
    "W223",
    Severity.ADVISORY,
    _("The register knows %(firm)s under the code %(code)s, not under this one."),
    _("Write that code. If the enterprise has a new one, say so in 说明 and tell the province."),
    trial=True,
)
def known_name_has_a_new_code(reading: Reading, context: Context) -> Iterator[Location]:
    """A valid code that is unknown stands beside the name of an enterprise of the register."""
    unknown = [
        (table, line)
        for table, line in lines_of(reading, "enterprises")
        if (code := line.get("credit_code"))
        and code not in context.register
        and code not in context.problems
    ]
    if not unknown or not context.own_firms:
        return
    present = {line.get("credit_code") for _table, line in lines_of(reading, "enterprises")}
    known = {comparable_name(name): code for code, name in context.own_firms if code not in present}
    for table, line in unknown:
        if code := known.get(comparable_name(str(line.get("name") or ""))):
            yield at(table, line, "credit_code", firm=line.get("name"), code=code)


def _residuals(found: Study, name: str) -> list[float]:
    """Return by how much each line's figure is off what its past and its peers expect; or 0."""
    centres: dict[int | None, float] = {}
    residuals = []
    for entry, changed in zip(found.entries, found.changes(SINCE_QUARTER, name), strict=True):
        if changed is None:
            residuals.append(0.0)
            continue
        if entry.field not in centres:
            peers = found.peers(SINCE_QUARTER, name, entry.field)
            centres[entry.field] = peers.centre if peers else 0.0
        residuals.append(abs(changed - centres[entry.field]))
    return residuals


def _distances(found: Study, entry: LineWithPast, other: LineWithPast) -> Iterator[float]:
    """Yield how far a line's figures are from those expected of another line, for each field."""
    for name in FIELDS:
        yield _distance(found, entry, other, name)


def _distance(found: Study, entry: LineWithPast, other: LineWithPast, name: str) -> float:
    """Return how far one figure is from that expected of another line; 0 if not comparable."""
    now, before = entry.figures[name], figure_before(other, name)
    if not now or not before or now <= 0 or before <= 0:
        return 0.0
    peers = found.peers(SINCE_QUARTER, name, other.field)
    return abs(log(now / before) - (peers.centre if peers else 0.0))


def _mean_of_enough(offs: Iterable[float]) -> float:
    """Return the mean of distances that are known (not 0); 0 if there are too few."""
    known = [off for off in offs if off]
    return sum(known) / len(known) if len(known) >= FEWEST_FIGURES else 0.0


def _runs(found: Study, residuals: list[float], name: str, offset: int) -> Iterator[list[int]]:
    """Yield the places of consecutive lines whose figures are those expected so many lines on."""
    run: list[tuple[int, float, float]] = []
    for place in range(len(residuals) + 1):
        there = None
        if place < len(residuals) and residuals[place]:
            there = _distance_on(found, residuals, place, name, offset)
        if there is not None and there < min(residuals[place], AGREES):
            run.append((place, residuals[place], there))
            continue
        # A firm as large as its neighbour shows nothing, and interrupts nothing.
        if there is not None and residuals[place] < ALIKE:
            continue
        if run and _is_shift(run):
            yield [each for each, _own, _there in run]
        run = []


def _distance_on(
    found: Study, residuals: list[float], place: int, name: str, offset: int
) -> float | None:
    """Return how far a figure is from that expected so many lines on; None without one."""
    other = place + offset
    if not 0 <= other < len(residuals):
        return None
    return _distance(found, found.entries[place], found.entries[other], name) or None


def _is_shift(run: list[tuple[int, float, float]]) -> bool:
    """
    Return whether lines of a run (place, distance from their own, from the other) have shifted.

    Few lines if each disagrees with its own past, more if they do so together.
    """
    if sum(own > DISAGREES / 2 for _place, own, _there in run) >= FEWEST_SHIFTED:
        return True
    own, there = (sum(each[at] for each in run) for at in (1, 2))
    return len(run) >= MANY_SHIFTED and own > len(run) * ALIKE and own > there * TOGETHER
