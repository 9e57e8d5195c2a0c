"""Words of certain ranges, estimates, coverage and break-even, for pages, API and papers."""

from collections.abc import Sequence
from decimal import Decimal, localcontext

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from foundation.quarters import Quarter
from indicators.formulas.break_even import BreakEven
from indicators.formulas.certain_range import CertainRange
from indicators.formulas.count_break_even import CountBreakEven
from indicators.formulas.likely_range import EstimateRecord, LikelyRange, NoEstimate
from indicators.verdict.goal import Goal
from indicators.verdict.rounding import outward, places_on_their_side, plain, rounded
from indicators.verdict.sentences import HUNDRED, PLACES, ValueKind, names, scale_of, with_unit

# Most silent cities named; more are counted.
NAMED = 3


class RangeWriter:
    """
    Writes the ends of ranges in one unit, rounded outward.

    With enough places that each end stays on its side of the goal, if there is one. Without
    a kind they are bare numbers.
    """

    def __init__(self, kind: ValueKind | None, goal: Goal | None) -> None:
        self.kind, self.goal = kind, goal
        self.scale = scale_of(kind) if kind else Decimal("1")

    def _least(self) -> int:
        return PLACES.get(self.kind, 0) if self.kind else 0

    def _with_unit(self, text: str) -> str:
        return with_unit(text, self.kind) if self.kind else text

    def _places(self, ends: Sequence[tuple[Decimal, bool]]) -> int:
        least = self._least()
        if self.goal is None:
            return least
        return places_on_their_side(ends, self._meets, least=least)

    def _meets(self, shown: Decimal) -> bool:
        assert self.goal is not None
        with localcontext(prec=80):
            return self.goal.met_by(shown / self.scale)

    def _text(self, end: Decimal, up: bool, places: int) -> str:
        text = f"{outward(end, places, up=up):f}"
        return f"{text}%" if self.kind is ValueKind.SHARE else text

    def end(self, value: Decimal, *, up: bool) -> str:
        """Return one end with its unit."""
        end = value * self.scale, up
        return self._with_unit(self._text(*end, self._places([end])))

    def ends(self, low: Decimal, high: Decimal) -> str:
        """Return two ends with their unit: "50.5%–50.8%", "299–301 firms"."""
        both = [(low * self.scale, False), (high * self.scale, True)]
        places = self._places(both)
        shown = [self._text(*end, places) for end in both]
        if shown[0] == shown[1]:
            return self._with_unit(shown[0])
        words = pgettext("range", "%(low)s–%(high)s") % {"low": shown[0], "high": shown[1]}
        return self._with_unit(words)

    def away(self, value: Decimal, *, up: bool) -> Decimal:
        """Return the printed end less the target, scaled; negative below it."""
        assert self.goal is not None
        end = value * self.scale, up
        return outward(value * self.scale, self._places([end]), up=up) - self._target

    @property
    def _target(self) -> Decimal:
        assert self.goal is not None
        return self.goal.target * self.scale

    def distance(self, scaled: Decimal) -> str:
        """Return a distance with its unit: percentage points, or what the figure is of."""
        text = plain(scaled)
        if self.kind is ValueKind.SHARE:
            return _("%(points)s percentage points") % {"points": text}
        return self._with_unit(text)

    def centre(self, value: Decimal) -> str:
        """Return an estimate without ends, rounded half up."""
        text = f"{rounded(value * self.scale, self._least()):f}"
        return self._with_unit(f"{text}%" if self.kind is ValueKind.SHARE else text)


def likely_words(likely: LikelyRange, kind: ValueKind, goal: Goal | None) -> str:
    """Return an estimate: its ends, or the figure itself where it has none."""
    write = RangeWriter(kind, goal)
    if likely.low is None or likely.high is None:
        return write.centre(likely.centre)
    return write.ends(likely.low, likely.high)


