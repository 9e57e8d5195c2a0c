"""The bar of a target: what is likely, what is certain, the target and the baseline on one axis."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from indicators.drawings.axis import WHOLE, Axis, fitted
from indicators.drawings.labels import Label, PlacedLabel, Spot, place
from indicators.formulas.likely_range import LikelyRange
from indicators.results.indicator_result import IndicatorResult
from indicators.verdict.range_words import RangeWriter
from indicators.verdict.rounding import outward
from indicators.verdict.sentences import bare, exactly, joined
from indicators.verdict.value_words import value_words

# Room beyond what is drawn, as a part of its length; more where an end is open, for its fade.
ROOM, OPEN_ROOM = Decimal("0.06"), Decimal("0.15")
# The narrowest bar, on a telephone of 320 pixels.
NARROWEST = Decimal("288")
# Baselines of the texts above the bar, and beneath it row by row; pixels.
ABOVE, BENEATH = 13, (59, 75, 91, 107)
# A count covers its whole units: 299 to 301 is drawn from 298.5 to 301.5.
HALF = Decimal("0.5")
# So near to an end of the bar, in percent, a text may stand at that end.
NEAR = Decimal("15")


@dataclass(frozen=True, slots=True)
class Span:
    """A part of the bar, in percent of its width; open ends fade."""

    x: Decimal
    width: Decimal
    open_low: bool = False
    open_high: bool = False


@dataclass(frozen=True, slots=True)
class RangeBar:
    """
    The marks of a target's bar, in percent of its width; None or empty where there is nothing.

    certain   the certain range; caps are its ends that are known
    likely    the likely range of what is judged
    dot       the value, or an estimate without ends, which is_open
    band      the edges of an about-target
    height    in pixels, with the rows of texts that are needed
    """

    code: str
    target: Decimal
    band: tuple[Decimal, ...]
    baseline: Decimal | None
    certain: Span | None
    caps: tuple[Decimal, ...]
    likely: Span | None
    dot: Decimal | None
    is_open: bool
    labels: tuple[PlacedLabel, ...]
    words: str
    height: int


def expected_range(result: IndicatorResult) -> LikelyRange | None:
    """Return the estimate of what is judged: of the year where that is, else of the quarter."""
    if result.verdict is not None and result.verdict.is_projected:
        return result.projection
    return result.estimate


def range_bar(result: IndicatorResult) -> RangeBar | None:
    """Return the bar of a target; None without a target, or of things that are counted."""
    if result.verdict is None or result.indicator.things is not None:
        return None
    goal = result.verdict.goal
    axis = _axis(result)
    likely = _likely_ends(result)
    dot, is_open = _dot(result)
    low, high = _certain(result)
    drawn = _Drawn(axis, low, high, likely, dot)
    labels = place(_labels(result, drawn), NARROWEST)
    return RangeBar(
        code=result.code,
        target=axis.at(goal.target),
        band=tuple(axis.at(edge) for edge in goal.band or ()),
        baseline=None if goal.baseline is None else axis.at(goal.baseline),
        certain=drawn.certain,
        caps=tuple(axis.at(end) for end in (low, high) if end is not None),
        likely=drawn.likely,
        dot=None if dot is None else axis.at(dot),
        is_open=is_open,
        labels=labels,
        words=_words(result),
        height=max(48, *(label.bottom for label in labels)),
    )


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What is drawn, in the indicator's unit and on its axis."""

    axis: Axis
    low: Decimal | None
    high: Decimal | None
    ends: tuple[Decimal, Decimal] | None
    dot: Decimal | None

    @property
    def certain(self) -> Span | None:
        if self.low is None and self.high is None:
            return None
        begin = Decimal("0") if self.low is None else self.axis.at(self.low)
        end = WHOLE if self.high is None else self.axis.at(self.high)
        return Span(begin, end - begin, self.low is None, self.high is None)

    @property
    def likely(self) -> Span | None:
        if self.ends is None:
            return None
        begin, end = map(self.axis.at, self.ends)
        return Span(begin, end - begin)


