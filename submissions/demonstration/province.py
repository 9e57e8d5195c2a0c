"""
The synthetic province: about nine hundred firms and their figures of a quarter. Pure.

Sizes are log-normal: about a third of the firms have nine tenths of the revenue, as in the
national survey. The three cluster cities grow faster than the others, so that their share of
output crosses one half once, in 2025. Everything follows from SEED: the same figures on every
machine, in any order of calls.
"""

import random
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from statistics import NormalDist

from foundation.quarters import Quarter
from submissions.demonstration import names

SEED = 311
FIRST, LAST = Quarter(2022, 4), Quarter(2025, 4)

# Median revenue of a firm in 2022, in yuan, and the standard deviation of its logarithm.
MIDDLE, SPREAD = 36.2e6, 1.5
# Share of a year's revenue in each quarter.
SEASONS = (0.205, 0.245, 0.25, 0.30)

LEADING = 100
OVER = Decimal("100000000")


@dataclass(frozen=True, slots=True)
class Profile:
    """
    Parameters of a city's firms and workbooks.

    size      size of its firms relative to the province's
    growth    a year, as a fraction
    unlisted  ratio of the city's totals to the sum of its listed firms
    unit      unit of its workbook
    step      smallest step of its figures, in yuan
    """

    code: str
    firms: int
    size: float
    growth: float
    unlisted: str
    unit: str
    step: str

    @property
    def quantum(self) -> Decimal:
        """Return the smallest step of the city's figures, in yuan."""
        return Decimal(self.step)


PROFILES = {
    profile.code: profile
    for profile in (
        Profile("370100", 128, 1.20, 0.138, "1.06", "万元", "100"),
        Profile("370200", 146, 1.29, 0.142, "1.05", "万元", "100"),
        Profile("370300", 106, 1.13, 0.130, "1.07", "千元", "1000"),
        Profile("370400", 26, 0.92, 0.075, "1.09", "元", "1"),
        Profile("370500", 32, 1.10, 0.070, "1.06", "万元", "100"),
        Profile("370600", 72, 1.12, 0.080, "1.06", "亿元", "10000"),
        Profile("370700", 78, 1.08, 0.082, "1.07", "千元", "1000"),
        Profile("370800", 52, 1.02, 0.078, "1.08", "万元", "100"),
        Profile("370900", 38, 0.95, 0.074, "1.08", "元", "1"),
        Profile("371000", 28, 1.00, 0.068, "1.07", "万元", "100"),
        Profile("371100", 22, 0.96, 0.080, "1.09", "万元", "100"),
        Profile("371300", 56, 1.00, 0.076, "1.08", "千元", "1000"),
        Profile("371400", 46, 1.05, 0.080, "1.07", "万元", "100"),
        Profile("371500", 30, 0.94, 0.072, "1.09", "元", "0.01"),
        Profile("371600", 30, 1.02, 0.070, "1.08", "亿元", "10000"),
        Profile("371700", 22, 0.90, 0.076, "1.10", "万元", "100"),
    )
}
CLUSTER_CITIES = ("370100", "370200", "370300")
PARK_CITIES = {
    *("370200", "370400", "370600", "370700", "370800"),
    *("370900", "371100", "371400", "371500", "371600"),
}
# Code prefixes: registered in Laiwu before it joined Jinan in 2019, or at the province.
LAIWU, PROVINCE = "371200", "370000"


