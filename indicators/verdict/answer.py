"""The answer: one sentence on how all targets of a plan stand, in the active language."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from indicators.formulas.certain_range import CertainRange
from indicators.verdict.goal import Goal, Standing
from indicators.verdict.standing import Reason, Verdict


class Fate(StrEnum):
    """
    What the answer says of a target; targets of the same fate are named together.

    In the order of the sentence: what failed, what is behind or on pace, what is met, what is
    expected, what cannot be judged.
    """

    NOT_ESTABLISHED_IN_TIME = "not_established_in_time"
    MISSED = "missed"
    UNBUILT_SERIOUSLY_BEHIND = "unbuilt_seriously_behind"
    SERIOUSLY_BEHIND = "seriously_behind"
    UNBUILT_BEHIND = "unbuilt_behind"
    BEHIND = "behind"
    UNBUILT_SLIGHTLY_BEHIND = "unbuilt_slightly_behind"
    SLIGHTLY_BEHIND = "slightly_behind"
    UNBUILT = "unbuilt"
    NOT_YET_MET = "not_yet_met"
    UNBUILT_ON_PACE = "unbuilt_on_pace"
    ON_PACE = "on_pace"
    ESTABLISHED = "established"
    MET = "met"
    EXPECTED_MISSED = "expected_missed"
    EXPECTED_SERIOUSLY_BEHIND = "expected_seriously_behind"
    EXPECTED_BEHIND = "expected_behind"
    EXPECTED_SLIGHTLY_BEHIND = "expected_slightly_behind"
    EXPECTED_ON_PACE = "expected_on_pace"
    EXPECTED_MET = "expected_met"
    CANNOT_JUDGE = "cannot_judge"
    NO_ESTIMATE = "no_estimate"
    NO_DATA = "no_data"
    NO_TARGET = "no_target"


ORDER = {fate: at for at, fate in enumerate(Fate)}
MET_FATES = (Fate.ESTABLISHED, Fate.MET)

_STANDINGS = {
    Standing.ACHIEVED: Fate.MET,
    Standing.ON_PACE: Fate.ON_PACE,
    Standing.SLIGHTLY_BEHIND: Fate.SLIGHTLY_BEHIND,
    Standing.BEHIND: Fate.BEHIND,
    Standing.SERIOUSLY_BEHIND: Fate.SERIOUSLY_BEHIND,
}
_OF_THINGS = {
    Fate.MET: Fate.ESTABLISHED,
    Fate.MISSED: Fate.NOT_ESTABLISHED_IN_TIME,
    Fate.NOT_YET_MET: Fate.UNBUILT,
    Fate.ON_PACE: Fate.UNBUILT_ON_PACE,
    Fate.SLIGHTLY_BEHIND: Fate.UNBUILT_SLIGHTLY_BEHIND,
    Fate.BEHIND: Fate.UNBUILT_BEHIND,
    Fate.SERIOUSLY_BEHIND: Fate.UNBUILT_SERIOUSLY_BEHIND,
}
_EXPECTED = {
    Standing.ACHIEVED: Fate.EXPECTED_MET,
    Standing.ON_PACE: Fate.EXPECTED_ON_PACE,
    Standing.SLIGHTLY_BEHIND: Fate.EXPECTED_SLIGHTLY_BEHIND,
    Standing.BEHIND: Fate.EXPECTED_BEHIND,
    Standing.SERIOUSLY_BEHIND: Fate.EXPECTED_SERIOUSLY_BEHIND,
}


@dataclass(frozen=True, slots=True)
class Answered:
    """A target as the answer mentions it: its short name in the active language, and its fate."""

    name: str
    fate: Fate


def fate_of(verdict: Verdict | None, day: date, *, is_built: bool, reports: bool = True) -> Fate:
    """
    Return what the answer says of a verdict; None is a target that the plan does not set.

    day       the day whose state of knowledge it shows: nothing failed before its deadline is over
    is_built  whether it counts what is built, of which more is better: clusters or parks
    reports   whether cities report it, so that it could be estimated; not of things on record
    """
    if verdict is None:
        return Fate.NO_TARGET
    fate = _certain(verdict, day, is_built)
    if fate is not None:
        return _OF_THINGS.get(fate, fate) if is_built else fate
    if verdict.expected is not None:
        missed = verdict.quarter >= verdict.goal.deadline and verdict.expected in (
            Standing.BEHIND,
            Standing.SERIOUSLY_BEHIND,
        )
        return Fate.EXPECTED_MISSED if missed else _EXPECTED[verdict.expected]
    if verdict.reason is Reason.NOT_REPORTED:
        return Fate.NO_DATA
    if reports and verdict.likely is None and not verdict.is_complete:
        return Fate.NO_ESTIMATE
    return Fate.CANNOT_JUDGE


def _certain(verdict: Verdict, day: date, is_built: bool) -> Fate | None:
    """Return what is certain of a target; None if nothing is."""
    if verdict.reason is Reason.DEADLINE_MISSED:
        is_over = day > verdict.goal.deadline.last_day
        return Fate.MISSED if is_over else Fate.NOT_YET_MET
    if verdict.standing is not Standing.CANNOT_JUDGE:
        return _STANDINGS[verdict.standing]
    if is_built and _is_short(verdict.goal, verdict.certain):
        return Fate.NOT_YET_MET
    return None


def _is_short(goal: Goal, certain: CertainRange) -> bool:
    """Return whether not even the greatest certain figure meets a goal of which more is better."""
    return certain.high is not None and goal.rising and not goal.met_by(certain.high)


def clauses_of(told: Sequence[Answered]) -> tuple[str, ...]:
    """
    Return the answer's clauses in its order, each but the last with the sign that follows it.

    Put together they are the sentence, without a full stop: it stands as a title.
    What is certain and what is not are parted by a semicolon, other clauses by a comma. No target
    at all, and all of them met, are one clause without names.
    """
    if all(one.fate is Fate.NO_TARGET for one in told):
        return (_("No targets have been set"),)
    if len(told) > 1 and all(one.fate in MET_FATES for one in told):
        return (_("All %(number)s targets met") % {"number": len(told)},)
    ordered = sorted(told, key=lambda one: ORDER[one.fate])
    grouped = [(fate, [*same]) for fate, same in groupby(ordered, key=lambda one: one.fate)]
    return tuple(
        _clause(fate, same, is_first=not at) + _sign_after(fate, grouped[at + 1 :])
        for at, (fate, same) in enumerate(grouped)
    )


def _sign_after(fate: Fate, rest: Sequence[tuple[Fate, list[Answered]]]) -> str:
    if not rest:
        return ""
    if _is_open(fate) is _is_open(rest[0][0]):
        return pgettext("between clauses", ", ")
    return pgettext("between clauses", "; ")


def _is_open(fate: Fate) -> bool:
    """Return whether a fate is none that is certain."""
    return ORDER[fate] > ORDER[Fate.MET]


def _clause(fate: Fate, same: Sequence[Answered], *, is_first: bool) -> str:
    """Return the targets of one fate, and the fate."""
    called = [_lower(one.name) if at or not is_first else one.name for at, one in enumerate(same)]
    return _words(fate, len(same)) % {"names": _enumerated(called)}


def _lower(name: str) -> str:
    """Return a name as it stands within a sentence; an abbreviation keeps its capitals."""
    first = name.split(" ")[0]
    return name[:1].lower() + name[1:] if first[1:].islower() else name


def _enumerated(called: Sequence[str]) -> str:
    """Return names of targets as one enumeration: "clusters and parks", 集群、园区."""
    *some, last = called
    if not some:
        return last
    head = pgettext("between cities", ", ").join(some)
    return pgettext("enumeration of targets", "%(some)s and %(last)s") % {
        "some": head,
        "last": last,
    }


def _words(fate: Fate, number: int) -> str:
    """Return the clause of a fate with a place for the names of so many targets."""
    words = {
        Fate.NOT_ESTABLISHED_IN_TIME: _("%(names)s not established in time"),
        Fate.UNBUILT_SERIOUSLY_BEHIND: _("%(names)s not yet established and seriously behind pace"),
        Fate.SERIOUSLY_BEHIND: _("%(names)s seriously behind pace"),
        Fate.UNBUILT_BEHIND: _("%(names)s not yet established and behind pace"),
        Fate.BEHIND: _("%(names)s behind pace"),
        Fate.UNBUILT_SLIGHTLY_BEHIND: _("%(names)s not yet established and slightly behind pace"),
        Fate.SLIGHTLY_BEHIND: _("%(names)s slightly behind pace"),
        Fate.UNBUILT: _("%(names)s not yet established"),
        Fate.UNBUILT_ON_PACE: _("%(names)s not yet established but on pace"),
        Fate.ON_PACE: _("%(names)s on pace"),
        Fate.ESTABLISHED: _("%(names)s established"),
        Fate.EXPECTED_SERIOUSLY_BEHIND: _("%(names)s expected to be seriously behind pace"),
        Fate.EXPECTED_BEHIND: _("%(names)s expected to be behind pace"),
        Fate.EXPECTED_SLIGHTLY_BEHIND: _("%(names)s expected to be slightly behind pace"),
        Fate.EXPECTED_ON_PACE: _("%(names)s expected to be on pace"),
        Fate.CANNOT_JUDGE: _("%(names)s cannot be judged yet"),
        Fate.NO_ESTIMATE: _("%(names)s cannot be estimated yet"),
        Fate.NO_DATA: _("%(names)s without data so far"),
        Fate.NO_TARGET: _("%(names)s without a target"),
    }
    return words[fate] if fate in words else _about_targets(fate, number)


def _about_targets(fate: Fate, number: int) -> str:
    """Return the clause of a fate that says "target", of one or of several."""
    words = {
        Fate.MISSED: ngettext(
            "%(names)s missed the target", "%(names)s missed their targets", number
        ),
        Fate.NOT_YET_MET: ngettext(
            "%(names)s short of the target so far",
            "%(names)s short of their targets so far",
            number,
        ),
        Fate.MET: ngettext("%(names)s met the target", "%(names)s met their targets", number),
        Fate.EXPECTED_MISSED: ngettext(
            "%(names)s expected to miss the target",
            "%(names)s expected to miss their targets",
            number,
        ),
        Fate.EXPECTED_MET: ngettext(
            "%(names)s expected to meet the target",
            "%(names)s expected to meet their targets",
            number,
        ),
    }
    return words[fate]
