"""How figures are written in English: rounded so that no comparison reads false."""

from fractions import Fraction
from math import ceil, floor

from tests.recomputation.verdict import met

MOST_PLACES = 30
NOUNS = {
    "firms": ("firm", "firms"),
    "title": ("enterprise", "enterprises"),
    "clusters": ("cluster", "clusters"),
    "parks": ("park", "parks"),
    "employees": ("person", "persons"),
    "enterprises": ("firm", "firms"),
}


def rounded(figure, places):
    scaled = floor(abs(figure) * 10**places + Fraction(1, 2))
    return Fraction(scaled if figure >= 0 else -scaled, 10**places)


def outward(figure, places, *, up):
    return Fraction((ceil if up else floor)(figure * 10**places), 10**places)


def text(figure, places):
    whole = f"{abs(int(figure * 10**places)):0{places + 1}d}"
    sign = "-" if figure < 0 and int(whole) else ""
    return sign + (f"{whole[:-places]}.{whole[-places:]}" if places else whole)


def exact(figure):
    for places in range(MOST_PLACES):
        if (figure * 10**places).denominator == 1:
            return text(figure, places)
    raise AssertionError(figure)


def places_for(shown, against, least):
    """The fewest places at which rounded figures compare as they do exactly."""

    def order(a, b):
        return (a > b) - (a < b)

    for places in range(least, MOST_PLACES):
        pairs = [(a, b, rounded(a, places), rounded(b, places)) for a in shown for b in shown]
        pairs += [(a, b, rounded(a, places), b) for a in shown for b in against]
        if all(order(a, b) == order(short, other) for a, b, short, other in pairs):
            return places
    return MOST_PLACES


def end_of(quarter):
    year, q = divmod(quarter, 4)
    return f"end of {year}" if q == 3 else f"end of Q{q + 1} {year}"


def names(some):
    return "".join(some) if len(some) < 2 else f"{', '.join(some[:-1])} and {some[-1]}"


def cities(some):
    return names(some) if len(some) < 4 else f"{len(some)} cities ({some[0]} and others)"


class Words:
    """Writes a target's figures with their unit; shown are those that stand side by side."""

    def __init__(self, target, shown=()):
        self.target, self.percent, self.noun = target, "", None
        if target.kind == "share":
            self.scale, self.least, self.percent = Fraction(100), 1, "%"
        elif target.kind == "level" and target.annual:
            self.scale, self.least = Fraction(1, 10**9), 2
        else:
            self.scale, self.least = Fraction(1), 0
            what = target.measure if target.kind == "level" else "firms"
            self.noun = NOUNS[target.things or what]
        fixed = (target.value, target.baseline_value, target.band_low, target.band_high)
        self.places = places_for(
            [x * self.scale for x in shown if x is not None],
            [x * self.scale for x in fixed if x is not None],
            self.least,
        )

    def unit(self, written):
        if self.percent:
            return written
        if self.noun is None:
            return f"{written} billion yuan"
        return f"{written} {self.noun[written != '1']}"

    def rounded(self, figure):
        return rounded(figure * self.scale, self.places)

    def value(self, figure):
        return self.unit(text(self.rounded(figure), self.places) + self.percent)

    def bare(self, figure):
        return exact(figure * self.scale) + self.percent

    def goal(self):
        t = self.target
        if t.comparator == "about":
            band = f"from {self.bare(t.band_low)} to {self.bare(t.band_high)}"
            return f"about {self.unit(self.bare(t.value))} ({band})"
        words = {">=": "at least", ">": "more than", "<=": "at most", "<": "less than"}
        return f"{words[t.comparator]} {self.unit(self.bare(t.value))}"

    def range(self, low, high):
        """A range with its ends rounded outward, each on its own side of the target."""
        both = (low, False), (high, True)
        ends = [(end * self.scale, up) for end, up in both if end is not None]

        def stays(end, up, places):
            shown = outward(end, places, up=up) / self.scale
            return met(self.target, shown) == met(self.target, end / self.scale)

        places = next(p for p in range(self.least, 99) if all(stays(*end, p) for end in ends))
        written = [text(outward(end, places, up=up), places) + self.percent for end, up in ends]
        if not written:
            return "no range is certain"
        if low is not None and high is not None:
            return self.unit("–".join(dict.fromkeys(written)))
        return f"at {'least' if high is None else 'most'} {self.unit(written[0])}"

    def likely(self, low, centre, high):
        if low is not None:
            return self.range(low, high)
        return self.unit(text(rounded(centre * self.scale, self.least), self.least) + self.percent)