@dataclass(frozen=True, slots=True)
class DemoAward:
    """A title of a firm: the tier's code, first day, last day (None: no end)."""

    tier: str
    awarded_on: date
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class Firm:
    """
    One fictional firm.

    revenue      of the year 2022, in yuan; the firm's size
    growth       a year, as a fraction
    output       output value over revenue; total: total revenue over environmental revenue
    research     R&D over revenue, None if the firm never reports it
    per_head     revenue of 2022 a head, in yuan
    since        the first quarter it reports, None if before the first quarter
    """

    number: int
    credit_code: str
    name: str
    city: str
    field: str
    in_park: bool
    revenue: float
    growth: float
    output: float
    total: float
    research: float | None
    per_head: float
    since: Quarter | None
    awards: tuple[DemoAward, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class DemoLine:
    """A firm's line of a quarter: cumulative amounts in yuan, None for not reported."""

    firm: Firm
    output_value: Decimal | None
    revenue: Decimal | None
    total_revenue: Decimal | None
    rd_expenditure: Decimal | None
    employees: int | None
    revenue_last_year: Decimal | None
    remark: str = ""


@cache
def firms() -> tuple[Firm, ...]:
    """Return every firm of the province, city by city, largest first within a city."""
    rng = random.Random(SEED)
    brands = names.brands(rng)
    every: list[Firm] = []
    sizes = {code: city_sizes(profile, rng) for code, profile in PROFILES.items()}
    leading = sorted((size for of_city in sizes.values() for size in of_city), reverse=True)[
        :LEADING
    ]
    for profile in PROFILES.values():
        for rank, size in enumerate(sizes[profile.code]):
            number = len(every) + 1
            is_leading = size >= leading[-1]
            every.append(make_firm(number, profile, rank, size, is_leading, next(brands), rng))
    return tuple(every)


def city_sizes(profile: Profile, rng: random.Random) -> list[float]:
    """
    Return the sizes of a city's firms, largest first, in yuan of the year 2022.

    Stratified: one from each of equally likely slices, so that no city is an outlier.
    """
    normal = NormalDist()
    slices = [(rank + rng.uniform(0.2, 0.8)) / profile.firms for rank in range(profile.firms)]
    sizes = [MIDDLE * profile.size * 2.718281828 ** (SPREAD * normal.inv_cdf(p)) for p in slices]
    return sorted(sizes, reverse=True)


def make_firm(
    number: int,
    profile: Profile,
    rank: int,
    size: float,
    is_leading: bool,
    brand: str,
    rng: random.Random,
) -> Firm:
    """Return one firm; larger ones grow more steadily and are likelier to have a title."""
    sector = rng.choices(list(names.BUSINESSES), weights=(45, 35, 20))[0]
    listed = is_leading and rng.random() < 0.28
    place = profile.code
    if is_leading and rng.random() < 0.06:
        place = PROVINCE
    elif profile.code == "370100" and rng.random() < 0.06:
        place = LAIWU
    newcomer = not is_leading and size < MIDDLE and rng.random() < 0.07
    return Firm(
        number=number,
        credit_code=names.credit_code(place, number),
        name=names.firm_name(brand, sector, rng, joint_stock=listed or rng.random() < 0.05),
        city=profile.code,
        field=sector,
        in_park=profile.code in PARK_CITIES and rng.random() < 0.32,
        revenue=size,
        growth=min(max(rng.gauss(profile.growth, 0.02 if is_leading else 0.05), -0.12), 0.35),
        output=rng.uniform(0.96, 1.12),
        total=rng.uniform(1.0, 1.6),
        research=None if rng.random() < 0.04 else rng.uniform(0.012, 0.065),
        per_head=rng.uniform(0.75e6, 1.4e6),
        since=Quarter.from_ordinal(FIRST.ordinal + rng.randint(1, 11)) if newcomer else None,
        awards=awards(rank, size, is_leading, listed, rng),
    )


def awards(
    rank: int, size: float, is_leading: bool, listed: bool, rng: random.Random
) -> tuple[DemoAward, ...]:
    """Return a firm's titles, by rank and size."""
    held = []
    if is_leading:
        batch = rng.choice((date(2023, 12, 28), date(2024, 6, 28), date(2025, 3, 31)))
        held.append(DemoAward("leading", batch))
    if rank == 0:
        held.append(DemoAward("chain-leader", date(2024, 4, 30)))
    if not is_leading and size > MIDDLE / 2 and rng.random() < 0.30:
        year = rng.choice((2021, 2022, 2023, 2024))
        # Three years, as the national title of that name is valid.
        held.append(DemoAward("specialised", date(year, 9, 1), date(year + 3, 8, 31)))
    if listed:
        held.append(DemoAward("listed", date(rng.randint(2008, 2021), rng.randint(1, 12), 15)))
    return tuple(held)


def firms_of(city: str) -> list[Firm]:
    """Return a city's firms, largest first."""
    return [firm for firm in firms() if firm.city == city]


@cache
def seasons(number: int, year: int) -> tuple[float, ...]:
    """Return the shares of a firm's revenue in the quarters of a year, near SEASONS."""
    rng = random.Random(f"{SEED}/{number}/{year}")
    return tuple(weight * rng.uniform(0.97, 1.03) for weight in SEASONS)


def turnover(firm: Firm, quarter: Quarter) -> float:
    """Return a firm's revenue from January to a quarter's end, in yuan, before rounding."""
    made = 0.0
    for number, weight in enumerate(seasons(firm.number, quarter.year)[: quarter.quarter], 1):
        if firm.since is None or Quarter(quarter.year, number) >= firm.since:
            years = quarter.year - 2022 + (number - 4) / 4
            made += firm.revenue * weight * (1 + firm.growth) ** years
    return made


def rounded(amount: float, step: Decimal) -> Decimal:
    """Return an amount as a workbook with this smallest step shows it, in yuan."""
    return (Decimal(repr(amount)) / step).quantize(Decimal("1"), ROUND_HALF_UP) * step


def line(firm: Firm, quarter: Quarter) -> DemoLine | None:
    """Return a firm's line of a quarter; None before its first quarter."""
    if firm.since and quarter < firm.since:
        return None
    step = PROFILES[firm.city].quantum
    made = turnover(firm, quarter)
    before = quarter.year_earlier()
    staff = firm.revenue * (1 + firm.growth / 3) ** (quarter.year - 2022) / firm.per_head
    return DemoLine(
        firm=firm,
        output_value=rounded(made * firm.output, step),
        revenue=rounded(made, step),
        # The part is rounded first, so that the whole is never below it.
        total_revenue=max(rounded(made * firm.total, step), rounded(made, step)),
        rd_expenditure=None if firm.research is None else rounded(made * firm.research, step),
        employees=max(3, round(staff)),
        revenue_last_year=(
            None if firm.since and before < firm.since else rounded(turnover(firm, before), step)
        ),
    )


def lines(city: str, quarter: Quarter) -> list[DemoLine]:
    """Return the lines of a city's firms for a quarter, in the order of their codes."""
    made = (line(firm, quarter) for firm in firms_of(city))
    return sorted((one for one in made if one), key=lambda one: one.firm.credit_code)
