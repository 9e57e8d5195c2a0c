"""How a target stands: by what is certain, else by what is likely, else not to be judged."""

from dataclasses import dataclass
from fractions import Fraction
from math import inf

WORSE = ("on_pace", "slightly_behind", "behind", "seriously_behind")


@dataclass
class Verdict:
    """
    The standing with its reason, and what is expected where none can be given.

    judged  the value, or the projection before the year's end; due: the share of the way due,
            or why there is no pace line; covered: the share that what was judged has covered
    """

    standing: str
    reason: str
    expected: str | None
    judged: Fraction | None
    due: Fraction | str
    covered: Fraction | None
    line: Fraction | None

    @property
    def behind(self):
        """Percentage points behind the pace; negative is ahead, None is not known."""
        return None if self.covered is None else (self.due - self.covered) * 100


def met(target, value):
    return {
        ">=": lambda: value >= target.value,
        ">": lambda: value > target.value,
        "<=": lambda: value <= target.value,
        "<": lambda: value < target.value,
        "about": lambda: target.band_low <= value <= target.band_high,
    }[target.comparator]()


def way_due(target, quarter):
    """Share of the way due, or the reason why there is no line."""
    if target.baseline_value is None:
        return "no_baseline"
    if target.baseline_value == target.aim or met(target, target.baseline_value):
        return "no_distance"
    way = target.aim - target.baseline_value
    line = [(target.start, Fraction(0))]
    line += [(q, (value - target.baseline_value) / way) for q, value in target.points]
    line.append((target.deadline, Fraction(1)))
    pairs = list(zip(line, line[1:], strict=False))
    if any(a >= b or low > high for (a, low), (b, high) in pairs):
        return "no_line"
    if quarter <= target.start:
        return Fraction(0)
    for (a, low), (b, high) in pairs:
        if quarter <= b:
            return low + (high - low) * (quarter - a) / (b - a)
    return Fraction(1)


def way_covered(target, value):
    """Share of the way; past the far edge of a band the way is walked back."""
    if target.comparator == "about":
        if target.aim == target.band_low and value > target.band_high:
            value = target.band_low - (value - target.band_high)
        elif target.aim == target.band_high and value < target.band_low:
            value = target.band_high + (target.band_low - value)
    return (value - target.baseline_value) / (target.aim - target.baseline_value)


def at(target, value, quarter, due, *, projected=False):
    """Return the standing and its reason at one value."""
    is_met = met(target, value)
    if is_met and not projected:
        return "achieved", "target_met"
    lit = None
    if not isinstance(due, str):
        behind = (due - way_covered(target, value)) * 100
        lit = WORSE[(behind > 0) + (behind >= target.yellow) + (behind > target.red)]
    if quarter >= target.deadline:
        if is_met:
            return "cannot_judge", "year_not_over"
        return ("seriously_behind" if lit == "seriously_behind" else "behind"), "deadline_missed"
    return (lit, "against_pace") if lit else ("cannot_judge", due)


def between(target, low, high, quarter, due, *, projected=False):
    """Return the standing of a whole range; None if it is not one and the same."""
    around = target.comparator == "about" and low < target.band_low and target.band_high < high
    one, other = (at(target, end, quarter, due, projected=projected) for end in (low, high))
    return one if one[0] == other[0] and not around else None


def judge(target, found, quarter, record_allows):
    """Return the verdict of what was found."""
    projected = target.projected(quarter)
    due = way_due(target, quarter | 3 if projected else quarter)
    top = 1 if target.kind == "share" else inf
    low, high = found.certain
    low = Fraction(0) if low is None else low
    ruled = between(target, low, top if projected or high is None else high, quarter, due)
    likely = found.projection if projected else found.estimate
    hoped = None
    if likely and likely[0] is not None:
        hoped = between(target, likely[0], likely[2], quarter, due, projected=projected)
    expected = hoped[0] if hoped and record_allows and ruled is None else None
    judged = found.value
    if projected and found.value is not None:
        judged = likely[1] if likely else None
        if ruled is None:
            ruled = of_projection(likely, hoped, record_allows)
    if ruled is None:
        silent = found.value is not None or found.accepted
        ruled = "cannot_judge", "silent_cities" if silent else "not_reported"
    if ruled[0] != "cannot_judge" or expected == "cannot_judge":
        expected = None
    on_line = not isinstance(due, str)
    covered = way_covered(target, judged) if on_line and judged is not None else None
    line = target.value
    if on_line and quarter < target.deadline:
        line = target.baseline_value + due * (target.aim - target.baseline_value)
    line = None if target.comparator == "about" else line
    return Verdict(*ruled, expected, judged, due, covered, line)


def of_projection(likely, hoped, record_allows):
    """Return what a projection says of a complete quarter before the year's end."""
    if likely is None:
        return "cannot_judge", "no_projection"
    if likely[0] is None:
        return "cannot_judge", "projection_without_ends"
    if hoped is None:
        return "cannot_judge", "projection_undecided"
    return hoped if record_allows else ("cannot_judge", "projection_unproven")
