"""How many true lines the plausibility rules question, and how many planted errors they find."""

import random
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from tests.benchmarks.plausibility.asking import Quarterly, place_of
from tests.benchmarks.plausibility.histories import Town
from tests.benchmarks.plausibility.planted import LINES, PLANTS

ERRORS = 50
# Attempts for each error: a return without a fitting line is skipped.
ATTEMPTS = 40


def is_measured(code: str) -> bool:
    """Return whether a rule is one of the room's."""
    return "W211" <= code <= "W249"


@dataclass
class Truth:
    """
    What is said of true returns.

    lines, questioned  enterprise lines, and those with a finding of the room
    by_rule            findings by code
    returns, totals    returns, and those with a finding at a total or a whole sheet
    """

    lines: int = 0
    questioned: int = 0
    returns: int = 0
    totals: int = 0
    by_rule: Counter = field(default_factory=Counter)

    @property
    def share(self) -> float:
        """Return the share of true lines that are questioned."""
        return self.questioned / self.lines


def questioned(towns: list[Town], *, after: int = 1, year: int | None = None) -> Truth:
    """Return what is said of true returns, of every quarter or those of a year."""
    truth = Truth()
    for town in towns:
        for quarter in town.quarters(after=after):
            if year and quarter.year != year:
                continue
            found = [f for f in Quarterly(town, quarter).findings() if is_measured(f.code)]
            places = {place_of(each) for each in found}
            truth.lines += len(town.lines[quarter])
            truth.questioned += sum(sheet == LINES and row > 0 for sheet, row in places)
            truth.returns += 1
            truth.totals += any(sheet != LINES for sheet, _row in places)
            truth.by_rule.update(each.code for each in found)
    return truth


@dataclass
class Recall:
    """Planted errors of a kind: how many, how many were found, and by which rules."""

    planted: int = 0
    found: int = 0
    by_rule: Counter = field(default_factory=Counter)

    @property
    def share(self) -> float:
        """Return the share that was found; 1 if none could be planted."""
        return self.found / self.planted if self.planted else 1.0


def recalls(
    towns: list[Town], *, errors: int = ERRORS, year: int | None = None, seed: int = 311
) -> dict[str, Recall]:
    """Return kind of error -> how many of the planted ones are found, at what they falsified."""
    slots = [
        (town, quarter)
        for town in towns
        for quarter in town.quarters(after=5)
        if year is None or quarter.year == year
    ]
    known: dict[int, tuple[Quarterly, set]] = {}
    found: dict[str, Recall] = defaultdict(Recall)
    for kind, plant in PLANTS.items():
        rng = random.Random(f"{seed}/{kind}")
        for _attempt in range(errors * ATTEMPTS):
            if found[kind].planted >= errors:
                break
            slot = rng.randrange(len(slots))
            if slot not in known:
                true = Quarterly(*slots[slot])
                known[slot] = true, {(f.code, place_of(f)) for f in true.findings()}
            true, before = known[slot]
            given = true.copy()
            if places := set(plant(given, rng)):
                _count(found[kind], given, places, before)
    return dict(found)


def _count(recall: Recall, given: Quarterly, places: set, before: set) -> None:
    """Count an error as found if a finding that is not true stands at what was falsified."""
    new = [
        each.code
        for each in given.findings()
        if place_of(each) in places and (each.code, place_of(each)) not in before
    ]
    recall.planted += 1
    recall.found += bool(new)
    recall.by_rule.update(set(new))
