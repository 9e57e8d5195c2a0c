"""
Verdict and sentence of every target, reckoned anew from the stored rows.

Plain SQL and fractions; nothing here comes from the application, so that the two can only
agree by both being right. English only. Quarters are whole numbers: 4 × year + quarter − 1.
"""

from collections import defaultdict
from datetime import date
from fractions import Fraction
from functools import cache
from math import ceil, floor

from django.db import connection

YI, BILLION = Fraction(10**8), Fraction(10**9)
FACTORS = {"ratio": 1, "percent": Fraction(1, 100), "count": 1, "yuan": 1, "wan": 10**4, "yi": YI}
NOUNS = {
    "firms": ("firm", "firms"),
    "title": ("enterprise", "enterprises"),
    "clusters": ("cluster", "clusters"),
    "parks": ("park", "parks"),
    "employees": ("person", "persons"),
    "enterprises": ("firm", "firms"),
}
SMALL = Fraction(1, 20)


# ---- what is stored --------------------------------------------------------------------


def rows(table, *columns, where="1 = 1"):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(columns)} FROM {table} WHERE {where}")  # noqa: S608
        return cursor.fetchall()


def number(stored):
    return None if stored is None else Fraction(str(stored))


def cents(stored):
    """SQLite gives decimals back as floats: an amount is what it is to the cent."""
    return None if stored is None else Fraction(round(Fraction(str(stored)) * 100), 100)


def ordinal(code):
    return 4 * int(code[:4]) + int(code[5]) - 1


def last_day(quarter):
    year, number = divmod(quarter, 4)
    return date(year, 3 * number + 3, (31, 30, 30, 31)[number])


def day(stored):
    return date.fromisoformat(stored) if isinstance(stored, str) else stored


