"""Firms for the tests of counts: a few by hand, and provinces to which something happens."""

import random
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from foundation.quarters import Quarter
from indicators.formulas.count_record import FigureVersion
from indicators.formulas.firm_figures import FirmFigure

LINE = Decimal("100000000")
MILLION = 1_000_000
CITIES = [f"city {n:02d}" for n in range(16)]
QUARTERS = Quarter.range(Quarter(2022, 4), Quarter(2025, 4))
SEASON = {1: 0.19, 2: 0.45, 3: 0.71, 4: 1.0}


def firm(city="here", **millions):
    """An enterprise's figures in millions of yuan; a pair is the figure and 上年同期."""
    found = {}
    for code, said in millions.items():
        revenue, last_year = said if isinstance(said, tuple) else (said, None)
        found[Quarter.parse(code)] = FirmFigure(city, yuan(revenue), yuan(last_year))
    return found


def yuan(millions):
    return None if millions is None else Decimal(str(millions)) * MILLION


def reported(number, city="there", at=100, truth=1.0, year=2025):
    """So many alike that have reported the fourth quarter: truth times what was expected."""
    return {
        (city, n): firm(
            city,
            **{
                f"{year - 1}Q3": at * 0.75,
                f"{year - 1}Q4": at,
                f"{year}Q3": at * 0.75,
                f"{year}Q4": at * truth,
            },
        )
        for n in range(number)
    }


def calm(_firm, _city, _quarter):
    return 1.0


def common_shock(_firm, _city, quarter):
    """All of 2025 is fifteen points under what it would have been."""
    return 0.85 if quarter.year == 2025 else 1.0


def city_shock(_firm, city, quarter):
    """In 2024 one city falls by 40 % and another rises by as much, for good."""
    if quarter.year < 2024:
        return 1.0
    return {CITIES[3]: 0.6, CITIES[8]: 1.4}.get(city, 1.0)


def shock_in_a_fourth_quarter(_firm, city, quarter):
    """The last quarter of 2024 brings one city 40 % less than ever before, and another more."""
    if quarter != Quarter(2024, 4):
        return 1.0
    return {CITIES[5]: 0.6, CITIES[11]: 1.4}.get(city, 1.0)


def province(world=calm, *, seed=1, firms_a_city=30, closed=0, noise=0.02):
    """
    Versions and arrivals of sixteen cities' enterprises over thirteen quarters, all complete.

    Each has its size, growth and season; cities differ, and every figure is off a little.
    closed is how many of a thousand close in each quarter: no line comes any more.
    """
    rng = random.Random(f"province {seed}")
    versions, arrivals = {}, defaultdict(dict)
    for quarter in QUARTERS:
        for city in CITIES:
            came = datetime(quarter.year, 3 * quarter.quarter, 28, tzinfo=UTC)
            arrivals[quarter][city] = came + timedelta(days=20, minutes=rng.randint(0, 9000))
    for city in CITIES:
        city_growth = rng.gauss(0.08, 0.02)
        for n in range(firms_a_city):
            told = _told(rng, world, city, city_growth, closed, noise)
            versions[city, n] = {
                quarter: [FigureVersion(figure, arrivals[quarter][city], None)]
                for quarter, figure in told.items()
            }
    return versions, dict(arrivals)


def _told(rng, world, city, city_growth, closed, noise):
    size, growth = rng.lognormvariate(18.3, 0.8), rng.gauss(city_growth, 0.04)
    tilt = rng.gauss(1, 0.05)
    known, told = {}, {}
    for quarter in [Quarter(2021, 4), *Quarter.range(Quarter(2022, 1), QUARTERS[-1])]:
        season = SEASON[quarter.quarter] ** tilt
        year = size * (1 + growth) ** (quarter.year - 2022)
        shock = world(None, city, quarter)
        amount = Decimal(round(year * season * shock * rng.gauss(1, noise)))
        before = known.get(quarter.previous(), Decimal(0)) if quarter.quarter > 1 else Decimal(0)
        known[quarter] = max(amount, before)
        if quarter in QUARTERS:
            told[quarter] = FirmFigure(city, known[quarter], known.get(quarter.year_earlier()))
            if rng.random() * 1000 < closed:
                break
    return told
