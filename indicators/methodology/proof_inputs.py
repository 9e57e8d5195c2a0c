"""Which accepted figures an indicator's ranges rest on: the inputs of its proof."""

from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from enterprises.models import EnterpriseReturn
from foundation.quarters import Quarter
from indicators.catalogue import AMOUNTS, IndicatorKind
from indicators.data.snapshot import Snapshot
from indicators.estimates.city_outputs import outputs
from indicators.formulas.certain_count import certain_count
from indicators.formulas.city_output import CityOutput
from indicators.formulas.firm_figures import FirmFigure, newest_of_year
from indicators.results.indicator_result import IndicatorResult
from indicators.results.share_result import numerator_cities


class Use(StrEnum):
    """The first use of a figure in a proof."""

    REPORTED = "reported"
    FLOOR = "floor"
    CEILING = "ceiling"
    YEAR_BEFORE = "year_before"
    YEAR_BEFORE_FLOOR = "year_before_floor"
    ESTIMATE = "estimate"


@dataclass(frozen=True, slots=True)
class CityInput:
    """
    A figure of a city's own totals.

    is_last_year  whether it is what the city's return of the quarter says of the quarter a year
                  earlier (上年同期), used where no return of that quarter is accepted
    """

    city: str
    quarter: Quarter
    is_last_year: bool
    amount: Decimal
    use: Use


@dataclass(frozen=True, slots=True)
class FirmInput:
    """An enterprise that counts: its newest accepted revenue of the year, in yuan."""

    credit_code: str
    city: str
    quarter: Quarter
    amount: Decimal


def share_part(snapshot: Snapshot, result: IndicatorResult) -> frozenset[str]:
    """Return the codes of the cities in the numerator of a share; none for a total."""
    if result.indicator.kind is not IndicatorKind.SHARE:
        return frozenset()
    return numerator_cities(snapshot, result.indicator, result.quarter)


def cities_of(snapshot: Snapshot, result: IndicatorResult) -> list[CityOutput]:
    """Return the inputs of a share or a total by city, in the order of their codes."""
    assert result.indicator.measure is not None
    return outputs(snapshot, share_part(snapshot, result), result.indicator.measure)


def city_inputs(cities: list[CityOutput], result: IndicatorResult) -> list[CityInput]:
    """
    Return the figures that enter a share or a total, by quarter and city.

    Where nobody is silent these are the quarter's own. Otherwise the silent cities' floors and
    ceilings, what all made a year earlier, and of an estimate the same quarters of every year
    on record: its ends rest on all of them.
    """
    quarter = result.quarter
    found = [_accepted(city, quarter, Use.REPORTED) for city in cities]
    silent = [city for city in cities if not city.has(quarter)]
    if silent:
        found += [one for city in silent for one in _limits(city, result)]
        found += [_year_before(city, quarter) for city in cities]
        found += [_year_before_floor(city, quarter) for city in silent]
        if result.estimate is not None:
            found += _of_estimate(cities, quarter, silent)
    first: dict[tuple[Quarter, str, bool], CityInput] = {}
    for one in found:
        if one is not None:
            first.setdefault((one.quarter, one.city, one.is_last_year), one)
    return [first[key] for key in sorted(first)]


def _accepted(city: CityOutput, quarter: Quarter, use: Use) -> CityInput | None:
    """Return a city's own figure of a quarter; None if it has none."""
    if not city.has(quarter):
        return None
    return CityInput(city.city, quarter, False, city.made(quarter), use)


def _year_before(
    city: CityOutput, quarter: Quarter, use: Use = Use.YEAR_BEFORE
) -> CityInput | None:
    """Return what a city made a year before a quarter; None if unknown."""
    found = _accepted(city, quarter.year_earlier(), use)
    said = city.year_earlier.get(quarter)
    if found is not None or said is None:
        return found
    return CityInput(city.city, quarter, True, said, use)


def _year_before_floor(city: CityOutput, quarter: Quarter) -> CityInput | None:
    """Return what a silent city made a year before its floor; None without either."""
    since = city.last_accepted(quarter)
    if since is None or since.year != quarter.year:
        return None
    return _year_before(city, since, Use.YEAR_BEFORE_FLOOR)


def _limits(city: CityOutput, result: IndicatorResult) -> list[CityInput | None]:
    """Return a silent city's floor and ceiling, as far as there are such figures."""
    quarter = result.quarter
    if result.indicator.measure not in AMOUNTS:
        return []
    of_year = [q for q in city.amounts if q.year == quarter.year and city.has(q)]
    floors = [q for q in of_year if q < quarter]
    ceilings = [q for q in of_year if q > quarter]
    found = [_accepted(city, max(floors), Use.FLOOR)] if floors else []
    return found + ([_accepted(city, min(ceilings), Use.CEILING)] if ceilings else [])


def _of_estimate(
    cities: list[CityOutput], quarter: Quarter, silent: list[CityOutput]
) -> list[CityInput | None]:
    """Return what an estimate rests on: the quarters it compares, in every year on record."""
    found = []
    first = min(q for city in cities for q in city.amounts)
    compared = {quarter} | {since for city in silent if (since := city.last_accepted(quarter))}
    at = quarter
    while at >= first:
        # Of the first year on record nothing is compared with the year before.
        has_year_before = any(city.has(at.year_earlier()) for city in cities)
        for city in cities:
            for one in compared:
                found.append(_accepted(city, one, Use.ESTIMATE))
                if has_year_before:
                    found.append(_year_before(city, one, Use.ESTIMATE))
        compared = {one.year_earlier() for one in compared}
        at = at.year_earlier()
    return found


def firm_inputs(snapshot: Snapshot, result: IndicatorResult) -> list[FirmInput]:
    """
    Return the enterprises that count for certain, by city and credit code. One query.

        over = newest accepted cumulative figure of the same year > line
    """
    quarter, line = result.quarter, result.indicator.line
    firms = _firms(snapshot, quarter, line)
    found = []
    for key, city in certain_count(firms, quarter, line).city_of.items():
        newest = newest_of_year(firms[key], quarter)
        assert newest is not None
        amount = firms[key][newest].revenue
        assert amount is not None
        found.append(FirmInput(str(key), city, newest, amount))
    return sorted(found, key=lambda one: (one.city, one.credit_code))


def _firms(
    snapshot: Snapshot, quarter: Quarter, line: Decimal
) -> dict[Hashable, dict[Quarter, FirmFigure]]:
    """Return the year's figures, by credit code, of the enterprises that were over at any time."""
    code_of = {city.pk: city.code for city in snapshot.cities}
    year = Quarter.range(Quarter(quarter.year, 1), quarter)
    periods = {pk: one for one in year if (pk := snapshot.period_ids.get(one))}
    returns = EnterpriseReturn.objects.seen_from(snapshot).filter(period__in=list(periods))
    over = returns.filter(revenue__gt=line).order_by().values("enterprise")
    fields = ("enterprise__credit_code", "period_id", "city_id", "revenue")
    found: dict[Hashable, dict[Quarter, FirmFigure]] = defaultdict(dict)
    rows = returns.filter(enterprise__in=over).values_list(*fields)
    for credit_code, period, city, revenue in rows:
        found[credit_code][periods[period]] = FirmFigure(code_of[city], revenue)
    return found
