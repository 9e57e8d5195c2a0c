"""Provinces of a few cities for property tests: what each reported, quarter by quarter."""

from decimal import Decimal

from hypothesis import strategies as st

from foundation.quarters import Quarter
from indicators.formulas.city_output import CityOutput

NOW = Quarter(2025, 3)
YEAR = Quarter.range(Quarter(2025, 1), Quarter(2025, 4))
CLUSTERS = ("370100", "370200", "370300")
OTHERS = ("370400", "370500", "370600")
# What single quarters add: none of a year's cumulative figures falls.
steps = st.decimals("0", "1e9", places=2)


def city(code, amounts, year_earlier=None):
    """One city: its figures by quarter, written as {"2025Q3": "12.5"}."""
    return CityOutput(
        code,
        code in CLUSTERS,
        {Quarter.parse(q): Decimal(amount) for q, amount in amounts.items()},
        {Quarter.parse(q): Decimal(amount) for q, amount in (year_earlier or {}).items()},
    )


def without(cities, code, quarter):
    """The same province with one city's report taken away."""
    return [
        CityOutput(
            one.city,
            one.in_cluster,
            {q: amount for q, amount in one.amounts.items() if (one.city, q) != (code, quarter)},
            one.year_earlier,
        )
        for one in cities
    ]


@st.composite
def provinces(draw, later=True):
    """
    Six cities whose year never falls, with any of its reports missing, and what each made in truth.

    later is False for provinces in which nobody has reported a quarter after the one looked at.
    """
    cities, truth = [], {}
    for code in (*CLUSTERS, *OTHERS):
        made, amounts = Decimal("0"), {}
        for quarter in YEAR:
            made += draw(steps)
            if (quarter <= NOW or later) and draw(st.booleans()):
                amounts[quarter] = made
            if quarter == NOW:
                truth[code] = made
        cities.append(CityOutput(code, code in CLUSTERS, amounts))
    return cities, truth


def ends_of(city):
    """The least and the most a silent city can have made; a very large amount for no limit."""
    ceiling = city.ceiling(NOW)
    return city.floor(NOW), Decimal("1e30") if ceiling is None else ceiling
