"""The one sentence that explains a verdict with its numbers: on the page, in print, in the API."""

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from clusters.quarters import Quarter
from indicators.rounding import places_that_read_truly, plain, rounded
from indicators.standing import ABOUT, Goal, Reason, Standing, Verdict

HUNDRED = Decimal("100")


class Kind(StrEnum):
    """How a target's values are written: as a percentage, an amount, or a number of what."""

    SHARE = "share"
    FIRMS = "firms"
    CLUSTERS = "clusters"
    PARKS = "parks"
    TITLED = "titled"
    PEOPLE = "people"
    MONEY = "money"


# What the plan's own records say, and no city reports.
ON_RECORD = (Kind.CLUSTERS, Kind.PARKS, Kind.TITLED)
# How a value is scaled before it is written, and to how many places at least.
SCALES = {Kind.SHARE: HUNDRED, Kind.MONEY: Decimal("0.00000001")}
PLACES = {Kind.SHARE: 1, Kind.MONEY: 2}


def explain(verdict: Verdict, kind: Kind, *, missing: Sequence[str] = ()) -> str:
    """
    Return one sentence that says what was found and by which rule, in the active language.

    missing are the names, in that language, of the cities whose figures are not accepted; of
    established things, those of which nothing on record says whether they are.
    Shares are rounded to one place and shares of the way to none, and further where rounding
    would make a comparison read false: just under the target never looks like the target.
    """
    if verdict.standing is Standing.CANNOT_JUDGE:
        clauses = _cannot_judge(verdict, kind, missing)
    else:
        clauses = [_found(verdict, kind), *_way(verdict, kind), _ruled(verdict, kind)]
        clauses += _silence(verdict, kind, missing)
    clauses += _accepted(verdict, kind)
    sentence = _joined(clauses) + pgettext("end of sentence", ".")
    return sentence[:1].upper() + sentence[1:]


def finding(verdict: Verdict, kind: Kind) -> str:
    """
    Return what was found and how far that is from the target: what a chart's title says.

    Whose figures it rests on is said where somebody is missing.
    """
    if verdict.value is None:
        return _("%(when)s: not reported") % {"when": at_end_of(verdict.quarter)}
    told = [_found(verdict, kind), *_distance(verdict, kind)]
    who = verdict.coverage
    if who is not None and who.accepted < who.expected:
        told += _accepted(verdict, kind)
    return _joined(told)


def bare_finding(value: Decimal | None, quarter: Quarter, kind: Kind) -> str:
    """Return what was found where the plan sets no target."""
    if value is None:
        return _("%(when)s: not reported") % {"when": at_end_of(quarter)}
    text = f"{rounded(value * SCALES.get(kind, Decimal('1')), PLACES.get(kind, 0)):f}"
    text = f"{text}%" if kind is Kind.SHARE else text
    return _("%(when)s: %(value)s") % {"when": at_end_of(quarter), "value": with_unit(text, kind)}


def standing_word(standing: Standing) -> str:
    """Return the word for a standing, in the active language."""
    words = {
        Standing.ACHIEVED: _("Achieved"),
        Standing.ON_PACE: _("On pace"),
        Standing.SLIGHTLY_BEHIND: _("Slightly behind"),
        Standing.BEHIND: _("Behind"),
        Standing.SERIOUSLY_BEHIND: _("Seriously behind"),
        Standing.CANNOT_JUDGE: _("Cannot judge"),
    }
    return words[standing]


def at_end_of(quarter: Quarter) -> str:
    """Return "end of 2024" or "end of Q3 2025", in the active language."""
    ends = {
        1: _("end of Q1 %(year)s"),
        2: _("end of Q2 %(year)s"),
        3: _("end of Q3 %(year)s"),
        4: _("end of %(year)s"),
    }
    return ends[quarter.quarter] % {"year": quarter.year}


def names(cities: Sequence[str]) -> str:
    """Return city names as one enumeration: "Yantai and Linyi"."""
    if len(cities) < 2:
        return "".join(cities)
    *some, last = cities
    return pgettext("enumeration", "%(some)s and %(last)s") % {
        "some": pgettext("between cities", ", ").join(some),
        "last": last,
    }


