"""A count of enterprises over a line, and of what is established; the ends of estimates apart."""

from collections import defaultdict
from fractions import Fraction
from math import ceil, floor

from tests.recomputation.found import Found
from tests.recomputation.rows import last_day

HALF = Fraction(1, 2)


class Firms:
    """The enterprises' figures as they are known of a quarter: none of a later one."""

    def __init__(self, stored, line, quarter):
        self.stored, self.line, self.quarter = stored, line, quarter
        self.lines = {q: of for q, of in stored.lines.items() if q <= quarter}
        self.of = defaultdict(dict)
        for q, of in sorted(self.lines.items()):
            for firm, one in of.items():
                self.of[firm][q] = one
        self.of = {firm: mine for firm, mine in self.of.items() if self.may_count(mine)}

    def may_count(self, mine):
        """Half the line for a year at the same rate, this year or at the end of the last."""
        start = self.quarter // 4 * 4
        return any(
            q in mine
            and mine[q].revenue is not None
            and mine[q].revenue >= self.line * HALF * (q % 4 + 1) / 4
            for q in range(start - 1, self.quarter + 1)
        )

    def newest(self, mine, quarter):
        """The newest quarter of the year that has a figure."""
        year = range(quarter, quarter // 4 * 4 - 1, -1)
        return next((q for q in year if q in mine and mine[q].revenue is not None), None)

    def over(self, quarter):
        """Whoever is over the line by the newest figure of the year, with its city."""
        found = {}
        for firm, mine in self.of.items():
            q = self.newest(mine, quarter)
            if q is not None and mine[q].revenue > self.line:
                found[firm] = mine[q].city
        return found

    def accepted(self, mine, quarter):
        return mine[quarter].revenue if quarter in mine else None

    def before(self, mine, quarter):
        """The figure a year earlier: accepted, or as the return of the quarter itself has it."""
        accepted = self.accepted(mine, quarter - 4)
        return mine[quarter].last_year if accepted is None and quarter in mine else accepted

    def factors(self, p, q):
        """By city, and None for the province: the growth from p to q a year earlier."""
        told = any(q - 4 in mine for mine in self.of.values())
        sums = defaultdict(lambda: [0, 0])
        for mine in self.of.values():
            city = next((mine[at].city for at in (p, q, p - 4, q - 4) if at in mine), None)
            later = self.accepted(mine, q - 4) if told else self.before(mine, q)
            then = self.before(mine, p)
            if city is not None and None not in (then, later):
                for key in (city, None):
                    sums[key] = [sums[key][0] + then, sums[key][1] + later]
        return {key: self.factor(p, q, *both) for key, both in sums.items()}

    def factor(self, p, q, then, later):
        if then is None or later is None or then <= 0:
            return None
        least = Fraction(1) if p // 4 == q // 4 else Fraction(1, 20)
        return later / then if least <= later / then <= 20 else None

    def centre(self, aim, silent):
        """How many are over the line by a quarter, those estimated to be among them."""
        over, known = self.over(self.quarter), {}
        year = range(self.quarter // 4 * 4, self.quarter + 1)
        begun = {mine[q].city for mine in self.of.values() for q in year if q in mine}
        count = len(over)
        for firm, mine in self.of.items():
            p = None if firm in over else self.base(mine, begun)
            if p is None or p == aim or any(q > p and one.closed for q, one in mine.items()):
                continue
            if p != self.quarter and mine[p].city not in silent:
                continue
            if p not in known:
                known[p] = self.factors(p, aim)
            own = self.factor(p, aim, self.before(mine, p), self.accepted(mine, aim - 4))
            factor = own or known[p].get(mine[p].city) or known[p].get(None)
            count += factor is not None and mine[p].revenue * factor > self.line
        return Fraction(count)

    def base(self, mine, begun):
        """The quarter that an enterprise is estimated from: of this year, else of the last."""
        q = self.newest(mine, self.quarter)
        if q is None:
            q = self.newest(mine, self.quarter // 4 * 4 - 1)
            q = None if q is None or mine[q].city in begun else q
        return q


def last_reported(stored, city, quarter):
    """The city's newest quarter with enterprises, of this year or the last; None if none."""
    recent = range(quarter - 1, quarter // 4 * 4 - 5, -1)
    return next((q for q in recent if (city, q) in stored.reported), None)


def firms(stored, target, quarter, taken):
    """Return what is known of a count; the ends of its estimates are taken over."""
    of = Firms(stored, target.line, quarter)
    over = of.over(quarter)
    silent = [c for c in stored.cities if (c, quarter) not in stored.reported]
    accepted = len(stored.cities) - len(silent)
    reported = Fraction(sum(city not in silent for city in over.values())) if accepted else None
    weight = weight_of(stored, target, quarter, silent)
    why_not = None
    if silent and accepted:
        least = Fraction(str(stored.plan(quarter)[3]))
        if weight is None or weight < least:
            why_not = "low_coverage"
        elif any(last_reported(stored, c, quarter) is None for c in silent):
            why_not = "no_earlier_figure"
    estimate = projection = None
    if accepted and not why_not and quarter % 4 != 3:
        low, high = taken.of_year or (None, None)
        projection = low, of.centre(quarter | 3, silent), high
    if accepted and silent and not why_not:
        if taken.of_quarter is None:
            why_not = "too_few_errors"
        else:
            low, high = taken.of_quarter
            estimate = low, of.centre(quarter, silent), high
    least = Fraction(len(over)) if accepted or over else None
    return Found(
        accepted=accepted,
        missing=[stored.cities[c] for c in silent],
        certain=(least, None if silent else least),
        value=None if silent else reported,
        reported_only=reported if silent else None,
        weight=weight,
        estimate=estimate,
        no_estimate=why_not,
        projection=projection,
    )


def weight_of(stored, target, quarter, silent):
    """The reporting cities' part of the count a year earlier; None unknown."""
    if not silent:
        return Fraction(1)
    then = [
        one.city
        for one in stored.lines.get(quarter - 4, {}).values()
        if one.revenue is not None and one.revenue > target.line
    ]
    if not then or any((c, quarter - 4) not in stored.reported for c in silent):
        return None
    return Fraction(sum(city not in silent for city in then), len(then))


def firms_turn(stored, target, quarter, line):
    """How many more enterprises must come, and how many came in that part of last year."""
    of, then = Firms(stored, target.line, quarter), quarter - 4
    if not target.rising:
        return None
    wanted = ceil(line) if target.comparator == ">=" else floor(line) + 1
    lacking = wanted - len(of.over(quarter))
    if lacking <= 0:
        return None
    crossed = 0
    for city in (c for c in stored.cities if (c, quarter) not in stored.reported):
        p = last_reported(stored, city, quarter)
        if p is None or (city, then) not in stored.reported:
            return {"firms": lacking, "crossed": None}
        theirs = {firm for firm, code in of.over(then).items() if code == city}
        if p // 4 == quarter // 4:
            if (city, p - 4) not in stored.reported:
                return {"firms": lacking, "crossed": None}
            theirs -= of.over(p - 4).keys()
        crossed += len(theirs)
    return {"firms": lacking, "crossed": crossed}


def established(stored, target, quarter):
    """Return how many clusters, parks or titled enterprises there are."""
    on = min(last_day(quarter), stored.day or last_day(quarter))
    known, missing = [], []
    if target.things == "title":
        mine = [(f, a, b) for tier, f, a, b in stored.awards if tier == target.tier_id]
        held = {f for f, a, b in mine if a <= on and (b is None or on <= b)}
        value = Fraction(len(held)) if any(a <= on for _, a, _ in mine) else None
        return Found(accepted=0, missing=[], certain=(value, value), value=value)
    table = "clusters_cluster" if target.things == "clusters" else "parks_park"
    for _, name, since, found_not in stored.things(table, quarter):
        if since is not None:
            known.append(since <= on)
        elif found_not is not None and found_not >= on:
            known.append(False)
        else:
            missing.append(name)
    value = Fraction(sum(known)) if known else None
    return Found(
        accepted=len(known),
        missing=missing,
        certain=(value, None if value is None else value + len(missing)),
        value=None if missing else value,
        reported_only=value if missing else None,
    )
