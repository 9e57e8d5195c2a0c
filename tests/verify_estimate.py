"""
Recompute the estimate in a share's proof: python -m tests.verify_estimate FILE; 0 if it holds.

Each silent city: its last year's figure × its own growth × that of the reporting cities since.
"""

import json
import sys
from fractions import Fraction
from pathlib import Path

LIMITS = ("floor", "ceiling")
FIGURES = ("reported", *LIMITS, "year_before", "year_before_floor")


def at(period):
    return int(period[:4]) * 4 + int(period[5])


class Amounts:
    """x is what was accepted, by city and quarter; before what was made a year earlier."""

    def __init__(self, cities):
        self.x, self.before = {}, {}
        for city in cities:
            for one in [city[use] for use in FIGURES if city[use]] + city["earlier"]:
                key, amount = (city["code"], at(one["period"])), Fraction(one["amount"])
                (self.x if one["figure"] == "this_year" else self.before)[key] = amount
        self.before |= {(city, q + 4): amount for (city, q), amount in self.x.items()}

    def both(self, q, p):
        return [c for c, quarter in self.x if quarter == q and (c, p) in self.x]

    def estimate(self, city, q, p):
        """Return what a city made by q, as it would be estimated from p."""
        x, before, peers = self.x, self.before, [c for c in self.both(q, p) if c != city]
        carried = {
            c: before[c, q] * x[c, p] / before[c, p]
            for c in peers
            if before.get((c, p)) and (c, q) in before
        }
        own = x[city, p]
        if (city, q - 4) in x and before.get((city, p)) and sum(carried.values()):
            own *= x[city, q - 4] / before[city, p]
        else:
            carried = {c: x[c, p] for c in peers}
        return own * sum(x[c, q] for c in carried) / sum(carried.values())

    def ends(self, q, p):
        """Return the least and most of truth / estimate in all years, at least 1 % from it."""
        ratios = [Fraction(99, 100), Fraction(101, 100)]
        while q >= min(quarter for _, quarter in self.x):
            ratios += [self.x[c, q] / self.estimate(c, q, p) for c in self.both(q, p)]
            q, p = q - 4, p - 4
        return min(ratios), max(ratios)


def recomputed(doc):
    """Yield name, what follows from the inputs, what was concluded."""
    cities, now, said = doc["cities"], at(doc["period"]), doc["concluded"]
    amounts = Amounts(cities)
    known = {c["code"]: amounts.before.get((c["code"], now)) for c in cities}
    reporting = [known[c["code"]] for c in cities if c["is_reported"]]
    unknown = None in known.values() or not any(known.values())
    unknown = unknown or len(reporting) in (0, len(cities))
    weight = None if unknown else sum(reporting) / sum(known.values())
    yield "weight", weight, said["weight"]
    if said["estimate"] is None:
        enough = (Fraction(len(reporting), len(cities)) if weight is None else weight) >= Fraction(
            doc["least_weight"]
        )
        too_few = said["no_estimate"] in ("low_coverage", "nobody_reported")
        yield "enough to estimate", enough, not too_few
        return
    made = {True: [0, 0, 0], False: [0, 0, 0]}
    for city in cities:
        if city["is_reported"]:
            values = [amounts.x[city["code"], now]] * 3
        else:
            values = likely(amounts, city, now)
            for end, value in zip(("low", "centre", "high"), values, strict=True):
                yield f"{city['code']} {end}", value, city["estimate"][end]
        side = bool(city["in_numerator"])
        made[side] = [a + b for a, b in zip(made[side], values, strict=True)]
    part, rest = made[True], made[False][::-1]
    for end, a, b in zip(("low", "centre", "high"), part, rest, strict=True):
        yield f"share {end}", a / (a + b), said["estimate"][end]


def likely(amounts, city, now):
    """Return a silent city's low, centre and high: never under its floor or over its ceiling."""
    since = at(city["estimated_from"])
    low, high = amounts.ends(now, since)
    floor, ceiling = (Fraction(city[use]["amount"]) if city[use] else None for use in LIMITS)
    centre = amounts.estimate(city["code"], now, since)
    made = [max(centre * factor, floor or 0) for factor in (low, 1, high)]
    return [value if ceiling is None else max(min(value, ceiling), floor or 0) for value in made]


def main(doc):
    faults = 0
    for name, value, said in recomputed(doc):
        same = said == value
        if None not in (said, value) and not isinstance(value, bool):
            same = abs(Fraction(said) - value) <= abs(value) / 10**20
        faults += not same
        print("holds" if same else f"DOES NOT HOLD ({value} recomputed):", name, said)
    return int(faults > 0)


if __name__ == "__main__":
    sys.exit(main(json.loads(Path(sys.argv[1]).read_text())))
