"""
What cities reported, quarter by quarter, to measure the plausibility rules on: true figures.

Two sources: the demonstration, and a made-up history with heavier tails and a year with shocks, as
2020 was: one industry field loses 40 %, one gains 60 %, and every firm moves by itself as well.
"""

import random
from dataclasses import dataclass, field
from decimal import Decimal
from math import exp

from enterprises.thresholds import OVER_100M
from foundation.quarters import Quarter
from submissions.demonstration import province, story, totals
from submissions.workbook.layout import CITY_MEASURES
from tests.submissions.rules.workshop import code

FIGURES = (
    *("output_value", "revenue", "total_revenue", "rd_expenditure", "employees"),
    "revenue_last_year",
)


@dataclass
class Town:
    """
    A city's true returns.

    lines   quarter -> lines by field, as the workshop takes them; amounts in yuan
    totals  quarter -> the city's own figures by measure
    fields  credit code -> industry field
    """

    name: str
    lines: dict[Quarter, list[dict]] = field(default_factory=dict)
    totals: dict[Quarter, dict[str, Decimal]] = field(default_factory=dict)
    fields: dict[str, int] = field(default_factory=dict)

    def quarters(self, *, after: int = 4) -> list[Quarter]:
        """Return the quarters with so many quarters before them."""
        return sorted(self.lines)[after:]


def demonstration() -> list[Town]:
    """Return the sixteen cities of the demonstration."""
    return [_demo_town(city) for city in province.PROFILES]


def _demo_town(city: str) -> Town:
    town, kinds = Town(city), {}
    for quarter in story.quarters():
        told = story.truth(city, quarter)
        town.lines[quarter] = [
            {
                "credit_code": one.firm.credit_code,
                "name": one.firm.name,
                "remark": one.remark or None,
                **{name: getattr(one, name) for name in FIGURES},
            }
            for one in told
        ]
        of_city = totals.city_totals(city, told)
        town.totals[quarter] = {name: getattr(of_city, name) for name in CITY_MEASURES}
        for one in told:
            kind = kinds.setdefault(one.firm.field, len(kinds))
            town.fields[one.firm.credit_code] = kind
    return town


# ---- with heavier tails, and shocks --------------------------------------------------------

SHOCK_YEAR = 2020
YEARS = range(2018, 2022)
SEASONS = (0.2, 0.24, 0.26, 0.3)
# What the shock year makes of each industry field.
SHOCKS = {0: 0.6, 1: 1.6, 2: 1.0}


def with_shocks(seed: int = 2020, towns: int = 12) -> list[Town]:
    """Return made-up cities of 20 to 120 firms in the years around the shocks."""
    rng = random.Random(seed)
    return [_made_town(f"town {n}", rng, rng.choice((20, 30, 50, 80, 120))) for n in range(towns)]


def _made_town(name: str, rng: random.Random, size: int) -> Town:
    town = Town(name)
    firms = [_MadeFirm(number, rng) for number in range(1, size + 1)]
    share = rng.uniform(1.04, 1.12)
    for year in YEARS:
        for firm in firms:
            firm.begin(year, rng)
        for number in range(1, 5):
            quarter = Quarter(year, number)
            lines = [line for firm in firms if (line := firm.line(quarter, rng))]
            town.lines[quarter] = lines
            town.totals[quarter] = _made_totals(lines, share * rng.uniform(0.99, 1.01))
        town.fields = {code(firm.number): firm.field for firm in firms}
    return town


def _laplace(rng: random.Random, width: float) -> float:
    """Return a draw with the tails that growth rates of firms have."""
    return rng.choice((-1, 1)) * rng.expovariate(1 / width)


class _MadeFirm:
    """A firm with its size, habits and luck."""

    def __init__(self, number: int, rng: random.Random) -> None:
        self.number, self.field = number, number % len(SHOCKS)
        self.size = exp(rng.gauss(17.2, 1.4))
        self.ratio, self.whole = rng.uniform(0.9, 1.15), rng.uniform(1.0, 1.8)
        self.research = rng.uniform(0.01, 0.08)
        self.staff = max(4, self.size / rng.uniform(4e5, 1.6e6))
        # Every tenth firm lives on a few large projects.
        self.lumpy = 0.6 if rng.random() < 0.1 else 0.15
        self.since = Quarter(rng.choice(YEARS), rng.randint(1, 4)) if rng.random() < 0.1 else None
        self.last: dict[str, Decimal] = {}

    def begin(self, year: int, rng: random.Random) -> None:
        """Draw the quarters of a year."""
        shock = year == SHOCK_YEAR
        grown = _laplace(rng, 0.2 if shock else 0.1) + 0.06
        self.size *= exp(grown) * (SHOCKS[self.field] if shock else 1)
        self.staff = max(4, self.staff * exp(grown / 3))
        self.singles = [self.size * part * exp(rng.gauss(0, self.lumpy)) for part in SEASONS]
        self.drift = {name: exp(rng.gauss(0, 0.03)) for name in ("output_value", "total_revenue")}
        self.spent = self.research * exp(rng.gauss(0, 0.15))

    def line(self, quarter: Quarter, rng: random.Random) -> dict | None:
        """Return the line of a quarter; None before the firm's first one."""
        if self.since and quarter < self.since:
            return None
        first = self.since.quarter if self.since and self.since.year == quarter.year else 1
        made = sum(self.singles[first - 1 : quarter.quarter])
        self.staff = max(4, self.staff * exp(rng.gauss(0, 0.02)))
        amounts = {
            "output_value": made * self.ratio * self.drift["output_value"],
            "revenue": made,
            "total_revenue": made * max(1, self.whole * self.drift["total_revenue"]),
            "rd_expenditure": made * self.spent,
        }
        return {
            "credit_code": code(self.number),
            "name": f"企业{self.number}",
            "remark": None,
            **{name: Decimal(round(amount / 100) * 100) for name, amount in amounts.items()},
            "employees": Decimal(round(self.staff)),
            "revenue_last_year": None,
        }


def _made_totals(lines: list[dict], share: float) -> dict[str, Decimal]:
    """Return the city's own figures: its lines, and small firms without a line."""
    by = Decimal(repr(share))
    sums = {
        name: (sum(line[name] for line in lines) * by).quantize(Decimal(1))
        for name in ("output_value", "revenue", "rd_expenditure", "employees")
    }
    over = sum(line["revenue"] > OVER_100M for line in lines)
    return sums | {
        "enterprises": Decimal(round(len(lines) * 1.3)),
        "enterprises_over_100m": Decimal(over),
    }
