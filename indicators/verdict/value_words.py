"""The figures of a verdict as text: no two different ones, or the target, read the same."""

from decimal import Decimal

from indicators.verdict.rounding import places_that_read_truly, rounded
from indicators.verdict.sentences import PLACES, ValueKind, scale_of, with_unit
from indicators.verdict.standing import Verdict


class VerdictFigures:
    """Writes a verdict's figures to one number of places that preserves their comparisons."""

    def __init__(self, verdict: Verdict, kind: ValueKind) -> None:
        self.kind = kind
        self.scale = scale_of(kind)
        shown = (verdict.value, verdict.judged)
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
        return with_unit(f"{text}%" if self.kind is ValueKind.SHARE else text, self.kind)


def value_words(value: Decimal, verdict: Verdict | None, kind: ValueKind) -> str:
    """Return a value with its unit, never rounded to a target that it misses."""
    if verdict is not None:
        return VerdictFigures(verdict, kind)(value)
    text = f"{rounded(value * scale_of(kind), PLACES.get(kind, 0)):f}"
    return with_unit(f"{text}%" if kind is ValueKind.SHARE else text, kind)