def _certain(result: IndicatorResult) -> tuple[Decimal | None, Decimal | None]:
    """Return the certain ends that are drawn: none of a complete figure, which is one number."""
    if result.value is not None and not (result.verdict and result.verdict.is_projected):
        return None, None
    certain = result.certain
    # What is complete so far only grows until the year's end.
    high = None if result.verdict and result.verdict.is_projected else certain.high
    return certain.low, high


def _likely_ends(result: IndicatorResult) -> tuple[Decimal, Decimal] | None:
    likely = expected_range(result)
    if likely is None or likely.low is None or likely.high is None:
        return None
    if result.unit == "count":
        low, high = outward(likely.low, 0, up=False), outward(likely.high, 0, up=True)
        return low - HALF, high + HALF
    return likely.low, likely.high


def _dot(result: IndicatorResult) -> tuple[Decimal | None, bool]:
    """Return the one figure that is drawn, and whether it is only estimated."""
    likely = expected_range(result)
    if likely is not None and likely.low is None:
        return likely.centre, True
    if result.value is not None and not (result.verdict and result.verdict.is_projected):
        return result.value, False
    return None, False


def _axis(result: IndicatorResult) -> Axis:
    """Return the axis: it fits baseline, target and ranges, and need not begin at 0."""
    assert result.verdict is not None
    goal = result.verdict.goal
    low, high = _certain(result)
    dot, _is_open = _dot(result)
    some = [goal.target, goal.baseline, *(goal.band or ()), low, high, dot]
    values = [one for one in (*some, *(_likely_ends(result) or ())) if one is not None]
    has_range = low is not None or high is not None
    open_low = has_range and low is None and goal.baseline != min(values)
    return fitted(
        values,
        before=OPEN_ROOM if open_low else ROOM,
        after=OPEN_ROOM if has_range and high is None else ROOM,
    )


# ---- texts ------------------------------------------------------------------------------


def _labels(result: IndicatorResult, drawn: _Drawn) -> Iterable[Label]:
    """Yield the texts, the most important first."""
    assert result.verdict is not None
    goal, kind = result.verdict.goal, result.written_as
    at, write = drawn.axis.at, RangeWriter(kind, goal)
    target = _("Target %(value)s") % {"value": exactly(goal.target, kind)}
    yield Label(target, _around(at(goal.target), (ABOVE,)), "strong")
    if drawn.dot is not None:
        value = value_words(drawn.dot, result.verdict, kind)
        yield Label(value, _around(at(drawn.dot), BENEATH))
    if drawn.ends is not None:
        yield Label(_("Estimate"), _around(at((drawn.ends[0] + drawn.ends[1]) / 2), BENEATH))
    for end, words, up in (
        (drawn.low, _("at least %(low)s"), False),
        (drawn.high, _("at most %(high)s"), True),
    ):
        if end is not None:
            text = words % {"high" if up else "low": write.end(end, up=up)}
            yield Label(text, _around(at(end), BENEATH))
    if goal.baseline is not None:
        text = _("Baseline %(value)s") % {"value": bare(goal.baseline, kind)}
        yield Label(text, _around(at(goal.baseline), BENEATH))


def _around(at: Decimal, rows: Iterable[int]) -> list[Spot]:
    """Return the spots at a mark, row by row: centred, beside it, or at an end of the bar."""
    ways = [(at, "middle", 0), (at, "end", 3), (at, "start", -3)]
    # At the bar's own end only if the mark is near it.
    if at < NEAR:
        ways.append((Decimal("0"), "start", 0))
    if at > WHOLE - NEAR:
        ways.append((WHOLE, "end", 0))
    return [Spot(x, y, anchor, dx) for y in rows for x, anchor, dx in ways]


def _words(result: IndicatorResult) -> str:
    """Return what the bar shows, for who hears it."""
    name = str(result.indicator.short_name)
    told = [result.shown, result.certain_words, _("Target %(value)s") % {"value": result.goal}]
    return joined([name, *(one for one in dict.fromkeys(told) if one)])
