"""The one sentence that explains a verdict with its numbers: on the page, in print, in the API."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.quarters import Quarter
from indicators.formulas.likely_range import NoEstimate
from indicators.verdict.goal import ABOUT, Standing
from indicators.verdict.range_words import (
    certain_words,
    condition_words,
    coverage_words,
    likely_words,
    no_estimate_words,
)
from indicators.verdict.rounding import places_that_read_truly, plain, rounded
from indicators.verdict.sentences import (
    HUNDRED,
    ON_RECORD,
    ValueKind,
    as_sentence,
    at_end_of,
    bare,
    city_names,
    expected_word,
    goal_words,
    joined,
    names,
    standing_word,
    with_unit,
)
from indicators.verdict.standing import Reason, Verdict
from indicators.verdict.value_words import VerdictFigures, value_words


@dataclass(frozen=True, slots=True)
class Silence:
    """
    The silent cities as a sentence mentions them.

    missing      their names in the active language; of established things, those of which
                 nothing on record says whether they are
    weight       the reporting cities' part of last year's figure; None unknown
    no_estimate  why nothing is estimated; None if it is
    break_even   the clause that says what would turn the verdict; empty without one
    supposed     how many silent cities have a figure in a scenario
    """

    missing: Sequence[str] = ()
    weight: Decimal | None = None
    no_estimate: NoEstimate | None = None
    break_even: str = ""
    supposed: int = 0


def explain(verdict: Verdict, kind: ValueKind, silence: Silence | None = None) -> str:
    """
    Return one sentence with the figure, the standing and its rule, in the active language.

    Shares are rounded to one place and shares of the way to none, and to more where rounding
    would change a comparison: just under the target is never written as the target. The
    ends of ranges are rounded outward.
    """
    silence = silence or Silence()
    if verdict.is_complete:
        clauses = _complete(verdict, kind)
    else:
        clauses = _incomplete(verdict, kind, silence)
    return as_sentence([*clauses, *_accepted(verdict, kind, silence)])


def finding(verdict: Verdict, kind: ValueKind, silence: Silence | None = None) -> str:
    """
    Return the figure and its distance from the target, for a chart's title.

    While a city is silent: the estimate or the certain range, and which cities it rests on.
    """
    silence = silence or Silence()
    if verdict.reason is Reason.NOT_REPORTED:
        return _("%(when)s: not reported") % {"when": at_end_of(verdict.quarter)}
    if not verdict.is_complete:
        certain = [] if kind in ON_RECORD else [_certain_words(verdict, kind)]
        told = [_estimate(verdict, kind, silence), *certain]
        return joined([*told, *_accepted(verdict, kind, silence)])
    # A projection's range says its distance from the target; its middle would be too exact.
    distance = [] if verdict.is_projected else _distance(verdict, kind)
    return joined([_found(verdict, kind), *distance])


def distance_words(verdict: Verdict, kind: ValueKind) -> str:
    """Return how far a complete figure is from its target; empty of any other figure."""
    if not verdict.is_complete or verdict.is_projected:
        return ""
    return joined(_distance(verdict, kind))


def bare_finding(
    value: Decimal | None, quarter: Quarter, kind: ValueKind, *, any_reported: bool = False
) -> str:
    """
    Return the figure where the plan sets no target.

    any_reported says whether any city has reported where the province has no value.
    """
    if value is None and any_reported:
        return _("%(when)s: not complete") % {"when": at_end_of(quarter)}
    if value is None:
        return _("%(when)s: not reported") % {"when": at_end_of(quarter)}
    found = value_words(value, None, kind)
    return _("%(when)s: %(value)s") % {"when": at_end_of(quarter), "value": found}


def why_not_judged(verdict: Verdict, kind: ValueKind) -> str:
    """Return why nothing can be judged though no silent city is the reason; else empty."""
    return _reasons(kind).get(verdict.reason, "")


def expected_words(verdict: Verdict) -> str:
    """Return what the likely range suggests, in words; empty if it suggests nothing."""
    if verdict.expected is None:
        return ""
    return _("Expected to be missed") if verdict.expects_missed else expected_word(verdict.expected)


def _complete(verdict: Verdict, kind: ValueKind) -> list[str]:
    """Return the clauses of a complete figure."""
    if verdict.standing is Standing.CANNOT_JUDGE:
        return _nothing_to_compare(verdict, kind)
    return [_found(verdict, kind), *_way(verdict, kind), _ruled(verdict, kind)]


# ---- while a city is silent ------------------------------------------------------------


def _incomplete(verdict: Verdict, kind: ValueKind, silence: Silence) -> list[str]:
    """Return the clauses of an incomplete figure."""
    if verdict.standing is not Standing.CANNOT_JUDGE:
        told = [_estimate(verdict, kind, silence), *_certain(verdict, kind)]
        return [*told, _ruled(verdict, kind), cannot_change(kind, silence.missing)]
    if verdict.reason is Reason.NOT_REPORTED:
        return [_not_reported(verdict, kind)]
    told = [_estimate(verdict, kind, silence), *_certain(verdict, kind)]
    if verdict.reason is Reason.SILENT_CITIES:
        told.append(_reason_words(_who_is_silent(kind, silence)))
    else:
        told += [_who_is_silent(kind, silence), *_nothing_to_compare(verdict, kind)[1:]]
    if verdict.expected is not None:
        told.append(_lower(expected_words(verdict)))
    return [*told, silence.break_even] if silence.break_even else told


def _estimate(verdict: Verdict, kind: ValueKind, silence: Silence) -> str:
    """Return the date and the estimate, or why there is none."""
    when = {"when": at_end_of(verdict.quarter)}
    if kind in ON_RECORD:
        certain = certain_words(verdict.certain, kind, verdict.goal)
        return _("%(when)s: %(value)s") % (when | {"value": certain})
    if verdict.likely is not None:
        likely = {"likely": likely_words(verdict.likely, kind, verdict.goal)}
        if verdict.is_projected:
            return _("%(when)s: estimated at %(likely)s by the year's end") % (when | likely)
        return _("%(when)s: estimated at %(likely)s") % (when | likely)
    if silence.no_estimate is not None and verdict.coverage is not None:
        coverage = coverage_words(
            verdict.coverage.accepted, verdict.coverage.expected, silence.weight, kind
        )
        why = no_estimate_words(silence.no_estimate, coverage)
        return _("%(when)s, %(why)s") % (when | {"why": why})
    return _("%(when)s, %(why)s") % (when | {"why": _("no estimate")})


def _certain(verdict: Verdict, kind: ValueKind) -> list[str]:
    """Return the certain range with its condition; nothing of established things."""
    if kind in ON_RECORD:
        return []
    text = _certain_words(verdict, kind)
    if len(verdict.certain.open) == 2 or verdict.certain.withdrawn:
        return [text]
    return [_("%(range)s, %(condition)s") % {"range": text, "condition": condition_words()}]


def _certain_words(verdict: Verdict, kind: ValueKind) -> str:
    return certain_words(verdict.certain, kind, verdict.goal)


def _who_is_silent(kind: ValueKind, silence: Silence) -> str:
    """Return which cities are silent; of things, those with nothing on record."""
    if kind in ON_RECORD:
        words = _("nothing on record says whether %(things)s are established")
        return words % {"things": names(silence.missing)}
    if not silence.missing:
        return _("cities have not reported")
    words = ngettext(
        "%(cities)s has not reported", "%(cities)s have not reported", len(silence.missing)
    )
    return words % {"cities": city_names(silence.missing)}


def cannot_change(kind: ValueKind, missing: Sequence[str]) -> str:
    """Return that the silent cities cannot change the standing; missing are their names."""
    if kind in ON_RECORD:
        words = _("%(things)s, of which nothing on record says, cannot change this")
        return words % {"things": names(missing)}
    if not missing:
        return _("the silent cities cannot change this")
    return _("%(cities)s cannot change this") % {"cities": city_names(missing)}


def _not_reported(verdict: Verdict, kind: ValueKind) -> str:
    """Return that there is no figure."""
    when = {"when": at_end_of(verdict.quarter)}
    if kind is ValueKind.TITLED:
        return _reason_words(_("no award of the title is on record for the %(when)s") % when)
    if kind in ON_RECORD:
        unsaid = _("nothing on record says which of them are established by the %(when)s")
        return _reason_words(unsaid % when)
    return _reason_words(_("there is no accepted figure for the %(when)s") % when)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _reason_words(why: str) -> str:
    """Return the clause that no standing can be given, with the reason."""
    return _("cannot judge yet: %(why)s") % {"why": why}


# ---- a complete figure -----------------------------------------------------------------


def _found(verdict: Verdict, kind: ValueKind) -> str:
    """Return the date and the figure: "end of 2024: 251 firms"."""
    write = VerdictFigures(verdict, kind)
    parts = {
        "when": at_end_of(verdict.quarter),
        "value": write(verdict.value),
        "judged": write(verdict.judged),
    }
    if not verdict.is_projected:
        return _("%(when)s: %(value)s") % parts
    likely = verdict.likely
    if likely is not None and likely.low is not None:
        parts["judged"] = likely_words(likely, kind, verdict.goal)
    if kind is ValueKind.MONEY:
        so_far = _("%(when)s: %(value)s so far")
        expected = _("%(when)s: %(value)s so far, %(judged)s expected by the year's end")
    else:
        so_far = _("%(when)s: %(value)s secured")
        expected = _("%(when)s: %(value)s secured, %(judged)s expected by the year's end")
    return (so_far if verdict.judged is None else expected) % parts


def _distance(verdict: Verdict, kind: ValueKind) -> list[str]:
    """Return the distance of the judged figure from the target; nothing without one."""
    goal, write = verdict.goal, VerdictFigures(verdict, kind)
    if verdict.judged is None:
        return []
    away = verdict.judged - goal.target
    # From the rounded figure, so that it adds up with the printed target.
    shown = rounded(verdict.judged * write.scale, write.places)
    text = f"{rounded(abs(shown - goal.target * write.scale), write.places):f}"
    if kind is ValueKind.SHARE:
        by = _("%(points)s percentage points") % {"points": text}
    else:
        by = with_unit(text, kind)
    parts = {"by": by, "goal": goal_words(goal, kind)}
    if not away or (goal.comparator == ABOUT and goal.met_by(verdict.judged)):
        return [_("as the target wants: %(goal)s") % parts]
    if away > 0:
        return [_("%(by)s over the target of %(goal)s") % parts]
    return [_("%(by)s short of the target of %(goal)s") % parts]


def _way(verdict: Verdict, kind: ValueKind) -> list[str]:
    """Return the attainment and the share due; nothing without a pace line."""
    goal = verdict.goal
    if verdict.attainment is None or verdict.due is None or goal.baseline is None:
        return []
    # Rounded to many places first, so that rounding noise of quotients makes no difference.
    covered, due = (rounded(share * HUNDRED, 15) for share in (verdict.attainment, verdict.due))
    if covered > HUNDRED:
        # Past the target the distance in its own unit is given instead.
        return _distance(verdict, kind)
    places = places_that_read_truly([covered, due], [Decimal("0"), HUNDRED])
    parts = {
        "baseline": bare(goal.baseline, kind),
        "target": bare(goal.aim, kind),
        "covered": f"{rounded(covered, places):f}%",
        "due": f"{rounded(due, places):f}%",
    }
    if verdict.is_projected:
        words = _(
            "from %(baseline)s to %(target)s, that is %(covered)s of the way, "
            "%(due)s due by the year's end"
        )
    else:
        words = _("from %(baseline)s to %(target)s, %(covered)s of the way, %(due)s due")
    return [words % parts]


def _ruled(verdict: Verdict, kind: ValueKind) -> str:
    """Return the rule that gave the standing."""
    goal = {
        "goal": goal_words(verdict.goal, kind),
        "deadline": at_end_of(verdict.goal.deadline),
    }
    if verdict.reason is Reason.TARGET_MET:
        return _("the target of %(goal)s is met") % goal
    points = _points(verdict)
    if verdict.reason is Reason.DEADLINE_MISSED:
        missed = _(
            "the target of %(goal)s was due by the %(deadline)s and is missed, "
            "which is never better than behind"
        )
        return joined([missed % goal, *points])
    if points or verdict.standing is Standing.ON_PACE:
        return points[0] if points else _("on pace")
    # While a city is silent no points are known; both ends still have one standing.
    return _lower(standing_word(verdict.standing))


def _points(verdict: Verdict) -> list[str]:
    """Return the points behind or ahead of the pace; nothing if exactly on it."""
    points, bands = verdict.points_behind, verdict.goal.bands
    if not points:
        return []
    edges = [Decimal("0"), bands.yellow_from, bands.red_from]
    distance = abs(points)
    places = places_that_read_truly([distance], edges if points > 0 else edges[:1])
    text = f"{rounded(distance, places):f}"
    one = 1 if text == "1" else 2
    if points < 0:
        ahead = ngettext(
            "%(points)s point ahead of the pace", "%(points)s points ahead of the pace", one
        )
        return [ahead % {"points": text}]
    behind = ngettext(
        "%(points)s point behind (yellow from %(yellow)s, red over %(red)s)",
        "%(points)s points behind (yellow from %(yellow)s, red over %(red)s)",
        one,
    )
    edge_texts = {"yellow": plain(bands.yellow_from), "red": plain(bands.red_from)}
    return [behind % {"points": text, **edge_texts}]


def _accepted(verdict: Verdict, kind: ValueKind, silence: Silence) -> list[str]:
    """Return how many cities the figure rests on; of things, how many are on record."""
    who = verdict.coverage
    if who is None or not who.expected:
        return []
    parts = {"accepted": who.accepted - silence.supposed, "expected": who.expected}
    if kind in ON_RECORD:
        return [_("%(accepted)s/%(expected)s on record as established or not") % parts]
    if silence.supposed:
        words = _("%(accepted)s/%(expected)s cities accepted, %(supposed)s supposed")
        return [words % (parts | {"supposed": silence.supposed})]
    if who.accepted < who.expected:
        if silence.no_estimate is not None:
            return []  # The reason for no estimate says it already.
        return [coverage_words(who.accepted, who.expected, silence.weight, kind)]
    return [_("%(accepted)s/%(expected)s cities accepted") % parts]


def _nothing_to_compare(verdict: Verdict, kind: ValueKind) -> list[str]:
    """Return the figure, the pace, and why the two cannot be compared."""
    goal = verdict.goal
    wanted = _("%(goal)s due by the %(deadline)s") % {
        "goal": goal_words(goal, kind),
        "deadline": at_end_of(goal.deadline),
    }
    return [_found(verdict, kind), wanted, _reason_words(_reasons(kind)[verdict.reason])]


def _reasons(kind: ValueKind) -> dict[Reason, str]:
    """Return why a figure cannot be compared, by reason."""
    return {
        Reason.NO_BASELINE: _("without a baseline there is no pace to hold it against"),
        Reason.NO_DISTANCE: _("the baseline leaves no way to the target that could be measured"),
        Reason.NO_LINE: _("baseline, interim points and deadline are not in order"),
        Reason.NO_PROJECTION: _("there is no projection to the year's end"),
        Reason.PROJECTION_WITHOUT_ENDS: _("no earlier year says how far the projection may be off"),
        Reason.PROJECTION_UNPROVEN: _("past projections are too few or missed too often"),
        Reason.PROJECTION_UNDECIDED: _("the projection lies on both sides of what is due"),
        Reason.YEAR_NOT_OVER: _(
            "the deadline has passed, and the figure of this year is not complete"
        )
        if kind is ValueKind.MONEY
        else _("the deadline has passed, and the count of this year is not complete"),
    }