def goal_words(goal: Goal, kind: Kind) -> str:
    """Return a target with its comparator: "at least 300 firms"."""
    words = {
        ">=": _("at least %(target)s"),
        ">": _("more than %(target)s"),
        "<=": _("at most %(target)s"),
        "<": _("less than %(target)s"),
        ABOUT: _("about %(target)s (from %(low)s to %(high)s)"),
    }
    low, high = goal.band or (goal.target, goal.target)
    return words[goal.comparator] % {
        "target": exactly(goal.target, kind),
        "low": _bare(low, kind),
        "high": _bare(high, kind),
    }


def exactly(value: Decimal, kind: Kind) -> str:
    """Return a target or a baseline as it was entered: "50%", "300 firms"."""
    return with_unit(_bare(value, kind), kind)


class _Figures:
    """Writes a verdict's figures to one number of places, at which none of them reads false."""

    def __init__(self, verdict: Verdict, kind: Kind) -> None:
        self.kind = kind
        self.scale = SCALES.get(kind, Decimal("1"))
        shown = (verdict.value, verdict.judged, verdict.low, verdict.high)
        exact = (verdict.goal.target, verdict.goal.baseline, *(verdict.goal.band or ()))
        self.places = places_that_read_truly(
            [one * self.scale for one in shown if one is not None],
            [one * self.scale for one in exact if one is not None],
            least=PLACES.get(kind, 0),
        )

    def __call__(self, value: Decimal | None) -> str:
        """Return a value with its unit; a dash for none."""
        if value is None:
            return "—"
        text = f"{rounded(value * self.scale, self.places):f}"
        return with_unit(f"{text}%" if self.kind is Kind.SHARE else text, self.kind)


def with_unit(text: str, kind: Kind) -> str:
    """Return a written value with the word for its unit."""
    if kind is Kind.SHARE:
        return text
    one = 1 if text.lstrip("+\N{MINUS SIGN}") == "1" else 2
    words = {
        Kind.FIRMS: ngettext("%(count)s firm", "%(count)s firms", one),
        Kind.TITLED: ngettext("%(count)s enterprise", "%(count)s enterprises", one),
        Kind.CLUSTERS: ngettext("%(count)s cluster", "%(count)s clusters", one),
        Kind.PARKS: ngettext("%(count)s park", "%(count)s parks", one),
        Kind.PEOPLE: ngettext("%(count)s person", "%(count)s persons", one),
        Kind.MONEY: _("%(count)s hundred million yuan"),
    }
    return words[kind] % {"count": text}


def unit_word(kind: Kind) -> str:
    """Return the word that stands after a bare number; empty for a percentage or an amount."""
    words = {
        Kind.FIRMS: pgettext("unit after a number", "enterprises"),
        Kind.TITLED: pgettext("unit after a number", "enterprises"),
        Kind.CLUSTERS: pgettext("unit after a number", "clusters"),
        Kind.PARKS: pgettext("unit after a number", "parks"),
        Kind.PEOPLE: pgettext("unit after a number", "persons"),
    }
    return words.get(kind, "")


def _bare(value: Decimal, kind: Kind) -> str:
    """Return an exact value without the word for its unit."""
    text = plain(value * SCALES.get(kind, Decimal("1")))
    return f"{text}%" if kind is Kind.SHARE else text


def _found(verdict: Verdict, kind: Kind) -> str:
    """Say when, and what was found: "end of 2024: 251 firms"."""
    write = _Figures(verdict, kind)
    parts = {
        "when": at_end_of(verdict.quarter),
        "value": write(verdict.value),
        "judged": write(verdict.judged),
    }
    if not verdict.is_projected:
        return _("%(when)s: %(value)s") % parts
    if kind is Kind.MONEY:
        so_far = _("%(when)s: %(value)s so far")
        expected = _("%(when)s: %(value)s so far, %(judged)s expected by the year's end")
    else:
        so_far = _("%(when)s: %(value)s secured")
        expected = _("%(when)s: %(value)s secured, %(judged)s expected by the year's end")
    return (so_far if verdict.judged is None else expected) % parts


