"""
Loads what a city's firms reported before a quarter, as of a moment.

Neither the register nor the periods are joined: while the database has no statistics of a table
that has just grown, a join of 20,000 lines may take it a minute.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from clusters.models import City, ReportingPeriod
from enterprises.models import Enterprise, EnterpriseReturn, Nil
from foundation.quarters import Quarter
from submissions.rules.departures import Staying, newest_amounts
from submissions.rules.plausibility.past import FIELDS, QUARTERS, Past
from submissions.workbook.layout import ENTERPRISES

FIRM_FIGURES = tuple(column.field for column in ENTERPRISES.reported)
FIRM_AMOUNTS = tuple(column.field for column in ENTERPRISES.amounts)

CLOSED = Enterprise.RegisterStatus.CLOSED


class RegisteredFirm(NamedTuple):
    """An enterprise of the register, as far as rules need it; field is None if unknown."""

    code: str
    name: str
    field: int | None
    status: str
    city_id: int


@dataclass(frozen=True, slots=True)
class EarlierFigures:
    """
    A firm's figures of an earlier quarter, by field; None is not reported.

    expected  whether it should report again: neither closed nor moved away, and still of this city
    nil       whether it had no figures then, by declaration
    """

    name: str
    figures: dict[str, Decimal | int | None]
    expected: bool = True
    nil: bool = False


@dataclass(frozen=True, slots=True)
class EarlierReturns:
    """
    What a city's firms reported before, by credit code.

    previous, year_earlier  the figures of the quarter before, and of a year before
    staying                 the amount accepted earlier this year, which cannot go away
    past                    the figures of nine quarters
    """

    previous: dict[str, EarlierFigures] = field(default_factory=dict)
    year_earlier: dict[str, EarlierFigures] = field(default_factory=dict)
    staying: dict[str, Staying] = field(default_factory=dict)
    past: dict[str, Past] = field(default_factory=dict)


def firms_of(city: City) -> dict[int, RegisteredFirm]:
    """Return primary key -> enterprise, of all that the register has in the city. One query."""
    return _firms(Enterprise.objects.filter(city=city))


def earlier_returns(
    city: City, quarter: Quarter, moment: datetime, own: Mapping[int, RegisteredFirm]
) -> EarlierReturns:
    """
    Return what was reported in the nine quarters before. own are the city's firms.

    Two queries, one more if firms have left the city.
    """
    before = (Quarter.from_ordinal(quarter.ordinal - back) for back in range(1, QUARTERS + 1))
    rows = _rows(city, moment, before)
    left = {firm for _quarter, firm, *_rest in rows} - own.keys()
    firms = dict(own) | (_firms(Enterprise.objects.filter(pk__in=left)) if left else {})
    found = EarlierReturns(staying=_staying(rows, quarter, own))
    compared = {quarter.previous(): found.previous, quarter.year_earlier(): found.year_earlier}
    places = [FIRM_FIGURES.index(name) for name in FIELDS]
    for then, key, nil, *figures in rows:
        firm = firms[key]
        if then in compared:
            compared[then][firm.code] = _earlier(firm, nil, figures, city)
        if key in own:
            past = found.past.get(firm.code)
            if past is None:
                past = found.past[firm.code] = Past(quarter.quarter)
            past.put(quarter.ordinal - then.ordinal, [_number(figures[at]) for at in places])
    return found


def staying_amounts(
    city: City, quarter: Quarter, moment: datetime, code: str = ""
) -> dict[str, Staying]:
    """
    Return credit code -> the amount of earlier in the year, of the city's registered enterprises.

    Of one enterprise alone with its code.
    """
    own = Enterprise.objects.filter(city=city)
    firms = _firms(own.filter(credit_code=code) if code else own)
    year = [Quarter(quarter.year, number) for number in range(1, quarter.quarter)]
    rows = _rows(city, moment, year, firms if code else None) if year and firms else []
    return _staying(rows, quarter, firms)


def _firms(enterprises) -> dict[int, RegisteredFirm]:
    """Return primary key -> enterprise."""
    rows = enterprises.values_list("pk", "credit_code", "name", "field_id", "status", "city_id")
    return {key: RegisteredFirm(*rest) for key, *rest in rows}


def _rows(
    city: City, moment: datetime, quarters: Iterable[Quarter], of: Iterable[int] | None = None
) -> list[tuple]:
    """Return (quarter, key of the enterprise, nil, figures …) of the city's returns."""
    periods = ReportingPeriod.objects.filter(code__in=map(str, quarters))
    quarter_of = {key: Quarter.parse(code) for key, code in periods.values_list("pk", "code")}
    returns = EnterpriseReturn.objects.as_of(moment).filter(city=city, period__in=list(quarter_of))
    if of is not None:
        returns = returns.filter(enterprise__in=list(of))
    rows = returns.values_list("period_id", "enterprise_id", "nil", *FIRM_FIGURES)
    return [(quarter_of[period], *rest) for period, *rest in rows]


def _earlier(firm: RegisteredFirm, nil: str, figures: list, city: City) -> EarlierFigures:
    """Return a firm's figures of an earlier quarter."""
    gone = firm.status == CLOSED or nil in (Nil.CLOSED, Nil.MOVED)
    expected = not gone and firm.city_id == city.pk
    by_field = dict(zip(FIRM_FIGURES, figures, strict=True))
    return EarlierFigures(firm.name, by_field, expected, bool(nil))


def _staying(
    rows: Iterable[tuple], quarter: Quarter, own: Mapping[int, RegisteredFirm]
) -> dict[str, Staying]:
    """Return credit code -> the amount that stays, of the quarters of the same year."""
    this_year = [row for row in rows if row[0].year == quarter.year and row[1] in own]
    this_year.sort(key=lambda row: row[0].ordinal)
    return newest_amounts(
        (
            (str(then), own[key].code, dict(zip(FIRM_FIGURES, figures, strict=True)))
            for then, key, _nil, *figures in this_year
        ),
        FIRM_AMOUNTS,
    )


def _number(value: Decimal | int | None) -> float | None:
    """Return a figure as a floating-point number."""
    return None if value is None else float(value)
