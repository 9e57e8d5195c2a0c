"""Attainment and pace of a verdict as sums that a reader can do again."""

from decimal import Decimal

from django.utils.translation import gettext as _

from indicators.verdict.rounding import places_that_read_truly, plain, rounded
from indicators.verdict.sentences import HUNDRED, ValueKind, exactly, scale_of, with_unit
from indicators.verdict.standing import Verdict

# More places than elsewhere, so that the sum is correct as printed.
LEAST_PLACES = 2


def attainment_words(verdict: Verdict, kind: ValueKind) -> str:
    """
    Return "(251 firms − 220 firms) ÷ (300 firms − 220 firms) = 38.75%"; empty if there is none.

    Past the target it is the distance in the target's unit. What lies beyond a band's far edge is
    written as it counts (Goal.counted).
    """
    goal, judged = verdict.goal, verdict.judged
    if verdict.attainment is None or judged is None or goal.baseline is None:
        return ""
    baseline, aim = exactly(goal.baseline, kind), exactly(goal.aim, kind)
    made = _closely(goal.counted(judged), goal.aim, kind)
    if verdict.attainment > 1:
        return _past_target(goal.counted(judged), goal.aim, kind)
    return f"({made} − {baseline}) ÷ ({aim} − {baseline}) = {_percent(verdict.attainment)}"


def pace_words(verdict: Verdict, kind: ValueKind) -> str:
    """Return "220 firms + 50% × (300 firms − 220 firms) = 260 firms"; empty without a pace."""
    goal = verdict.goal
    if verdict.due is None or verdict.pace is None or goal.baseline is None:
        return ""
    baseline, aim = exactly(goal.baseline, kind), exactly(goal.aim, kind)
    due = _closely(verdict.pace, goal.aim, kind)
    return f"{baseline} + {_percent(verdict.due)} × ({aim} − {baseline}) = {due}"


def _past_target(made: Decimal, aim: Decimal, kind: ValueKind) -> str:
    """Return "60.12% − 50% = 10.12 percentage points past the target"."""
    scale = scale_of(kind)
    places = places_that_read_truly([made * scale], [aim * scale], least=LEAST_PLACES)
    # From the rounded figure, so that the sum is correct as printed.
    by = plain(abs(rounded(made * scale, places) - aim * scale))
    if kind is ValueKind.SHARE:
        by = _("%(points)s percentage points") % {"points": by}
    else:
        by = with_unit(by, kind)
    more, less = _closely(made, aim, kind), exactly(aim, kind)
    sums = f"{more} − {less}" if made > aim else f"{less} − {more}"
    return _("%(sum)s = %(by)s past the target") % {"sum": sums, "by": by}


def _closely(value: Decimal, aim: Decimal, kind: ValueKind) -> str:
    """Return a value with its unit, to two places, or more if it would read as the aim."""
    scale = scale_of(kind)
    places = places_that_read_truly([value * scale], [aim * scale], least=LEAST_PLACES)
    text = plain(rounded(value * scale, places))
    return with_unit(f"{text}%" if kind is ValueKind.SHARE else text, kind)


def _percent(share: Decimal) -> str:
    """Return a share of the way in percent."""
    places = places_that_read_truly([share * HUNDRED], [HUNDRED], least=LEAST_PLACES)
    return f"{plain(rounded(share * HUNDRED, places))}%"