def _distance(verdict: Verdict, kind: Kind) -> list[str]:
    """Say how far what was judged lies from the target; nothing where nothing was."""
    goal, write = verdict.goal, _Figures(verdict, kind)
    if verdict.judged is None:
        return []
    away = verdict.judged - goal.target
    text = f"{rounded(abs(away) * write.scale, write.places):f}"
    if kind is Kind.SHARE:
        by = _("%(points)s percentage points") % {"points": text}
    else:
        by = with_unit(text, kind)
    parts = {"by": by, "goal": goal_words(goal, kind)}
    if not away or (goal.comparator == ABOUT and goal.met_by(verdict.judged)):
        return [_("as the target wants: %(goal)s") % parts]
    if away > 0:
        return [_("%(by)s over the target of %(goal)s") % parts]
    return [_("%(by)s short of the target of %(goal)s") % parts]


def _way(verdict: Verdict, kind: Kind) -> list[str]:
    """Say how much of the way is covered and how much is due; nothing without a pace line."""
    goal = verdict.goal
    if verdict.attainment is None or verdict.due is None or goal.baseline is None:
        return []
    # Rounded once far out, so that quotients which differ by noise only count as equal.
    covered, due = (rounded(share * HUNDRED, 15) for share in (verdict.attainment, verdict.due))
    places = places_that_read_truly([covered, due], [Decimal("0"), HUNDRED])
    parts = {
        "baseline": _bare(goal.baseline, kind),
        "target": _bare(goal.aim, kind),
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


def _ruled(verdict: Verdict, kind: Kind) -> str:
    """Say which rule gave the standing."""
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
        return _joined([missed % goal, *points])
    return points[0] if points else _("on pace")


def _points(verdict: Verdict) -> list[str]:
    """Say by how many points it is behind or ahead of the pace; nothing if exactly on it."""
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


def _silence(verdict: Verdict, kind: Kind, missing: Sequence[str]) -> list[str]:
    """Say how far silent cities could still move a figure without changing its standing."""
    if verdict.low == verdict.high:
        return []
    write = _Figures(verdict, kind)
    parts = {"cities": names(missing), "low": write(verdict.low), "high": write(verdict.high)}
    if kind in ON_RECORD:
        words = _(
            "with %(cities)s, of which nothing on record says whether they are established, it "
            "could be anything from %(low)s to %(high)s, which would not change this"
        )
    elif not missing:
        words = _(
            "the cities still silent could make it anything from %(low)s to %(high)s, "
            "which would not change this"
        )
    else:
        words = _(
            "%(cities)s could still make it anything from %(low)s to %(high)s, "
            "which would not change this"
        )
    return [words % parts]


def _accepted(verdict: Verdict, kind: Kind) -> list[str]:
    """Say how many cities the figure rests on; of things on record, of how many they tell."""
    if verdict.coverage is None or not verdict.coverage.expected:
        return []
    parts = {"accepted": verdict.coverage.accepted, "expected": verdict.coverage.expected}
    if kind in ON_RECORD:
        return [_("%(accepted)s/%(expected)s on record as established or not") % parts]
    return [_("%(accepted)s/%(expected)s cities accepted") % parts]


def _joined(clauses: Sequence[str]) -> str:
    """Return clauses of one sentence, joined."""
    return pgettext("between clauses", "; ").join(clauses)


def _because(why: str) -> str:
    """Return the clause that no standing can be given, with its reason."""
    return _("cannot judge yet: %(why)s") % {"why": why}


def _cannot_judge(verdict: Verdict, kind: Kind, missing: Sequence[str]) -> list[str]:
    """Say why there is no standing."""
    if verdict.reason is Reason.NOT_REPORTED:
        when = {"when": at_end_of(verdict.quarter)}
        if kind is Kind.TITLED:
            return [_because(_("no award of the title is on record for the %(when)s") % when)]
        if kind in ON_RECORD:
            unsaid = _("nothing on record says which of them are established by the %(when)s")
            return [_because(unsaid % when)]
        return [_because(_("there is no accepted figure for the %(when)s") % when)]
    if verdict.reason is Reason.BOUNDS_DISAGREE:
        return _bounds_disagree(verdict, kind, missing)
    if verdict.reason is Reason.NO_BOUNDS:
        return [_found(verdict, kind), _because(_no_bounds(missing))]
    silent = [_moved(verdict, kind, missing)] if verdict.low != verdict.high else []
    return [*_nothing_to_compare(verdict, kind), *silent]


def _bounds_disagree(verdict: Verdict, kind: Kind, missing: Sequence[str]) -> list[str]:
    """Say how far the silent cities could move the figure, and across which line."""
    return [_because(_moved(verdict, kind, missing)), _across(verdict, kind)]


def _moved(verdict: Verdict, kind: Kind, missing: Sequence[str]) -> str:
    """Say how far the silent cities could move the figure."""
    write, low, high = _Figures(verdict, kind), verdict.low, verdict.high
    parts = {"now": write(verdict.judged), "low": write(low), "high": write(high)}
    if high == verdict.judged:
        move = _("from %(now)s to %(low)s") % parts
    elif low == verdict.judged:
        move = _("from %(now)s to %(high)s") % parts
    else:
        move = _("from %(now)s down to %(low)s or up to %(high)s") % parts
    if kind in ON_RECORD:
        words = _(
            "nothing on record says whether %(cities)s are established, which could move it "
            "%(move)s"
        )
    elif missing:
        words = ngettext(
            "%(cities)s has not reported and could move it %(move)s",
            "%(cities)s have not reported and could move it %(move)s",
            len(missing),
        )
    else:
        words = _("cities that have not reported could move it %(move)s")
    return words % {"cities": names(missing), "move": move}


def _across(verdict: Verdict, kind: Kind) -> str:
    """Say which line lies between the two bounds: the target's, or that of a standing."""
    goal, low, high = verdict.goal, verdict.low, verdict.high
    if low is None or high is None:
        return _("the target is %(goal)s") % {"goal": goal_words(goal, kind)}
    if goal.met_by(low) is not goal.met_by(high) or goal.straddled(low, high):
        return _("the target is %(goal)s") % {"goal": goal_words(goal, kind)}
    ends = [end for end in (verdict.at_low, verdict.at_high) if end is not None]
    return _("that would be anything from “%(one)s” to “%(other)s”") % {
        "one": standing_word(ends[0]),
        "other": standing_word(ends[-1]),
    }


def _no_bounds(missing: Sequence[str]) -> str:
    """Say that nothing tells how far the silent cities could move the figure."""
    if not missing:
        return _("cities have not reported, and nothing on record says how far they could move it")
    words = ngettext(
        "%(cities)s has not reported, and nothing on record says how far that could move it",
        "%(cities)s have not reported, and nothing on record says how far that could move it",
        len(missing),
    )
    return words % {"cities": names(missing)}


def _nothing_to_compare(verdict: Verdict, kind: Kind) -> list[str]:
    """Say what was found, what is due, and why the two cannot be compared."""
    goal = verdict.goal
    reasons = {
        Reason.NO_BASELINE: _("without a baseline there is no pace to hold it against"),
        Reason.NO_DISTANCE: _("the baseline leaves no way to the target that could be measured"),
        Reason.NO_LINE: _("baseline, interim points and deadline are not in order"),
        Reason.NO_PROJECTION: _("there is no projection to the year's end"),
        Reason.YEAR_NOT_OVER: _(
            "the deadline has passed, and the figure of this year is not complete"
        )
        if kind is Kind.MONEY
        else _("the deadline has passed, and the count of this year is not complete"),
    }
    wanted = _("%(goal)s due by the %(deadline)s") % {
        "goal": goal_words(goal, kind),
        "deadline": at_end_of(goal.deadline),
    }
    return [_found(verdict, kind), wanted, _because(reasons[verdict.reason])]