def range_words(low: Decimal | None, high: Decimal | None, write: RangeWriter) -> str:
    """Return a range, with "at least" or "at most" for an open end; or that there is none."""
    if low is not None and high is not None:
        return write.ends(low, high)
    if high is not None:
        return _("at most %(high)s") % {"high": write.end(high, up=True)}
    if low is not None:
        return _("at least %(low)s") % {"low": write.end(low, up=False)}
    return _("no range is certain")


def certain_words(certain: CertainRange, kind: ValueKind, goal: Goal | None) -> str:
    """Return what is certain: "at most 53.3%", "at least 286 firms"; that nothing is."""
    text = range_words(certain.low, certain.high, RangeWriter(kind, goal))
    if certain.withdrawn:
        return _("%(range)s (withdrawn: an accepted figure was corrected later)") % {"range": text}
    return text


def distance_words(certain: CertainRange, kind: ValueKind, goal: Goal) -> str:
    """
    Return how far the end of a certain range that decides lies from the target; else empty.

    From the printed end, so that it adds up with the printed target.
    """
    write = RangeWriter(kind, goal)
    ends = ((certain.low, False), (certain.high, True))
    away = [write.away(end, up=up) for end, up in ends if end is not None]
    over = [one for one in away if one > 0]
    short = [one for one in away if one < 0]
    if certain.low is not None and len(over) == len(away) and over:
        return _("%(by)s over the target") % {"by": write.distance(min(over))}
    if certain.high is not None and len(short) == len(away) and short:
        return _("%(by)s short of the target") % {"by": write.distance(-max(short))}
    return ""


def condition_words() -> str:
    """Return the condition under which a certain range holds."""
    return _(
        "certain as long as no accepted figure is corrected and no city's figure of the year falls"
    )


def coverage_words(accepted: int, expected: int, weight: Decimal | None, kind: ValueKind) -> str:
    """Return who has reported: "13/16 cities reported, 84% of last year's output value"."""
    parts = {"accepted": str(accepted), "expected": str(expected)}
    if weight is None:
        return _("%(accepted)s/%(expected)s cities reported") % parts
    parts["weight"] = f"{rounded(weight * HUNDRED, 0):f}%"
    if kind is ValueKind.SHARE:
        words = _(
            "%(accepted)s/%(expected)s cities reported, %(weight)s of last year's output value"
        )
    else:
        words = _("%(accepted)s/%(expected)s cities reported, %(weight)s of last year's figure")
    return words % parts


def missing_words(accepted: int, expected: int) -> str:
    """Return how many cities a figure lacks."""
    number = expected - accepted
    words = ngettext("%(number)s city missing", "%(number)s cities missing", number)
    return words % {"number": number}


def no_estimate_words(reason: NoEstimate, coverage: str) -> str:
    """Return why nothing is estimated; coverage is what coverage_words says."""
    words = {
        NoEstimate.NOBODY_REPORTED: _("no city has reported yet"),
        NoEstimate.LOW_COVERAGE: _("too early for an estimate: %(coverage)s"),
        NoEstimate.NO_EARLIER_FIGURE: _(
            "no estimate: a silent city has no earlier figure to go by (%(coverage)s)"
        ),
        NoEstimate.TOO_FEW_ERRORS: _(
            "no estimate: too few earlier quarters show how far it could be off (%(coverage)s)"
        ),
    }
    return words[reason] % {"coverage": coverage}


def record_words(record: EstimateRecord | None) -> str:
    """Return how past estimates fared: "held in 97% of 200 trials over 11 quarters"."""
    if record is None:
        return _("no past estimate could be tried")
    return _("the range held in %(rate)s of %(trials)s trials over %(quarters)s past quarters") % {
        "rate": f"{outward(record.rate * HUNDRED, 0, up=False):f}%",
        "trials": record.trials,
        "quarters": record.quarters,
    }


# ---- break-even ------------------------------------------------------------------------


