"""What rules know besides the file itself: register, plan, earlier figures."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal

from django.db import connection
from django.utils import timezone

from clusters.models import BlockReturn, City, CityReturn, Cluster, ReportingPeriod
from enterprises.credit_code import Problem, problem
from enterprises.models import Enterprise, EnterpriseReturn
from foundation.quarters import Quarter
from measures.reporting import city_steps
from parks.models import Park, ParkReturn
from submissions.rules.catalogue import CATALOGUE, Severity
from submissions.rules.departures import Staying
from submissions.rules.earlier_returns import (
    EarlierFigures,
    RegisteredFirm,
    earlier_returns,
    firms_of,
)
from submissions.rules.plausibility.past import Past
from submissions.rules.task_steps import Steps
from submissions.workbook.contents import Reading
from submissions.workbook.layout import CITY_MEASURES, TASKS
from submissions.workbook.reading.headings import fold

CITY_FIGURES = tuple(CITY_MEASURES)

# 莱芜 became part of 济南 in 2019; its bureau may still sign with the old name.
FORMER_CITIES = {"莱芜": "370100"}

# How many values one IN list may hold where the database names no limit.
IN_LIST = 10_000


@dataclass(frozen=True, slots=True)
class Registered:
    """An enterprise of the register, as far as rules need it."""

    name: str
    city_code: str


@dataclass(slots=True)
class Category:
    """
    A category of the city's cluster.

    is_open   the plan gives it no number but N: new contents may join
    contents  in the form in which they are compared (fold)
    """

    name: str
    is_open: bool
    contents: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Context:
    """
    What is known when a file is checked. Rules use this, never the database.

    today          the day in the province on which it is checked
    city_names     short name of every city -> its code
    register       credit code -> enterprise, for the codes in the file
    problems       credit code -> what is wrong with it, for the codes in the file
    codes_by_name  name as compared -> credit code, of the city's firms that alone have it; {} if
                   no code in the file is wrong
    parks          name as compared -> name, of the city's parks
    categories     name as compared -> category, of the city's cluster; None if it has none
    previous       credit code -> the firm's figures of the quarter before, even of last year
    year_earlier   the same of the same quarter a year earlier
    staying        credit code -> the amount accepted earlier this year, which cannot go away
    city_previous, city_year_earlier
                   the city's own figures of those quarters, by field; {} if it was silent
    city_past      quarters back (1 to 8) -> the city's own figures of that quarter
    past           credit code -> what the firm reported in the last nine quarters
    fields         credit code -> industry field of the city's firms, where it is known
    own_firms      (credit code, name) of every enterprise that the register has in the city
    steps          the steps of the ledger that the city answers for; none without 任务进展
    reported       tables (parks, blocks) that the file lacks and the city has reported before; of
                   tasks, reported for this quarter
    first_return   the register has no enterprise of the city, nor was a return of it accepted
    refused        (sheet, cell) of every fault of the reader
    broken         sheets of which the reader refused more than single cells
    memo           what rules have calculated for others
    """

    city: City
    period: Quarter
    today: date
    city_names: dict[str, str] = field(default_factory=dict)
    register: dict[str, Registered] = field(default_factory=dict)
    problems: dict[str, Problem] = field(default_factory=dict)
    codes_by_name: dict[str, str] = field(default_factory=dict)
    parks: dict[str, str] = field(default_factory=dict)
    categories: dict[str, Category] | None = None
    previous: dict[str, EarlierFigures] = field(default_factory=dict)
    year_earlier: dict[str, EarlierFigures] = field(default_factory=dict)
    staying: dict[str, Staying] = field(default_factory=dict)
    city_previous: dict[str, Decimal | int | None] = field(default_factory=dict)
    city_year_earlier: dict[str, Decimal | int | None] = field(default_factory=dict)
    city_past: dict[int, dict[str, Decimal | int | None]] = field(default_factory=dict)
    past: dict[str, Past] = field(default_factory=dict)
    fields: dict[str, int] = field(default_factory=dict)
    own_firms: tuple[tuple[str, str], ...] = ()
    steps: Steps = field(default_factory=Steps)
    reported: frozenset[str] = frozenset()
    first_return: bool = False
    refused: frozenset[tuple[str | None, str | None]] = frozenset()
    broken: frozenset[str] = frozenset()
    memo: dict[str, object] = field(default_factory=dict, compare=False, repr=False)

    def is_elsewhere(self, code: object) -> bool:
        """Return whether the register has this code under another city."""
        known = self.register.get(code)
        return known is not None and known.city_code != self.city.code


def context_for(
    city: City, period: ReportingPeriod, reading: Reading, moment: datetime | None = None
) -> Context:
    """
    Return what is known about a city's file for a period, as of a moment; without one, now.

    Eight queries, however many lines the file has. Two more for a city without a register, one
    for each of 园区进展 and 集群建设 that is owed and not there, up to twelve for 任务进展, and one
    for every thousand or so codes that are not of this city.
    """
    moment = moment or timezone.now()
    quarter = period.quarter
    codes, firms = _codes(reading), firms_of(city)
    problems = {code: found for code in codes if (found := problem(code))}
    earlier, own = earlier_returns(city, quarter, moment, firms), firms.values()
    totals = _earlier_totals(city, quarter, moment)
    parks, categories = {fold(name): name for name in _parks(city)}, _categories(city)
    owed = [kind for kind, due in (("parks", parks), ("blocks", categories)) if due]
    before, year_before = str(quarter.previous()), str(quarter.year_earlier())
    return Context(
        city=city,
        period=quarter,
        today=timezone.localdate(moment),
        city_names=FORMER_CITIES | dict(City.objects.values_list("short_name", "code")),
        register=_register(city, own, codes),
        problems=problems,
        codes_by_name=_codes_by_name(own) if problems else {},
        parks=parks,
        categories=categories,
        previous=earlier.previous,
        year_earlier=earlier.year_earlier,
        staying=earlier.staying,
        city_previous=totals.get(before, {}),
        city_year_earlier=totals.get(year_before, {}),
        city_past={
            quarter.ordinal - Quarter.parse(code).ordinal: figures
            for code, figures in totals.items()
        },
        past=earlier.past,
        fields={firm.code: firm.field for firm in own if firm.field is not None},
        own_firms=tuple((firm.code, firm.name) for firm in own),
        steps=_steps(city, period, reading, moment),
        reported=frozenset(_reported_before(city, period, reading, moment, owed)),
        first_return=not firms and not _has_accepted(city, moment),
        refused=frozenset((fault.sheet, fault.cell) for fault in reading.faults if fault.cell),
        broken=frozenset(_broken(reading)),
    )


def _codes(reading: Reading) -> set[str]:
    """Return every credit code in the file."""
    table = reading.tables.get("enterprises")
    return {code for line in table.lines if (code := line.get("credit_code"))} if table else set()


def comparable_name(name: str) -> str:
    """Return a name in the form in which names are compared."""
    return fold(name).upper()


def _codes_by_name(own: Iterable[RegisteredFirm]) -> dict[str, str]:
    """Return name as compared -> code, for the names that one firm has alone."""
    named = Counter(comparable_name(firm.name) for firm in own)
    return {key: firm.code for firm in own if named[key := comparable_name(firm.name)] == 1}


def _register(city: City, own: Iterable[RegisteredFirm], codes: set[str]) -> dict[str, Registered]:
    """Return the enterprises with these codes: the city's own, and the few others by code."""
    found = {firm.code: Registered(firm.name, city.code) for firm in own if firm.code in codes}
    for some in _chunks(sorted(codes - found.keys())):
        others = Enterprise.objects.filter(credit_code__in=some)
        for code, name, city_code in others.values_list("credit_code", "name", "city__code"):
            found[code] = Registered(name, city_code)
    return found


