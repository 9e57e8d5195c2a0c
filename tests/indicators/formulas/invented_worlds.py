"""Invented provinces with shocks: what the estimates are scored on besides the demonstration."""

import random
from datetime import datetime, timedelta
from decimal import Decimal

from foundation.quarters import Quarter
from indicators.formulas.estimate_trials import DatedAmount

CITIES = [f"37{n:02d}00" for n in range(1, 17)]
CLUSTERS = frozenset(CITIES[:3])
QUARTERS = Quarter.range(Quarter(2022, 4), Quarter(2025, 4))
# What part of a year is over at the end of each quarter, for most cities.
SEASON = (Decimal("0.21"), Decimal("0.46"), Decimal("0.70"), Decimal("1"))
START = datetime(2023, 1, 20)  # noqa: DTZ001


def world(seed, *, common_shock="0", city_shock="0", closed=False):
    """
    Return sixteen cities' accepted figures of thirteen quarters, as they came in.

    common_shock  added to every city's growth in 2025: "-0.15" is fifteen points less
    city_shock    added to one outside city's growth in 2025, from its second quarter on
    closed        whether a firm of a tenth of one city's output closes in mid-2024
    """
    chance = random.Random(seed)
    rows = []
    for at, city in enumerate(CITIES):
        size = Decimal(chance.randint(40, 400)) * 10**7
        trend = Decimal(chance.randint(4, 14)) / 100
        own = [share + Decimal(chance.randint(-15, 15)) / 1000 for share in SEASON[:3]] + [
            SEASON[3]
        ]
        before = None
        for quarter in QUARTERS:
            amount = size * _level(quarter, trend, common_shock) * own[quarter.quarter - 1]
            amount *= 1 + Decimal(chance.randint(-6, 6)) / 1000
            if at == 7 and quarter >= Quarter(2025, 2):
                amount *= 1 + Decimal(city_shock)
            if at == 9 and closed and quarter >= Quarter(2024, 3):
                amount *= Decimal("0.9")
            if before is not None and quarter.quarter > 1:
                amount = max(amount, before)
            before = amount = amount.quantize(Decimal("0.01"))
            rows.append(_row(city, quarter, amount, chance))
    return rows


def _level(quarter, trend, common_shock):
    """How much larger a year is than 2022."""
    years = quarter.year - 2022
    grown = (1 + trend) ** years
    return grown * (1 + Decimal(common_shock)) if quarter.year == 2025 else grown


def _row(city, quarter, amount, chance):
    due = START + timedelta(days=91 * (quarter.ordinal - QUARTERS[0].ordinal))
    return DatedAmount(
        city, quarter, amount, None, due + timedelta(hours=chance.randint(1, 500)), None
    )