class Stored:
    """Everything in force now."""

    def __init__(self):
        in_force = "superseded_at IS NULL"
        self.quarters = {
            pk: ordinal(code) for pk, code in rows("clusters_reportingperiod", "id", "code")
        }
        self.cities = {
            pk: (code, name) for pk, code, name in rows("clusters_city", "id", "code", "name_en")
        }
        self.totals = defaultdict(dict)
        for city, period, *amounts in rows(
            "clusters_cityreturn",
            "city_id",
            "period_id",
            "output_value",
            "revenue",
            "rd_expenditure",
            "employees",
            "enterprises",
            where=in_force,
        ):
            names = ("output_value", "revenue", "rd_expenditure", "employees", "enterprises")
            self.totals[city][self.quarters[period]] = dict(
                zip(names, map(cents, amounts), strict=True)
            )
        self.lines = defaultdict(lambda: defaultdict(dict))
        for firm, city, period, revenue in rows(
            "enterprises_enterprisereturn",
            "enterprise_id",
            "city_id",
            "period_id",
            "revenue",
            where=in_force,
        ):
            self.lines[self.quarters[period]][city][firm] = cents(revenue)
        self.awards = [
            (tier, firm, day(since), day(until))
            for tier, firm, since, until in rows(
                "enterprises_tieraward", "tier_id", "enterprise_id", "awarded_on", "expires_on"
            )
        ]
        self.plans = rows("clusters_plan", "id", "first_year", "last_year")

    def plan(self, quarter):
        within = [p for p in self.plans if p[1] <= quarter // 4 <= p[2]]
        return max(within or self.plans, key=lambda p: (p[1], p[0]))[0]

    def of_plan(self, table, plan):
        """City, English name, established on, found not to be on: of a plan's clusters or parks."""
        found = rows(
            table,
            "city_id",
            "name_en",
            "established_on",
            "not_established_on",
            where=f"plan_id = {plan}",
        )
        found.sort(key=lambda row: self.cities[row[0]][0])
        return [(city, name, day(on), day(found_not)) for city, name, on, found_not in found]

    def targets(self, quarter):
        columns = (
            "id",
            "indicator",
            "kind",
            "measure",
            "numerator",
            "threshold",
            "strict",
            "things",
            "tier_id",
            "comparator",
            "value",
            "unit",
            "band_low",
            "band_high",
            "period",
            "baseline_value",
            "baseline_period",
            "behind_from",
            "seriously_behind_over",
        )
        found = rows("indicators_target", *columns, where=f"plan_id = {self.plan(quarter)}")
        return [Target(**dict(zip(columns, row, strict=True))) for row in found]


class Target:
    def __init__(self, **stored):
        self.__dict__ |= stored
        factor = FACTORS[self.unit]
        for name in ("value", "band_low", "band_high", "baseline_value"):
            given = number(stored[name])
            setattr(self, name, None if given is None else given * factor)
        self.deadline = ordinal(self.period)
        self.start = ordinal(self.baseline_period) if self.baseline_period else None
        self.yellow, self.red = number(self.behind_from), number(self.seriously_behind_over)
        points = rows("indicators_interimpoint", "period", "value", where=f"target_id = {self.id}")
        self.points = sorted((ordinal(code), number(value) * factor) for code, value in points)
        self.annual = self.kind == "count" or (
            self.kind == "level" and self.measure not in ("employees", "enterprises")
        )
        self.aim = self.value
        if self.comparator == "about":
            above = self.baseline_value is not None and self.baseline_value > self.band_high
            self.aim = self.band_high if above else self.band_low
        self.line = number(self.threshold)
        if self.line is not None and not self.strict:
            self.line -= Fraction(1, 100)

    def met(self, value):
        return {
            ">=": lambda: value >= self.value,
            ">": lambda: value > self.value,
            "<=": lambda: value <= self.value,
            "<": lambda: value < self.value,
            "about": lambda: self.band_low <= value <= self.band_high,
        }[self.comparator]()

    def due(self, quarter):
        """Share of the way due, or the reason why there is no line."""
        if self.baseline_value is None:
            return "no baseline"
        if self.baseline_value == self.aim or self.met(self.baseline_value):
            return "no distance"
        way = self.aim - self.baseline_value
        line = [(self.start, Fraction(0))]
        line += [(q, (value - self.baseline_value) / way) for q, value in self.points]
        line.append((self.deadline, Fraction(1)))
        for (a, low), (b, high) in zip(line, line[1:], strict=False):
            if a >= b or low > high:
                return "no line"
        if quarter <= self.start:
            return Fraction(0)
        for (a, low), (b, high) in zip(line, line[1:], strict=False):
            if quarter <= b:
                return low + (high - low) * (quarter - a) / (b - a)
        return Fraction(1)

    def covered(self, value):
        if self.comparator == "about":
            if self.aim == self.band_low and value > self.band_high:
                value = self.band_low - (value - self.band_high)
            elif self.aim == self.band_high and value < self.band_low:
                value = self.band_high + (self.band_low - value)
        return (value - self.baseline_value) / (self.aim - self.baseline_value)


# ---- figures ---------------------------------------------------------------------------


class Figures:
    """Value, what is judged, how far silence could move that, and whose figures it rests on."""

    def __init__(self, value, judged, low, high, accepted, expected, missing):
        self.value, self.judged, self.low, self.high = value, judged, low, high
        self.accepted, self.expected, self.missing = accepted, expected, missing


def ceilings(amounts, quarter):
    """What each silent city could have made at most, by city; None without a record."""
    reporting = [city for city in amounts if amounts[city].get(quarter) is not None]
    found = {}
    for city in amounts:
        if city in reporting:
            continue
        mine = amounts[city]
        year = [q for q in range(quarter // 4 * 4, quarter) if mine.get(q) is not None][-1:]
        best = None
        for then in {*year, *([quarter - 4] if mine.get(quarter - 4) is not None else [])}:
            rates = [
                amounts[other][quarter] / amounts[other][then]
                for other in reporting
                if amounts[other].get(then)
            ]
            if rates:
                grown = mine[then] * max(rates)
                raised = Fraction(ceil(grown * 100), 100) if max(rates) > 1 else mine[then]
                best = raised if best is None else max(best, raised)
        found[city] = best
    return found


def of_cities(stored, target, quarter):
    amounts = {
        city: {q: totals[target.measure] for q, totals in stored.totals[city].items()}
        for city in stored.cities
    }
    silent = ceilings(amounts, quarter)
    known = {c: amounts[c][quarter] for c in amounts if c not in silent}
    missing = sorted(silent, key=lambda c: stored.cities[c][0])
    names = [stored.cities[c][1] for c in missing]
    if target.kind == "share":
        found = share(stored, target, quarter, known, silent)
    else:
        found = level(target, quarter, amounts, known, silent)
    return Figures(*found, len(known), len(amounts), names)


def share(stored, target, quarter, known, silent):
    table = "clusters_cluster" if target.numerator == "cluster_cities" else "parks_park"
    part = {row[0] for row in stored.of_plan(table, stored.plan(quarter))}
    province = sum(known.values())
    if not province:
        return None, None, None, None
    clusters = sum(amount for city, amount in known.items() if city in part)
    value = clusters / province
    if not silent:
        return value, value, None, None
    inside = [most for city, most in silent.items() if city in part]
    outside = [most for city, most in silent.items() if city not in part]
    low = 0 if None in outside else clusters / (province + sum(outside))
    high = 1 if None in inside else (clusters + sum(inside)) / (province + sum(inside))
    return value, value, Fraction(low), Fraction(high)


def level(target, quarter, amounts, known, silent):
    if not known:
        return None, None, None, None
    value = sum(known.values())
    high = None if None in silent.values() else value + sum(silent.values())
    of_year = Fraction(1)
    if target.annual and quarter % 4 != 3:
        then, whole = quarter - 4, quarter // 4 * 4 - 1
        both = [a for a in amounts.values() if None not in (a.get(then), a.get(whole))]
        whole_year = sum(a[whole] for a in both)
        of_year = sum(a[then] for a in both) / whole_year if whole_year else None
        if of_year is None or not SMALL <= of_year <= 1:
            return value, None, None, None
    judged = to_cents(value / of_year) if target.annual else value
    if not silent or high is None:
        return value, judged, None, None
    return value, judged, judged, to_cents(high / of_year) if target.annual else high


def to_cents(amount):
    return Fraction(floor(amount * 100 + Fraction(1, 2)), 100)


def says_firms(stored, city, quarter):
    if stored.lines[quarter].get(city):
        return True
    return stored.totals[city].get(quarter, {}).get("enterprises") == 0


def firms(stored, target, quarter):
    spoke = [city for city in stored.cities if says_firms(stored, city, quarter)]
    missing = sorted(set(stored.cities) - set(spoke), key=lambda c: stored.cities[c][0])
    names = [stored.cities[c][1] for c in missing]
    rest = len(spoke), len(stored.cities), names
    if not spoke:
        return Figures(None, None, None, None, *rest)
    here = {f: (c, r) for c, of in stored.lines[quarter].items() for f, r in of.items()}
    over = {f for f, (_, r) in here.items() if r is not None and r > target.line}
    expected = {
        f
        for f, (c, r) in here.items()
        if r is not None and to_cents(r / year_share(stored, f, c, quarter)) > target.line
    }
    judged = len(over) if quarter % 4 == 3 else len(over | expected)
    could = could_be_over(stored, target, quarter, missing, here)
    bounded = missing and could is not None
    low, high = (Fraction(judged), Fraction(judged + could)) if bounded else (None, None)
    return Figures(Fraction(len(over)), Fraction(judged), low, high, *rest)


def year_share(stored, firm, city, quarter):
    """Which share of a year is over by a quarter: the firm's, the city's, the province's."""
    if quarter % 4 == 3:
        return Fraction(1)
    then, whole = quarter - 4, quarter // 4 * 4 - 1

    def of_firm(at):
        return next((of[firm] for of in stored.lines[at].values() if firm in of), None)

    return (
        usable(of_firm(then), of_firm(whole))
        or usable(of_city(stored, then, city), of_city(stored, whole, city))
        or province_share(stored, then, whole)
        or Fraction(quarter % 4 + 1, 4)
    )


def usable(part, all_of_it):
    if part is None or not all_of_it or all_of_it < 0:
        return None
    found = part / all_of_it
    return found if SMALL <= found <= 1 else None


@cache
def of_city(stored, quarter, city):
    said = [r for r in stored.lines[quarter].get(city, {}).values() if r is not None]
    return sum(said) if said else None


@cache
def province_share(stored, then, whole):
    both = [
        (a, b)
        for c in stored.cities
        if None not in (a := of_city(stored, then, c), b := of_city(stored, whole, c))
    ]
    return usable(sum(a for a, _ in both), sum(b for _, b in both)) if both else None


def could_be_over(stored, target, quarter, missing, here):
    """How many enterprises of silent cities could be over the line; None if nothing says."""
    could = set()
    for city in missing:
        earlier = [q for q in sorted(stored.quarters.values()) if q < quarter]
        last = [q for q in earlier if says_firms(stored, city, q)]
        if not last:
            return None
        for firm, revenue in stored.lines[last[-1]].get(city, {}).items():
            a_year = revenue * 4 / (last[-1] % 4 + 1) if revenue is not None else 0
            if a_year * 2 >= target.line and firm not in here:
                could.add(firm)
    return len(could)


def established(stored, target, quarter):
    on = last_day(quarter)
    if target.things == "title":
        mine = [(f, a, b) for tier, f, a, b in stored.awards if tier == target.tier_id]
        if not any(a <= on for _, a, _ in mine):
            return Figures(None, None, None, None, 0, 0, [])
        held = Fraction(len({f for f, a, b in mine if a <= on and (b is None or on <= b)}))
        return Figures(held, held, None, None, 0, 0, [])
    table = "clusters_cluster" if target.things == "clusters" else "parks_park"
    things = stored.of_plan(table, stored.plan(quarter))
    known, missing = [], []
    for _, name, since, found_not in things:
        if since is not None:
            known.append(since <= on)
        elif found_not is not None and found_not >= on:
            known.append(False)
        else:
            missing.append(name)
    value = Fraction(sum(known)) if known else None
    low, high = (value, value + len(missing)) if known and missing else (None, None)
    return Figures(value, value, low, high, len(known), len(things), missing)


# ---- verdict ---------------------------------------------------------------------------


def judge(target, found, quarter):
    """Return the standing, the reason, and the numbers of the sentence."""
    projected = target.annual and quarter % 4 != 3
    due = target.due(quarter | 3 if projected else quarter)
    lasting = not projected or target.comparator in (">=", ">")
    three = [x for x in (found.value, found.low, found.high) if x is not None]

    def at(value):
        return one_standing(target, value, quarter, due, projected=projected)

    if found.value is None:
        return "cannot_judge", "not reported", due
    if lasting and all(target.met(x) for x in three):
        return "achieved", "met", due
    if found.judged is None:
        return "cannot_judge", "no projection", due
    if found.low is None:
        if found.accepted < found.expected:
            return "cannot_judge", "no bounds", due
        return *at(found.judged), due
    torn = target.comparator == "about" and (
        found.low < target.band_low and target.band_high < found.high
    )
    if torn or at(found.low)[0] != at(found.high)[0]:
        return "cannot_judge", "bounds disagree", due
    return *at(found.judged), due


def one_standing(target, value, quarter, due, *, projected):
    if target.met(value) and not projected:
        return "achieved", "met"
    lit = None
    if not isinstance(due, str):
        behind = (due - target.covered(value)) * 100
        lit = (
            "on_pace"
            if behind <= 0
            else "slightly_behind"
            if behind < target.yellow
            else "behind"
            if behind <= target.red
            else "seriously_behind"
        )
    if quarter >= target.deadline:
        if target.met(value):
            return "cannot_judge", "year not over"
        return ("seriously_behind" if lit == "seriously_behind" else "behind"), "missed"
    return (lit, "pace") if lit else ("cannot_judge", due)


# ---- sentence --------------------------------------------------------------------------


def rounded(figure, places):
    scaled = floor(abs(figure) * 10**places + Fraction(1, 2))
    return Fraction(scaled if figure >= 0 else -scaled, 10**places)


def text(figure, places):
    whole = f"{abs(int(figure * 10**places)):0{places + 1}d}"
    sign = "-" if figure < 0 and int(whole) else ""
    return sign + (f"{whole[:-places]}.{whole[-places:]}" if places else whole)


def exact(figure):
    for places in range(30):
        if (figure * 10**places).denominator == 1:
            return text(figure, places)
    raise AssertionError(figure)


def places_for(shown, against, least):
    def order(a, b):
        return (a > b) - (a < b)

    for places in range(least, 30):
        if all(
            order(a, b) == order(rounded(a, places), rounded(b, places))
            for a in shown
            for b in shown
        ) and all(order(a, b) == order(rounded(a, places), b) for a in shown for b in against):
            return places
    return 30


class Words:
    def __init__(self, target, found):
        self.target, self.found = target, found
        self.scale = Fraction(1)
        if target.kind == "share":
            self.scale, least, self.noun = Fraction(100), 1, None
        elif target.kind == "level" and target.annual:
            self.scale, least, self.noun = 1 / BILLION, 2, None
        else:
            least = 0
            self.noun = NOUNS[
                target.things or (target.measure if target.kind == "level" else "firms")
            ]
        shown = [x for x in (found.value, found.judged, found.low, found.high) if x is not None]
        fixed = (target.value, target.baseline_value, target.band_low, target.band_high)
        self.places = places_for(
            [x * self.scale for x in shown],
            [x * self.scale for x in fixed if x is not None],
            least,
        )

    def unit(self, written):
        if self.target.kind == "share":
            return written
        if self.noun is None:
            return f"{written} billion yuan"
        return f"{written} {self.noun[written != '1']}"

    def value(self, figure):
        written = text(rounded(figure * self.scale, self.places), self.places)
        return self.unit(written + ("%" if self.target.kind == "share" else ""))

    def bare(self, figure):
        return exact(figure * self.scale) + ("%" if self.target.kind == "share" else "")

    def goal(self):
        t = self.target
        if t.comparator == "about":
            band = f"from {self.bare(t.band_low)} to {self.bare(t.band_high)}"
            return f"about {self.unit(self.bare(t.value))} ({band})"
        words = {">=": "at least", ">": "more than", "<=": "at most", "<": "less than"}
        return f"{words[t.comparator]} {self.unit(self.bare(t.value))}"


def end_of(quarter):
    year, q = divmod(quarter, 4)
    return f"end of {year}" if q == 3 else f"end of Q{q + 1} {year}"


def names(some):
    return "".join(some) if len(some) < 2 else f"{', '.join(some[:-1])} and {some[-1]}"


def sentence(target, found, quarter):
    """Return the standing, and the sentence that says why."""
    standing, reason, due = judge(target, found, quarter)
    w = Words(target, found)
    projected = target.annual and quarter % 4 != 3
    on_record = target.kind == "established"
    if standing == "cannot_judge":
        clauses = unjudged(target, found, quarter, reason, w)
    else:
        clauses = [said(target, found, quarter, w)]
        if not isinstance(due, str):
            clauses += [way(target, found, due, w, projected)]
        clauses += ruled(target, found, reason, due, w)
        if found.low != found.high:
            span = (
                f"from {w.value(found.low)} to {w.value(found.high)}, which would not change this"
            )
            if on_record:
                clauses.append(
                    f"with {names(found.missing)}, of which nothing on record says whether they "
                    f"are established, it could be anything {span}"
                )
            else:
                clauses.append(f"{names(found.missing)} could still make it anything {span}")
    if found.expected:
        of = "on record as established or not" if on_record else "cities accepted"
        clauses.append(f"{found.accepted}/{found.expected} {of}")
    whole = "; ".join(clauses) + "."
    return standing, whole[:1].upper() + whole[1:]


def said(target, found, quarter, w):
    when = end_of(quarter)
    if not (target.annual and quarter % 4 != 3):
        return f"{when}: {w.value(found.value)}"
    so_far = "so far" if target.kind == "level" else "secured"
    if found.judged is None:
        return f"{when}: {w.value(found.value)} {so_far}"
    expected = f"{w.value(found.judged)} expected by the year's end"
    return f"{when}: {w.value(found.value)} {so_far}, {expected}"


def way(target, found, due, w, projected):
    covered, due = (rounded(x * 100, 15) for x in (target.covered(found.judged), due))
    places = places_for([covered, due], [0, 100], 0)
    covered, due = (text(rounded(x, places), places) + "%" for x in (covered, due))
    start = f"from {w.bare(target.baseline_value)} to {w.bare(target.aim)}"
    if projected:
        return f"{start}, that is {covered} of the way, {due} due by the year's end"
    return f"{start}, {covered} of the way, {due} due"


def ruled(target, found, reason, due, w):
    if reason == "met":
        return [f"the target of {w.goal()} is met"]
    clauses = []
    if reason == "missed":
        clauses.append(
            f"the target of {w.goal()} was due by the {end_of(target.deadline)} and is missed, "
            "which is never better than behind"
        )
    if not isinstance(due, str):
        behind = rounded((due - target.covered(found.judged)) * 100, 15)
        edges = [0, target.yellow, target.red] if behind > 0 else [0]
        places = places_for([abs(behind)], edges, 0)
        points = text(rounded(abs(behind), places), places)
        word = "point" if points == "1" else "points"
        if behind < 0:
            clauses.append(f"{points} {word} ahead of the pace")
        elif behind > 0:
            bands = f"yellow from {exact(target.yellow)}, red over {exact(target.red)}"
            clauses.append(f"{points} {word} behind ({bands})")
    return clauses or ["on pace"]


def moved(target, found, w):
    low, high = w.value(found.low), w.value(found.high)
    move = f"from {w.value(found.judged)} "
    if found.high == found.judged:
        move += f"to {low}"
    elif found.low == found.judged:
        move += f"to {high}"
    else:
        move += f"down to {low} or up to {high}"
    if target.kind == "established":
        whether = f"whether {names(found.missing)} are established"
        return f"nothing on record says {whether}, which could move it {move}"
    have = "has" if len(found.missing) == 1 else "have"
    return f"{names(found.missing)} {have} not reported and could move it {move}"


STANDING_WORDS = {
    "achieved": "Achieved",
    "on_pace": "On pace",
    "slightly_behind": "Slightly behind",
    "behind": "Behind",
    "seriously_behind": "Seriously behind",
    "cannot_judge": "Cannot judge",
}
WHY_NOT = {
    "no baseline": "without a baseline there is no pace to hold it against",
    "no distance": "the baseline leaves no way to the target that could be measured",
    "no line": "baseline, interim points and deadline are not in order",
    "no projection": "there is no projection to the year's end",
    "year not over": "the deadline has passed, and the count of this year is not complete",
}


def unjudged(target, found, quarter, reason, w):
    because = "cannot judge yet: "
    if reason == "not reported":
        if target.things == "title":
            return [f"{because}no award of the title is on record for the {end_of(quarter)}"]
        if target.kind == "established":
            return [
                f"{because}nothing on record says which of them are established by the "
                f"{end_of(quarter)}"
            ]
        return [f"{because}there is no accepted figure for the {end_of(quarter)}"]
    if reason == "bounds disagree":
        low, high = target.met(found.low), target.met(found.high)
        torn = (
            target.comparator == "about"
            and not low
            and not high
            and (found.low < target.band_low and target.band_high < found.high)
        )
        if low is not high or torn:
            across = f"the target is {w.goal()}"
        else:
            due = judge(target, found, quarter)[2]
            projected = target.annual and quarter % 4 != 3
            one, other = (
                STANDING_WORDS[one_standing(target, x, quarter, due, projected=projected)[0]]
                for x in (found.low, found.high)
            )
            across = f"that would be anything from “{one}” to “{other}”"
        return [because + moved(target, found, w), across]
    if reason == "no bounds":
        have = "has" if len(found.missing) == 1 else "have"
        return [
            said(target, found, quarter, w),
            f"{because}{names(found.missing)} {have} not reported, and nothing on record says how "
            "far that could move it",
        ]
    why = WHY_NOT[reason]
    if reason == "year not over" and target.kind == "level":
        why = why.replace("count", "figure")
    clauses = [
        said(target, found, quarter, w),
        f"{w.goal()} due by the {end_of(target.deadline)}",
        because + why,
    ]
    return clauses + ([moved(target, found, w)] if found.low != found.high else [])


def recomputed(stored, quarter):
    """Yield code, standing and sentence of every target of a quarter's plan."""
    for target in stored.targets(quarter):
        figures = {"count": firms, "established": established}.get(target.kind, of_cities)
        found = figures(stored, target, quarter)
        yield (target.indicator, *sentence(target, found, quarter))