def _reported_before(
    city: City, period: ReportingPeriod, reading: Reading, moment: datetime, owed: Iterable[str]
) -> Iterator[str]:
    """Yield the owed tables that the file lacks and the city has reported before."""
    if TASKS.kind not in reading.tables and city_steps.reported(city, period, moment):
        yield TASKS.kind
    before = {
        "parks": ParkReturn.objects.as_of(moment).filter(park__city=city),
        "blocks": BlockReturn.objects.as_of(moment).filter(block__category__cluster__city=city),
    }
    for kind in owed:
        if reading.form == "xlsx" and kind not in reading.tables and before[kind].exists():
            yield kind


def _steps(city: City, period: ReportingPeriod, reading: Reading, moment: datetime) -> Steps:
    """Return the steps that the city answers for; none if the file has no such sheet."""
    table = reading.tables.get(TASKS.kind)
    if table is None:
        return Steps()
    steps = Steps.of(city_steps.steps_of(city, period, moment))
    numbers = {number for line in table.lines if (number := line.get("number"))}
    if strange := numbers - steps.numbers:
        elsewhere = city_steps.of_other_cities(strange, city)
        return replace(steps, elsewhere=frozenset(elsewhere))
    return steps


def _has_accepted(city: City, moment: datetime) -> bool:
    """Return whether a return of the city, or of an enterprise of it, has been accepted."""
    return any(
        model.objects.as_of(moment).filter(city=city).exists()
        for model in (CityReturn, EnterpriseReturn)
    )


def _chunks(codes: list[str]) -> Iterable[list[str]]:
    """Yield the codes in lists that the database takes as one IN."""
    size = connection.features.max_query_params or IN_LIST
    for start in range(0, len(codes), size):
        yield codes[start : start + size]


def _parks(city: City) -> Iterable[str]:
    """Return the names of the city's parks."""
    return Park.objects.filter(city=city).values_list("name", flat=True)


def _categories(city: City) -> dict[str, Category] | None:
    """Return the categories of the city's cluster with their contents; None without a cluster."""
    rows = list(
        Cluster.objects.filter(city=city).values_list(
            "categories__name", "categories__planned_count", "categories__blocks__content"
        )
    )
    if not rows:
        return None
    found: dict[str, Category] = {}
    for name, planned_count, content in rows:
        if name:
            category = found.setdefault(fold(name), Category(name, planned_count is None))
            category.contents.update({fold(content)} if content else ())
    return found


def _earlier_totals(
    city: City, quarter: Quarter, moment: datetime
) -> dict[str, dict[str, Decimal | int | None]]:
    """Return quarter -> the city's own figures, of the eight quarters before."""
    before = [str(Quarter.from_ordinal(quarter.ordinal - back)) for back in range(1, 9)]
    returns = CityReturn.objects.as_of(moment).filter(city=city, period__code__in=before)
    return {
        period: dict(zip(CITY_FIGURES, figures, strict=True))
        for period, *figures in returns.values_list("period__code", *CITY_FIGURES)
    }


def _broken(reading: Reading) -> Iterator[str]:
    """Yield the sheets with a mandatory fault that is not of one value in one line."""
    lines = (
        {
            (table.sheet, value.cell)
            for table in reading.tables.values()
            for line in table.lines
            for value in line.values.values()
        }
        if reading.faults
        else set()
    )
    for fault in reading.faults:
        entry = CATALOGUE.get(fault.code)
        mandatory = entry is None or entry.severity == Severity.MANDATORY
        if fault.sheet and mandatory and (fault.sheet, fault.cell) not in lines:
            yield fault.sheet
