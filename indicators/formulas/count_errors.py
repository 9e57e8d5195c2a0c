"""T2: how far estimates of enterprises near the line were off, city by city."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal

from foundation.quarters import Quarter
from indicators.formulas.firm_factors import Factors
from indicators.formulas.firm_figures import Firms, amount, year_earlier

HALF, TWICE = Decimal("0.5"), Decimal("2")

# By city: truth / estimate of its enterprises, in ascending order.
Errors = Mapping[str, Sequence[Decimal]]


def count_errors(firms: Firms, factors: Factors, line: Decimal) -> Errors:
    """
    Return truth / estimate of the enterprises that have both, by the city of the truth.

    Each is estimated from p as one that is silent in q would be, and compared with its accepted
    figure of q. Only enterprises near the line: those that a year earlier had between half and
    twice the line by q. Chosen by last year's figure and not by the truth, which would
    leave out those that fell far. Those without a figure of last year are not among them.
    """
    found: dict[str, list[Decimal]] = defaultdict(list)
    for figures in firms.values():
        truth, before = amount(figures, factors.q), year_earlier(figures, factors.q)
        if truth is None or before is None or not line * HALF <= before <= line * TWICE:
            continue
        estimate = factors.estimate(figures)
        if estimate:
            found[figures[factors.q].city].append(truth / estimate)
    return {city: sorted(ratios) for city, ratios in found.items()}


def but_for(errors: Errors, cities: Collection[str]) -> Errors:
    """Return the errors of the other cities."""
    return {city: ratios for city, ratios in errors.items() if city not in cities}


def number_of(errors: Errors) -> int:
    """Return how many ratios there are."""
    return sum(map(len, errors.values()))


def chance_over(estimate: Decimal, ratios: Sequence[Decimal], line: Decimal) -> Decimal:
    """
    Return the part of the ratios by which an estimate would be over the line: 0 to 1.

    ratios are in ascending order, and at least one.
    """
    over = len(ratios) - bisect_right(ratios, line / estimate)
    return Decimal(over) / len(ratios)


def years_back(quarter: Quarter, years: int) -> Quarter:
    """Return the same quarter so many years earlier."""
    return Quarter(quarter.year - years, quarter.quarter)