def break_even_words(
    turn: BreakEven,
    cities: Sequence[str],
    quarter: Quarter,
    since: Quarter | None,
    *,
    missed: bool,
    at_target: bool,
) -> str:
    """
    Return the break-even in one clause: what the silent cities must make for another verdict.

    since is the quarter up to which all of them have accepted figures of the year; None if
    they have none, or not the same. missed says whether more than the amount misses the line, else
    meets it. at_target is True where the line is the target, False where it is
    the pace. The amount is rounded down, so that the clause stays true.
    """
    part = _part_of_year(quarter, since)
    amount = outward(turn.remaining * scale_of(ValueKind.MONEY), 2, up=False)
    parts = {
        "cities": _who(cities),
        "part": part,
        "amount": with_unit(f"{amount:f}", ValueKind.MONEY),
        "besides": _besides(turn, part, _so_far(since)),
        "outcome": _outcome(missed, at_target),
    }
    words = _("%(cities)s must make over %(amount)s in %(part)s%(besides)s for %(outcome)s")
    return words % parts


def count_break_even_words(turn: CountBreakEven, kind: ValueKind) -> str:
    """Return how many more must come for a target to be met, compared with last year."""
    firms = with_unit(str(turn.firms), kind)
    if turn.crossed is None:
        return _("%(firms)s more are needed beyond what is certain") % {"firms": firms}
    words = _(
        "%(firms)s more are needed beyond what is certain; in the same part of last year "
        "%(crossed)s came in these cities"
    )
    return words % {"firms": firms, "crossed": with_unit(str(turn.crossed), kind)}


def _outcome(missed: bool, at_target: bool) -> str:
    if at_target:
        return _("the target to be missed") if missed else _("the target to be met")
    return _("it to fall behind the pace") if missed else _("it to be on pace")


def _who(cities: Sequence[str]) -> str:
    if len(cities) <= NAMED:
        return names(cities)
    return _("the %(number)s silent cities together") % {"number": len(cities)}


def _part_of_year(quarter: Quarter, since: Quarter | None) -> str:
    """Return the part of the year that is still to come: "Q4", "Q3 to Q4"."""
    quarters = {
        1: pgettext("part of a year", "Q1"),
        2: pgettext("part of a year", "Q2"),
        3: pgettext("part of a year", "Q3"),
        4: pgettext("part of a year", "Q4"),
    }
    if since is None or since.year != quarter.year:
        first = 1
    else:
        first = since.quarter + 1
    last = quarters[quarter.quarter]
    if first >= quarter.quarter:
        return last
    return _("%(first)s to %(last)s") % {"first": quarters[first], "last": last}


def _so_far(since: Quarter | None) -> str:
    """Return the part of the year that is accepted already: "Q1 to Q3"."""
    parts = {
        1: pgettext("part of a year", "Q1"),
        2: pgettext("part of a year", "Q1 to Q2"),
        3: pgettext("part of a year", "Q1 to Q3"),
    }
    return parts.get(since.quarter, "") if since else ""


def _besides(turn: BreakEven, part: str, so_far: str) -> str:
    """Return the growth this would be, their growth so far, and the fastest of their kind."""
    told: list[str] = []
    if turn.remaining_growth is not None:
        growth = {"growth": _percent(turn.remaining_growth, down=True), "part": part}
        told.append(_("%(growth)s on %(part)s of last year") % growth)
    if turn.so_far_growth is not None:
        growth = {"growth": _percent(turn.so_far_growth), "part": so_far or _("until then")}
        told.append(_("%(part)s %(growth)s") % growth)
    if turn.fastest is not None:
        growth = {"growth": _percent(turn.fastest), "part": part}
        told.append(_("the fastest other city of their kind %(growth)s in %(part)s") % growth)
    if not told:
        return ""
    return _(" (%(told)s)") % {"told": pgettext("between clauses", "; ").join(told)}


def _percent(growth: Decimal, *, down: bool = False) -> str:
    """Return growth in percent with its sign; rounded down where "over" must stay true."""
    percent = growth * HUNDRED
    shown = outward(percent, 1, up=False) if down else rounded(percent, 1)
    words = {"percent": f"{abs(shown):f}%"}
    if shown < 0:
        return pgettext("growth", "−%(percent)s") % words
    return pgettext("growth", "+%(percent)s") % words
