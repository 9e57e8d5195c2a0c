"""Rules on values in the wrong line: swapped, shifted, pasted again, or the same twice."""

from collections.abc import Iterator, Mapping
from math import log
from statistics import mean

from django.utils.translation import gettext_lazy as _

from submissions.rules.catalogue import Severity
from submissions.rules.context import Context, EarlierFigures
from submissions.rules.figures import HEADINGS
from submissions.rules.plausibility.past import FIELDS
from submissions.rules.plausibility.study import AMOUNTS, Look, Study, study
from submissions.rules.plausibility.thresholds import AGREES, DISAGREES, FEWEST_SHIFTED
from submissions.rules.rule import Location, at, lines_of, rule
from submissions.workbook.contents import Line, Reading
from submissions.workbook.reading.headings import fold

NAMES = HEADINGS["enterprises"]

# Fewer figures than this agree by chance.
FEWEST_FIGURES = 3
# Above so many lines that disagree with their past, only near rows are compared.
MOST_COMPARED = 200
NEAR = 3

# Field -> logarithm of the expected figure.
Expected = dict[str, float]


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
    expected = [_expected(found, look) for look in found.looks]
    strange = [
        place
        for place, look in enumerate(found.looks)
        if (off := _distance(look, expected[place])) is not None and off > DISAGREES
    ]
    for place in strange:
        look = found.looks[place]
        others = [
            other
            for other in strange
            if other != place and (len(strange) <= MOST_COMPARED or abs(other - place) <= NEAR)
        ]
        fits = {
            other: off
            for other in others
            if (off := _distance(look, expected[other])) is not None and off < AGREES
        }
        if fits:
            other = found.looks[min(fits, key=lambda each: fits[each])]
            names = {"firm": look.line.get("name"), "other": other.line.get("name")}
            first = next((name for name in AMOUNTS if look.figures[name]), "output_value")
            yield at(found.table, look.line, first, **names, row=other.line.row)


@rule(
    "W220",
    Severity.ADVISORY,
    _(
        "From row %(first)s to row %(last)s, %(heading)s is what is expected %(offset)s: the "
        "column seems to have shifted against the enterprises."
    ),
    _("Find where a cell of this column was inserted, deleted or sorted alone, and put it right."),
    trial=True,
)
def column_has_shifted(reading: Reading, context: Context) -> Iterator[Location]:
    """Consecutive figures of one column are those expected of the next or the last line."""
    if not (found := study(reading, context)):
        return
    expected = [_expected(found, look) for look in found.looks]
    for name in FIELDS:
        for offset, said in ((1, "↓ 1"), (-1, "↑ 1")):
            for run in _runs(found, expected, name, offset):
                first, last = found.looks[run[0]].line, found.looks[run[-1]].line
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
    """A line with an unknown code has the name of an enterprise that the register knows."""
    unknown = [
        (table, line)
        for table, line in lines_of(reading, "enterprises")
        if (code := line.get("credit_code")) and code not in context.register
    ]
    if not unknown or not context.own_firms:
        return
    present = {line.get("credit_code") for _table, line in lines_of(reading, "enterprises")}
    known = {_folded(name): code for code, name in context.own_firms if code not in present}
    for table, line in unknown:
        if code := known.get(_folded(line.get("name"))):
            yield at(table, line, "credit_code", firm=line.get("name"), code=code)


def _folded(name: object) -> str:
    return fold(str(name or "")).upper()


def _expected(found: Study, look: Look) -> Expected:
    """Return the logarithms of the figures that a firm's past and its peers' changes expect."""
    expected: Expected = {}
    past = look.past
    for name in FIELDS if past else ():
        first = past.quarter == 1 and name in AMOUNTS
        before = past.get(name, 4 if first else 1)
        usual = found.peers("step", name, look.field)
        if before and before > 0:
            expected[name] = log(before) + (usual.centre if usual else 0)
    return expected


def _distance(look: Look, expected: Expected) -> float | None:
    """Return the mean distance of a line's figures from expected ones; None with too few."""
    each = [
        abs(log(now) - expected[name])
        for name in expected
        if (now := look.figures[name]) and now > 0
    ]
    return mean(each) if len(each) >= FEWEST_FIGURES else None


def _runs(found: Study, expected: list[Expected], name: str, offset: int) -> Iterator[list[int]]:
    """Yield the places of consecutive lines whose figure is that expected so many lines on."""
    run: list[int] = []
    for place, look in enumerate(found.looks):
        if _fits(look, expected, place, name, offset):
            run.append(place)
            continue
        if len(run) >= FEWEST_SHIFTED:
            yield run
        run = []
    if len(run) >= FEWEST_SHIFTED:
        yield run


def _fits(look: Look, expected: list[Expected], place: int, name: str, offset: int) -> bool:
    """Return whether a figure is expected of the line so many places on, and not of its own."""
    now, other = look.figures[name], place + offset
    if not now or now <= 0 or not 0 <= other < len(expected):
        return False
    own, there = expected[place].get(name), expected[other].get(name)
    if own is None or there is None:
        return False
    return abs(log(now) - own) > DISAGREES / 2 and abs(log(now) - there) < AGREES
