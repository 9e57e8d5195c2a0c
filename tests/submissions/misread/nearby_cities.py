"""For each rule of plausibility a city close to its violation, for which it would be false."""

from decimal import Decimal

from tests.submissions.rules.plausibility.even_city import AMOUNTS, NOW, even_city, line, scale
from tests.submissions.rules.workshop import code

LINE = Decimal(100_000_000)


def grown(place, factor, *names):
    """The even city with some figures of one firm multiplied: unusual, but no more than that."""
    city = even_city()
    scale(city, place, factor, *names)
    return city


def at_the_line(place):
    """A firm comes up to 100 million yuan, and not over it."""
    city = even_city()
    before = city.lines[place]["revenue"]
    scale(city, place, LINE / before, *AMOUNTS)
    city.lines[place]["revenue"] = LINE
    return city


def with_new_firm():
    """A firm without history earns a head what the others earn."""
    city = even_city()
    city.lines.append(line(9, NOW) | {"credit_code": code(99), "name": "新企业"})
    return city


def exchanged():
    """Two whole lines have changed places, with their codes: the order is free."""
    city = even_city()
    city.lines[3], city.lines[4] = city.lines[4], city.lines[3]
    return city


def turned_round():
    """All lines stand in the opposite order."""
    city = even_city()
    city.lines.reverse()
    return city


def almost_standing_still():
    """A line repeats all amounts of the quarter before but one."""
    city = even_city()
    before = line(5, NOW.previous())
    city.lines[4] |= {name: before[name] for name in AMOUNTS}
    city.lines[4]["rd_expenditure"] += 100
    return city


def almost_alike():
    """Two firms have the same amounts; their staff differs by one."""
    city = even_city()
    for name in AMOUNTS:
        city.lines[6][name] = city.lines[5][name]
    city.lines[6]["employees"] = city.lines[5]["employees"] + 1
    return city


def total(name, figure):
    city = even_city()
    city.totals[name] = figure(city)
    return city


def larger(name):
    """A total is a tenth larger than it should be."""
    return total(name, lambda city: city.totals[name] * Decimal("1.1"))


def sum_of(name):
    return lambda city: sum(one[name] for one in city.lines)


# code -> a function that returns the city's return
CITIES = {
    "W211": lambda: grown(7, "1.2", *AMOUNTS),
    "W212": lambda: grown(7, "1.2", *AMOUNTS),
    "W213": lambda: grown(7, "1.1", "output_value"),
    "W214": lambda: grown(7, "1.2", "employees"),
    "W215": lambda: grown(7, "1.2", "rd_expenditure"),
    "W216": with_new_firm,
    "W217": lambda: at_the_line(11),
    "W218": lambda: at_the_line(3),
    "W219": exchanged,
    "W220": turned_round,
    "W221": almost_standing_still,
    "W222": almost_alike,
    "W223": even_city,
    "W234": lambda: larger("output_value"),
    "W235": lambda: larger("employees"),
    "W236": lambda: total("employees", sum_of("employees")),
    "W237": lambda: total("enterprises_over_100m", lambda _city: Decimal(1)),
}
