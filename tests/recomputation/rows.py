"""What is stored, read in plain SQL: fractions, and quarters as whole numbers, 4 × year + q − 1."""

from collections import defaultdict, namedtuple
from datetime import date
from fractions import Fraction

from django.db import connection

MEASURES = ("output_value", "revenue", "rd_expenditure", "employees", "enterprises")
AMOUNTS = MEASURES[:3]  # Cumulative from 1 January; the others are of the quarter's end.
YI, WAN = 10**8, 10**4
FACTORS = {"ratio": 1, "percent": Fraction(1, 100), "count": 1, "yuan": 1, "wan": WAN, "yi": YI}
TARGET_COLUMNS = (
    *("id", "indicator", "kind", "measure", "numerator", "threshold", "strict", "things"),
    *("tier_id", "comparator", "value", "unit", "band_low", "band_high", "period"),
    *("baseline_value", "baseline_period", "behind_from", "seriously_behind_over"),
)

# An enterprise's figure of a quarter; closed: its city declared that there is no more to come.
Line = namedtuple("Line", "city revenue last_year closed")


def rows(table, columns, where="1 = 1", *given):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(columns)} FROM {table} WHERE {where}", given)  # noqa: S608
        return cursor.fetchall()


def number(stored):
    return None if stored is None else Fraction(str(stored))


def cents(stored):
    """SQLite gives decimals back as floats: an amount is what it is to the cent."""
    return None if stored is None else Fraction(round(Fraction(str(stored)) * 100), 100)


def ordinal(code):
    return 4 * int(code[:4]) + int(code[5]) - 1


def last_day(quarter):
    year, q = divmod(quarter, 4)
    return date(year, 3 * q + 3, (31, 30, 30, 31)[q])


def day(stored):
    return date.fromisoformat(stored) if isinstance(stored, str) else stored


class Stored:
    """
    What was in force at a moment, by city's key and quarter; day is the day looked from.

    made   by measure: what each city reported; told: what it wrote of the year before
    lines  by quarter: each enterprise's figure
    none   the cities and quarters that declared that they have no enterprise

    Of targets, clusters and parks only what stands now is known.
    """

    def __init__(self, moment, looked_from=None):
        self.day = looked_from
        at = connection.ops.adapt_datetimefield_value(moment)
        in_force = "published_at <= %s AND (superseded_at IS NULL OR superseded_at > %s)", at, at
        quarters = {pk: ordinal(c) for pk, c in rows("clusters_reportingperiod", ("id", "code"))}
        found = rows("clusters_city", ("id", "name_en", "code"))
        self.cities = {pk: name for pk, name, _ in sorted(found, key=lambda city: city[2])}
        self.made, self.told = ({measure: {} for measure in MEASURES} for _ in range(2))
        self.none = set()
        earlier = tuple(f"{measure}_last_year" for measure in MEASURES)
        columns = ("city_id", "period_id", "nil", *MEASURES, *earlier)
        for city, period, nil, *figures in rows("clusters_cityreturn", columns, *in_force):
            slot = city, quarters[period]
            for table, some in ((self.made, figures[:5]), (self.told, figures[5:])):
                for measure, figure in zip(MEASURES, map(cents, some), strict=True):
                    if figure is not None:
                        table[measure][slot] = figure
            if nil or figures[MEASURES.index("enterprises")] == 0:
                self.none.add(slot)
        self.lines = defaultdict(dict)
        columns = ("enterprise_id", "period_id", "city_id", "revenue", "revenue_last_year", "nil")
        for firm, period, city, revenue, before, nil in rows(
            "enterprises_enterprisereturn", columns, *in_force
        ):
            made = Fraction(0) if revenue is None and nil == "nothing" else cents(revenue)
            closed = nil in ("closed", "moved")
            self.lines[quarters[period]][firm] = Line(city, made, cents(before), closed)
        self.reported = {(line.city, q) for q, of in self.lines.items() for line in of.values()}
        self.reported |= self.none
        columns = ("tier_id", "enterprise_id", "awarded_on", "expires_on")
        self.awards = [
            (tier, firm, day(since), day(until))
            for tier, firm, since, until in rows("enterprises_tieraward", columns)
        ]
        self.plans = rows("clusters_plan", ("id", "first_year", "last_year", "least_weight"))

    def plan(self, quarter):
        within = [plan for plan in self.plans if plan[1] <= quarter // 4 <= plan[2]]
        return max(within or self.plans, key=lambda plan: (plan[1], plan[0]))

    def things(self, table, quarter):
        """City, English name, established on, found not to be on: of a plan's clusters or parks."""
        columns = ("city_id", "name_en", "established_on", "not_established_on")
        found = rows(table, columns, "plan_id = %s", self.plan(quarter)[0])
        order = list(self.cities)
        found.sort(key=lambda row: order.index(row[0]))
        return [(city, name, day(on), day(found_not)) for city, name, on, found_not in found]

    def targets(self, quarter):
        found = rows("indicators_target", TARGET_COLUMNS, "plan_id = %s", self.plan(quarter)[0])
        return [Target(dict(zip(TARGET_COLUMNS, row, strict=True))) for row in found]


class Target:
    """A target's row, with its values in the indicator's unit and its points on the way."""

    def __init__(self, stored):
        self.__dict__ |= stored
        factor = FACTORS[self.unit]
        for name in ("value", "band_low", "band_high", "baseline_value"):
            given = number(stored[name])
            setattr(self, name, None if given is None else given * factor)
        self.deadline = ordinal(self.period)
        self.start = ordinal(self.baseline_period) if self.baseline_period else None
        self.yellow, self.red = number(self.behind_from), number(self.seriously_behind_over)
        points = rows("indicators_interimpoint", ("period", "value"), "target_id = %s", self.id)
        self.points = sorted((ordinal(code), number(value) * factor) for code, value in points)
        self.annual = self.kind == "count" or (self.kind == "level" and self.measure in AMOUNTS)
        self.rising = self.comparator in (">=", ">")
        self.aim = self.value
        if self.comparator == "about":
            above = self.baseline_value is not None and self.baseline_value > self.band_high
            self.aim = self.band_high if above else self.band_low
        self.line = number(self.threshold)
        if self.line is not None and not self.strict:
            self.line -= Fraction(1, 100)

    def projected(self, quarter):
        """Whether what the year will come to is judged."""
        return self.annual and quarter % 4 != 3
