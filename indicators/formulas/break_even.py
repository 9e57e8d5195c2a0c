"""Break-even: what the silent cities must still make for a verdict to change."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from foundation.quarters import Quarter
from indicators.formulas.city_output import ZERO, CityOutput, split, total


@dataclass(frozen=True, slots=True)
class ToCome:
    """
    What a city has still to report of a period, compared with last year; yuan.

    floor       its accepted figure of the year so far; 0 if there is none
    last_year   what it made a year earlier in the part of the year still to come; None unknown
    so_far      what it made a year earlier in the part that the floor covers; None unknown
    """

    in_cluster: bool
    floor: Decimal
    last_year: Decimal | None
    so_far: Decimal | None


@dataclass(frozen=True, slots=True)
class BreakEven:
    """
    The amount of the silent cities together at which a verdict changes; yuan.

    amount            their figures in all, cumulative
    remaining         amount − what is accepted of them already: what is still to come
    remaining_growth  of that on the same part of last year, a fraction; None if unknown
    rises             whether more than this makes the figure larger; else smaller
    so_far_growth     by how much their accepted part of the year grew; None if unknown
    fastest           the fastest growth of a reporting city of their kind in the part still to
                      come; None if no city has both
    """

    amount: Decimal
    remaining: Decimal
    remaining_growth: Decimal | None
    rises: bool
    so_far_growth: Decimal | None = None
    fastest: Decimal | None = None


def share_break_even(
    cities: Iterable[CityOutput], quarter: Quarter, line: Decimal
) -> BreakEven | None:
    """
    Return what turns the clusters' share at a line, a fraction between 0 and 1.

        only cities outside silent   (C / line − C − R)          = their amount
        only clusters silent         (line·R / (1 − line) − C)   = their amount
        both kinds                   (C + Fc + g·lc) = line·(C + R + F + g·l), solved for g,
                                     one growth g on last year's same part l for all of them

    C and R are what the reporting cities made in the clusters and outside, F the silent cities'
    accepted part of the year. None where no city is silent, and where there is no positive
    solution: then nothing still to come can turn the verdict.
    """
    reporting, silent = split(cities, quarter)
    if not silent or not 0 < line < 1:
        return None
    clusters = total(c.made(quarter) for c in reporting if c.in_cluster)
    rest = total(c.made(quarter) for c in reporting if not c.in_cluster)
    to_come = [_to_come(city, quarter) for city in silent]
    kinds = {one.in_cluster for one in to_come}
    floors = total(one.floor for one in to_come)
    if len(kinds) == 2:
        found = _at_common_growth(clusters, rest, to_come, line)
    elif kinds == {True}:
        found = line * rest / (1 - line) - clusters - floors, True
    else:
        found = clusters / line - clusters - rest - floors, False
    if found is None or found[0] <= 0:
        return None
    return _with_comparisons(found, to_come, reporting, silent, quarter)


def level_break_even(
    cities: Iterable[CityOutput], quarter: Quarter, line: Decimal
) -> BreakEven | None:
    """
    Return what turns a total at a line: line − what is accepted; None as share_break_even.

    What is still to come is that of the silent cities alone.
    """
    reporting, silent = split(cities, quarter)
    if not silent:
        return None
    to_come = [_to_come(city, quarter) for city in silent]
    known = total(city.made(quarter) for city in reporting)
    remaining = line - known - total(one.floor for one in to_come)
    if remaining <= 0:
        return None
    return _with_comparisons((remaining, True), to_come, reporting, silent, quarter)


def _to_come(city: CityOutput, quarter: Quarter) -> ToCome:
    """Return what a silent city has still to report."""
    whole = city.amounts.get(quarter.year_earlier())
    last = city.last_accepted(quarter)
    if last is None or last.year != quarter.year:
        return ToCome(city.in_cluster, ZERO, whole, ZERO)
    so_far = city.year_before(last)
    rest = None if whole is None or so_far is None else whole - so_far
    return ToCome(city.in_cluster, city.made(last), rest, so_far)


def _at_common_growth(
    clusters: Decimal, rest: Decimal, to_come: Sequence[ToCome], line: Decimal
) -> tuple[Decimal, bool] | None:
    """Return what remains at the one growth that meets the line, and whether more raises it."""
    if any(one.last_year is None for one in to_come):
        return None
    inside = total(one.last_year or ZERO for one in to_come if one.in_cluster)
    every = total(one.last_year or ZERO for one in to_come)
    part = clusters + total(one.floor for one in to_come if one.in_cluster)
    whole = clusters + rest + total(one.floor for one in to_come)
    slope = inside - line * every
    if not slope:
        return None
    return (line * whole - part) / slope * every, slope > 0


def _with_comparisons(
    found: tuple[Decimal, bool],
    to_come: Sequence[ToCome],
    reporting: Sequence[CityOutput],
    silent: Sequence[CityOutput],
    quarter: Quarter,
) -> BreakEven:
    """Return the break-even with the cities' growth so far and the fastest growth of their kind."""
    remaining, rises = found
    floors = total(one.floor for one in to_come)
    return BreakEven(
        amount=remaining + floors,
        remaining=remaining,
        remaining_growth=_growth(remaining, [one.last_year for one in to_come]),
        rises=rises,
        so_far_growth=_growth(floors, [one.so_far for one in to_come]),
        fastest=_fastest(reporting, silent, quarter),
    )


def _growth(amount: Decimal, before: Sequence[Decimal | None]) -> Decimal | None:
    """Return amount / the sum before − 1; None if a part of that is unknown or it is not over 0."""
    known = [one for one in before if one is not None]
    base = total(known)
    return amount / base - 1 if len(known) == len(before) and base > 0 else None


def _fastest(
    reporting: Sequence[CityOutput], silent: Sequence[CityOutput], quarter: Quarter
) -> Decimal | None:
    """Return the fastest growth, in the part still to come, of a reporting city of their kind."""
    kinds = {city.in_cluster for city in silent}
    sinces = {city.last_accepted(quarter) for city in silent}
    rates = [
        rate
        for city in reporting
        if city.in_cluster in kinds
        for since in sinces
        if (rate := _growth_since(city, quarter, since)) is not None
    ]
    return max(rates, default=None)


def _growth_since(city: CityOutput, quarter: Quarter, since: Quarter | None) -> Decimal | None:
    """Return how a reporting city grew in the part of the year after a quarter; None unknown."""
    now, before = city.made(quarter), city.year_before(quarter)
    if since is not None and since.year == quarter.year:
        if not city.has(since) or before is None or (then := city.year_before(since)) is None:
            return None
        now, before = now - city.made(since), before - then
    return now / before - 1 if before else None
