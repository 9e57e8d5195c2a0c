"""Trials of past estimates: complete quarters with cities hidden."""

import random
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from foundation.quarters import Quarter
from indicators.formulas.city_output import ZERO, CityOutput
from indicators.formulas.likely_output import (
    EstimateMethod,
    likely_level,
    likely_outputs,
    likely_share,
)
from indicators.formulas.likely_range import LEAST_WEIGHT, LikelyRange, NoEstimate, Trial
from indicators.formulas.year_projection import year_projection

# So many random choices of hidden cities a quarter, of one to four cities each.
DRAWS = 12
MOST_HIDDEN = 4


@dataclass(frozen=True, slots=True)
class DatedAmount:
    """
    One accepted figure of a city, with the time in which it was in force.

    amount, year_earlier  the measure, and 上年同期 beside it, in its unit; None not reported
    until                 when it was superseded; None while it is in force
    """

    city: str
    quarter: Quarter
    amount: Decimal | None
    year_earlier: Decimal | None
    since: datetime
    until: datetime | None


def trials(
    rows: Iterable[DatedAmount],
    cities: Sequence[str],
    in_cluster: Collection[str],
    *,
    share: bool,
    cumulative: bool = True,
    least_weight: Decimal = LEAST_WEIGHT,
    method: EstimateMethod = EstimateMethod.OWN_GROWTH,
    draws: int = DRAWS,
) -> list[Trial]:
    """
    Return the trials of the estimate: every complete quarter with cities hidden.

    Two kinds: the cities as they really came in, with what was accepted at each arrival; and
    one to four cities chosen at random (always the same choice), with what was accepted when
    the quarter was first complete. The truth is the figure when it was first complete. Where
    no range was given there is no trial. share is True of a share of the clusters, False of a
    total.
    """
    every = list(rows)
    found = []
    for quarter, arrivals in sorted(_complete_quarters(every, cities).items()):
        then = _at(every, cities, in_cluster, quarter, arrivals[-1])
        truth = _figure(then, quarter, share, cumulative, least_weight, method)
        if truth is None:
            continue
        provinces = (
            *(_at(every, cities, in_cluster, quarter, moment) for moment in arrivals[:-1]),
            *(_hidden(then, quarter, codes) for codes in _choices(cities, quarter, draws)),
        )
        for province in provinces:
            likely = _figure(province, quarter, share, cumulative, least_weight, method)
            if likely is not None:
                found.append(Trial(str(quarter), likely, truth.centre))
    return found


def up_to_newest_complete(
    rows: Iterable[DatedAmount], cities: Sequence[str]
) -> tuple[DatedAmount, ...]:
    """Return the rows up to the newest quarter that every city reported: all trials rest on."""
    every = tuple(rows)
    newest = max(_complete_quarters(every, cities), default=None)
    return tuple(row for row in every if newest is not None and row.quarter <= newest)


def projection_trials(rows: Iterable[DatedAmount], cities: Sequence[str]) -> list[Trial]:
    """
    Return the trials of the projection to the year's end, from every complete quarter before it.

    With what was accepted when the quarter was first complete; the truth is the province's
    amount when the year's fourth quarter was. Projections without ends are no trials, nor is a
    year of which a city had taken its figure back by then.
    """
    every = list(rows)
    complete = _complete_quarters(every, cities)
    found = []
    for quarter, arrivals in sorted(complete.items()):
        if quarter.is_year_end or quarter.year_end not in complete:
            continue
        at_end = _at(every, cities, (), quarter.year_end, complete[quarter.year_end][-1])
        if not all(city.has(quarter.year_end) for city in at_end):
            continue
        truth = sum((city.made(quarter.year_end) for city in at_end), ZERO)
        then = _at(every, cities, (), quarter, arrivals[-1])
        projection = year_projection(then, quarter)
        if projection is not None and projection.low is not None:
            found.append(Trial(str(quarter), projection, truth))
    return found


def _complete_quarters(
    rows: Iterable[DatedAmount], cities: Sequence[str]
) -> dict[Quarter, list[datetime]]:
    """Return the quarters that every city has reported, with the cities' first arrivals."""
    first: dict[Quarter, dict[str, datetime]] = defaultdict(dict)
    for row in rows:
        if row.amount is not None:
            known = first[row.quarter].get(row.city, row.since)
            first[row.quarter][row.city] = min(known, row.since)
    return {
        quarter: sorted(arrivals.values())
        for quarter, arrivals in first.items()
        if len(arrivals) == len(cities)
    }


def _at(
    rows: Iterable[DatedAmount],
    cities: Iterable[str],
    in_cluster: Collection[str],
    quarter: Quarter,
    moment: datetime,
) -> list[CityOutput]:
    """Return the province as it was accepted at a moment, up to a quarter."""
    amounts: dict[str, dict[Quarter, Decimal | None]] = {city: {} for city in cities}
    earlier: dict[str, dict[Quarter, Decimal | None]] = {city: {} for city in amounts}
    for row in rows:
        gone = row.until is not None and row.until <= moment
        if row.quarter <= quarter and row.since <= moment and not gone and row.city in amounts:
            amounts[row.city][row.quarter] = row.amount
            earlier[row.city][row.quarter] = row.year_earlier
    return [CityOutput(city, city in in_cluster, amounts[city], earlier[city]) for city in amounts]


def _choices(cities: Sequence[str], quarter: Quarter, draws: int) -> Iterator[frozenset[str]]:
    """Yield random choices of one to four cities, the same on every call."""
    # Not cryptographic: the record must be the same on every machine.
    chance = random.Random(quarter.ordinal)  # noqa: S311
    for _draw in range(draws):
        number = chance.randint(1, min(MOST_HIDDEN, max(len(cities) - 1, 1)))
        yield frozenset(chance.sample(sorted(cities), number))


def _hidden(
    province: Iterable[CityOutput], quarter: Quarter, codes: Collection[str]
) -> list[CityOutput]:
    """Return the province with some cities silent in a quarter."""
    return [
        CityOutput(
            one.city,
            one.in_cluster,
            {q: amount for q, amount in one.amounts.items() if q != quarter},
            {q: amount for q, amount in one.year_earlier.items() if q != quarter},
        )
        if one.city in codes
        else one
        for one in province
    ]


def _figure(
    province: Sequence[CityOutput],
    quarter: Quarter,
    share: bool,
    cumulative: bool,
    least_weight: Decimal,
    method: EstimateMethod,
) -> LikelyRange | None:
    """Return the estimate of a province, which is its figure where no city is silent."""
    estimates = likely_outputs(
        province, quarter, cumulative=cumulative, least_weight=least_weight, method=method
    )
    if isinstance(estimates, NoEstimate):
        return None
    if share:
        return likely_share(province, quarter, estimates)
    return likely_level(province, quarter, estimates)
