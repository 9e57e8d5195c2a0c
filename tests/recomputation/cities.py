"""A share or a total of the cities' own figures: what is certain, what is likely, what turns it."""

from fractions import Fraction

from tests.recomputation.found import Found
from tests.recomputation.rows import AMOUNTS
from tests.verify_estimate import Amounts

FEWEST_RATIOS = 8
PARTS = {"cluster_cities": "clusters_cluster", "park_cities": "parks_park"}


class Outputs(Amounts):
    """A measure of every city, with the estimates of tests.verify_estimate."""

    def __init__(self, stored, measure):
        self.x, self.is_amount = stored.made[measure], measure in AMOUNTS
        self.before = stored.told[measure] | {(c, q + 4): v for (c, q), v in self.x.items()}
        self.cities, self.known_ends = list(stored.cities), {}

    def last(self, city, quarter):
        """The newest quarter before this one that a city has reported."""
        return max((q for c, q in self.x if c == city and q < quarter), default=None)

    def floor(self, city, quarter):
        """At least so much: what is accepted of the same year."""
        last = self.last(city, quarter) if self.is_amount else None
        return self.x[city, last] if last and last // 4 == quarter // 4 else Fraction(0)

    def ceiling(self, city, quarter):
        """At most so much: the next accepted figure of the year; None if there is none."""
        later = [q for q in range(quarter + 1, (quarter | 3) + 1) if (city, q) in self.x]
        later = later if self.is_amount else []
        return self.x[city, later[0]] if later else None

    def ends(self, q, p):
        """The least and most of truth / estimate; None from too few of them."""
        if (q, p) not in self.known_ends:
            first = min(quarter for _, quarter in self.x)
            years = range((q - first) // 4 + 1)
            ratios = sum(len(self.both(q - 4 * back, p - 4 * back)) for back in years)
            enough = ratios >= FEWEST_RATIOS
            self.known_ends[q, p] = super().ends(q, p) if enough else None
        return self.known_ends[q, p]

    def likely(self, city, quarter):
        """A silent city's low, centre and high, or why it has none."""
        since = self.last(city, quarter)
        if since is None or not self.both(quarter, since):
            return "no_earlier_figure"
        ends = self.ends(quarter, since)
        if ends is None:
            return "too_few_errors"
        centre, most = self.estimate(city, quarter, since), self.ceiling(city, quarter)
        least = self.floor(city, quarter)
        made = [centre * factor for factor in (ends[0], 1, ends[1])]
        return [max(least, amount if most is None else min(amount, most)) for amount in made]

    def weight(self, reporting, quarter):
        """The reporting cities' part of what all made a year earlier; None unknown."""
        every = [self.before.get((city, quarter)) for city in self.cities]
        if not reporting or None in every or not sum(every):
            return None
        return sum(self.before[city, quarter] for city in reporting) / sum(every)


def outputs(stored, measure):
    known = stored.__dict__.setdefault("outputs", {})
    if measure not in known:
        known[measure] = Outputs(stored, measure)
    return known[measure]


def part_of(stored, target, quarter):
    """The cities whose part a share is; all of them for a total."""
    if target.kind == "level":
        return set(stored.cities)
    return {row[0] for row in stored.things(PARTS[target.numerator], quarter)}


def added(target, part, made):
    """The total of what the cities made, or the part's share of it; None of nothing."""
    whole = sum(made.values(), Fraction(0))
    if target.kind == "level":
        return whole
    return sum(v for c, v in made.items() if c in part) / whole if whole else None


def of_cities(stored, target, quarter):
    """Return what is known of a share or a total."""
    of, part = outputs(stored, target.measure), part_of(stored, target, quarter)
    reporting = [city for city in of.cities if (city, quarter) in of.x]
    silent = [city for city in of.cities if city not in reporting]
    made = {city: of.x[city, quarter] for city in reporting}

    def figure(inside, outside):
        """The figure if the silent cities made so much, by city; None where one has no limit."""
        more = {c: inside.get(c) if c in part else outside.get(c) for c in silent}
        return None if None in more.values() else added(target, part, made | more)

    floors = {city: of.floor(city, quarter) for city in silent}
    ceilings = {city: of.ceiling(city, quarter) for city in silent}
    withdrawn = any(most is not None and most < floors[c] for c, most in ceilings.items())
    nothing = withdrawn or not (reporting or any(floors.values()))
    certain = figure(floors, ceilings), figure(ceilings, floors)
    complete = bool(reporting) and not silent
    reported = added(target, part, made) if reporting else None
    weight = of.weight(reporting, quarter)
    likely = {city: of.likely(city, quarter) for city in silent}
    least = Fraction(str(stored.plan(quarter)[3]))
    why_not = no_estimate(likely, weight, len(reporting), len(of.cities), least)
    estimate = None
    if silent and not why_not:
        low, centre, high = ({c: ends[n] for c, ends in likely.items()} for n in range(3))
        estimate = figure(low, high), figure(centre, centre), figure(high, low)
    return Found(
        accepted=len(reporting),
        missing=[stored.cities[city] for city in silent],
        certain=(None, None) if nothing else certain,
        withdrawn=withdrawn,
        value=reported if complete else None,
        reported_only=None if complete else reported,
        weight=weight,
        estimate=estimate,
        no_estimate=why_not,
        projection=of_year(of, quarter) if target.kind == "level" and of.is_amount else None,
        sinces={of.last(city, quarter) for city in silent},
    )


def no_estimate(likely, weight, reporting, expected, least):
    """Why nothing is estimated; None if it is, or nobody is silent."""
    if not reporting:
        return "nobody_reported"
    if (Fraction(reporting, expected) if weight is None else weight) < least:
        return "low_coverage"
    return next((why for why in likely.values() if isinstance(why, str)), None)


def of_year(of, quarter):
    """What a total will come to at the year's end: low, centre, high; None if unknown."""
    if quarter % 4 == 3:
        return None

    def year(city, at):
        since = at if (city, at) in of.x else of.last(city, at)
        if since is None or since // 4 != at // 4:
            return None
        then, whole = of.before.get((city, since)), of.x.get((city, (at | 3) - 4))
        return of.x[city, since] * whole / then if then and whole is not None else None

    ratios = []
    for at in range(quarter - 4, min(q for _, q in of.x) - 1, -4):
        pairs = [(of.x[c, at | 3], year(c, at)) for c in of.both(at, at | 3)]
        ratios += [truth / projected for truth, projected in pairs if projected]
    found = {city: year(city, quarter) for city in of.cities}
    if None in found.values():
        return None
    low, high = min([*ratios, Fraction(99, 100)]), max([*ratios, Fraction(101, 100)])
    accepted = {c: of.x.get((c, quarter), of.floor(c, quarter)) for c in of.cities}
    low, centre, high = (
        sum(max(v * factor, accepted[c]) for c, v in found.items()) for factor in (low, 1, high)
    )
    return (low, centre, high) if len(ratios) >= FEWEST_RATIOS else (None, centre, None)


# ---- what turns the verdict ------------------------------------------------------------


def turn(stored, target, quarter, line):
    """What the silent cities must make for a figure to be at a line; None where nothing can."""
    of, part = outputs(stored, target.measure), part_of(stored, target, quarter)
    share = target.kind == "share"
    if not of.is_amount or (not 0 < line < 1 if share else quarter % 4 != 3):
        return None
    made = {c: of.x[c, quarter] for c in of.cities if (c, quarter) in of.x}
    silent = [c for c in of.cities if c not in made]
    floors = {c: of.floor(c, quarter) for c in silent}
    known = made | floors
    of_part = sum(amount for c, amount in known.items() if c in part)
    last = {c: of.last(c, quarter) for c in silent}
    same = {c: q for c, q in last.items() if q is not None and q // 4 == quarter // 4}
    before = {c: of.before.get((c, same[c])) if c in same else Fraction(0) for c in silent}
    to_come = {
        c: of.x[c, quarter - 4] - before[c]
        if (c, quarter - 4) in of.x and before[c] is not None
        else None
        for c in silent
    }
    inside = [c for c in silent if c in part]
    if not share:
        rises, left = 1, line - of_part
    else:
        # Of one more yuan that they make together, so much is the clusters'.
        mixed = 0 < len(inside) < len(silent)
        if mixed and (None in to_come.values() or not sum(to_come.values())):
            return None
        rises = Fraction(len(inside), len(silent) or 1)
        if mixed:
            rises = sum(to_come[c] for c in inside) / sum(to_come.values())
        if rises == line:
            return None
        left = (line * sum(known.values()) - of_part) / (rises - line)
    if left <= 0:
        return None
    kinds = {c in part for c in silent}
    rates = [growth(of, c, quarter, q) for c in made if (c in part) in kinds for q in last.values()]
    so_far = sum(floors.values())
    return {
        "amount": left + so_far,
        "remaining": left,
        "remaining_growth": over(left, to_come.values()),
        "rises": rises > line if share else True,
        "so_far_growth": over(so_far, before.values()) if so_far else None,
        "fastest": max((rate for rate in rates if rate is not None), default=None),
    }


def over(amount, before):
    return None if None in before or sum(before) <= 0 else amount / sum(before) - 1


def growth(of, city, quarter, since):
    """How a reporting city grew after a quarter of the year, or in all of the year."""
    now, before = of.x[city, quarter], of.before.get((city, quarter))
    if since is not None and since // 4 == quarter // 4:
        then = of.before.get((city, since))
        if (city, since) not in of.x or before is None or then is None:
            return None
        now, before = now - of.x[city, since], before - then
    return now / before - 1 if before else None
