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


class Outcome(StrEnum):
    """
    What the answer says of a target; targets of the same outcome are named together.

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


ORDER = {outcome: at for at, outcome in enumerate(Outcome)}
MET_OUTCOMES = (Outcome.ESTABLISHED, Outcome.MET)

_STANDINGS = {
    Standing.ACHIEVED: Outcome.MET,
    Standing.ON_PACE: Outcome.ON_PACE,
    Standing.SLIGHTLY_BEHIND: Outcome.SLIGHTLY_BEHIND,
    Standing.BEHIND: Outcome.BEHIND,
    Standing.SERIOUSLY_BEHIND: Outcome.SERIOUSLY_BEHIND,
}
_OF_THINGS = {
    Outcome.MET: Outcome.ESTABLISHED,
    Outcome.MISSED: Outcome.NOT_ESTABLISHED_IN_TIME,
    Outcome.NOT_YET_MET: Outcome.UNBUILT,
    Outcome.ON_PACE: Outcome.UNBUILT_ON_PACE,
    Outcome.SLIGHTLY_BEHIND: Outcome.UNBUILT_SLIGHTLY_BEHIND,
    Outcome.BEHIND: Outcome.UNBUILT_BEHIND,
    Outcome.SERIOUSLY_BEHIND: Outcome.UNBUILT_SERIOUSLY_BEHIND,
}
_EXPECTED = {
    Standing.ACHIEVED: Outcome.EXPECTED_MET,
    Standing.ON_PACE: Outcome.EXPECTED_ON_PACE,
    Standing.SLIGHTLY_BEHIND: Outcome.EXPECTED_SLIGHTLY_BEHIND,
    Standing.BEHIND: Outcome.EXPECTED_BEHIND,
    Standing.SERIOUSLY_BEHIND: Outcome.EXPECTED_SERIOUSLY_BEHIND,
}


@dataclass(frozen=True, slots=True)
class Answered:
    """A target in the answer: its short name in the active language, and its outcome."""

    name: str
    outcome: Outcome


def outcome_of(
    verdict: Verdict | None, day: date, *, is_built: bool, reports: bool = True
) -> Outcome:
    """
    Return what the answer says of a verdict; None is a target that the plan does not set.

    day       the day whose state of knowledge it shows: nothing failed before its deadline is over
    is_built  whether it counts what is built, of which more is better: clusters or parks
    reports   whether cities report it, so that it could be estimated; not of things on record
    """
    if verdict is None:
        return Outcome.NO_TARGET
    outcome = _certain(verdict, day, is_built)
    if outcome is not None:
        return _OF_THINGS.get(outcome, outcome) if is_built else outcome
    if verdict.expected is not None:
        return Outcome.EXPECTED_MISSED if verdict.expects_missed else _EXPECTED[verdict.expected]
    if verdict.reason is Reason.NOT_REPORTED:
        return Outcome.NO_DATA
    if reports and verdict.likely is None and not verdict.is_complete:
        return Outcome.NO_ESTIMATE
    return Outcome.CANNOT_JUDGE


def _certain(verdict: Verdict, day: date, is_built: bool) -> Outcome | None:
    """Return what is certain of a target; None if nothing is."""
    if verdict.reason is Reason.DEADLINE_MISSED:
        return Outcome.MISSED if verdict.is_missed_on(day) else Outcome.NOT_YET_MET
    if verdict.standing is not Standing.CANNOT_JUDGE:
        return _STANDINGS[verdict.standing]
    if is_built and _is_short(verdict.goal, verdict.certain):
        return Outcome.NOT_YET_MET
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
    if all(one.outcome is Outcome.NO_TARGET for one in told):
        return (_("No targets have been set"),)
    if len(told) > 1 and all(one.outcome in MET_OUTCOMES for one in told):
        return (_("All %(number)s targets met") % {"number": len(told)},)
    ordered = sorted(told, key=lambda one: ORDER[one.outcome])
    grouped = [
        (outcome, [*same]) for outcome, same in groupby(ordered, key=lambda one: one.outcome)
    ]
    return tuple(
        _clause(outcome, same, is_first=not at) + _sign_after(outcome, grouped[at + 1 :])
        for at, (outcome, same) in enumerate(grouped)
    )


def _sign_after(outcome: Outcome, rest: Sequence[tuple[Outcome, list[Answered]]]) -> str:
    if not rest:
        return ""
    if _is_open(outcome) is _is_open(rest[0][0]):
        return pgettext("between clauses", ", ")
    return pgettext("between clauses", "; ")


def _is_open(outcome: Outcome) -> bool:
    """Return whether an outcome is none that is certain."""
    return ORDER[outcome] > ORDER[Outcome.MET]


def _clause(outcome: Outcome, same: Sequence[Answered], *, is_first: bool) -> str:
    """Return the targets of one outcome, and the outcome."""
    called = [_lower(one.name) if at or not is_first else one.name for at, one in enumerate(same)]
    return _words(outcome, len(same)) % {"names": _enumerated(called)}


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


def _words(outcome: Outcome, number: int) -> str:
    """Return the clause of an outcome with a place for the names of so many targets."""
    words = {
        Outcome.NOT_ESTABLISHED_IN_TIME: _("%(names)s not established in time"),
        Outcome.UNBUILT_SERIOUSLY_BEHIND: _(
            "%(names)s not yet established and seriously behind pace"
        ),
        Outcome.SERIOUSLY_BEHIND: _("%(names)s seriously behind pace"),
        Outcome.UNBUILT_BEHIND: _("%(names)s not yet established and behind pace"),
        Outcome.BEHIND: _("%(names)s behind pace"),
        Outcome.UNBUILT_SLIGHTLY_BEHIND: _(
            "%(names)s not yet established and slightly behind pace"
        ),
        Outcome.SLIGHTLY_BEHIND: _("%(names)s slightly behind pace"),
        Outcome.UNBUILT: _("%(names)s not yet established"),
        Outcome.UNBUILT_ON_PACE: _("%(names)s not yet established but on pace"),
        Outcome.ON_PACE: _("%(names)s on pace"),
        Outcome.ESTABLISHED: _("%(names)s established"),
        Outcome.EXPECTED_SERIOUSLY_BEHIND: _("%(names)s expected to be seriously behind pace"),
        Outcome.EXPECTED_BEHIND: _("%(names)s expected to be behind pace"),
        Outcome.EXPECTED_SLIGHTLY_BEHIND: _("%(names)s expected to be slightly behind pace"),
        Outcome.EXPECTED_ON_PACE: _("%(names)s expected to be on pace"),
        Outcome.CANNOT_JUDGE: _("%(names)s cannot be judged yet"),
        Outcome.NO_ESTIMATE: _("%(names)s cannot be estimated yet"),
        Outcome.NO_DATA: _("%(names)s without data so far"),
        Outcome.NO_TARGET: _("%(names)s without a target"),
    }
    return words[outcome] if outcome in words else _about_targets(outcome, number)


def _about_targets(outcome: Outcome, number: int) -> str:
    """Return the clause of an outcome that says "target", of one or of several."""
    words = {
        Outcome.MISSED: ngettext(
            "%(names)s missed the target", "%(names)s missed their targets", number
        ),
        Outcome.NOT_YET_MET: ngettext(
            "%(names)s short of the target so far",
            "%(names)s short of their targets so far",
            number,
        ),
        Outcome.MET: ngettext("%(names)s met the target", "%(names)s met their targets", number),
        Outcome.EXPECTED_MISSED: ngettext(
            "%(names)s expected to miss the target",
            "%(names)s expected to miss their targets",
            number,
        ),
        Outcome.EXPECTED_MET: ngettext(
            "%(names)s expected to meet the target",
            "%(names)s expected to meet their targets",
            number,
        ),
    }
    return words[outcome]
