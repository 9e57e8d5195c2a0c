"""T2: how past estimates of the count would have fared, quarter by quarter."""

import random
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from foundation.quarters import Quarter
from indicators.formulas.certain_count import CertainCount, certain_count
from indicators.formulas.error_samples import ErrorSamples
from indicators.formulas.firm_figures import Figures, FirmFigure, Firms, newest_of_year
from indicators.formulas.likely_count import (
    Estimates,
    LikelyCount,
    counted,
    estimates,
)
from indicators.formulas.likely_range import FEWEST_QUARTERS, LEAST_RATE, LEAST_WEIGHT

ZERO, ONE = Decimal("0"), Decimal("1")
DRAWS, MOST_HIDDEN = 24, 4


@dataclass(frozen=True, slots=True)
class FigureVersion:
    """A figure and when it was in force: until is None while it still is."""

    figure: FirmFigure
    since: datetime
    until: datetime | None

    def stood(self, moment: datetime) -> bool:
        """Return whether it was in force at a moment."""
        return self.since <= moment and (self.until is None or self.until > moment)


# Every version of an enterprise's figures by quarter, and of many by their keys.
Versions = Mapping[Hashable, Mapping[Quarter, Sequence[FigureVersion]]]
# When each city's figures of a quarter were first put in force.
Arrivals = Mapping[Quarter, Mapping[str, datetime]]


class SilencePattern(StrEnum):
    """Which cities were silent in a trial: drawn at random, or those that really reported later."""

    DRAWN = "drawn"
    ARRIVAL = "arrival"


@dataclass(frozen=True, slots=True)
class CountTrial:
    """
    One past estimate of a count, compared with the complete quarter.

    naive  what the plain method gives: the silent cities' count of last year, grown like that of
           the reported cities
    """

    quarter: Quarter
    hidden: SilencePattern
    silent: tuple[str, ...]
    low: int
    centre: int
    high: int
    truth: int
    naive: Decimal

    @property
    def hit(self) -> bool:
        """Whether the range held the truth, its ends included."""
        return self.low <= self.truth <= self.high

    @property
    def naive_hit(self) -> bool:
        """Whether a range as wide would have held it around what the plain method gives."""
        return abs(self.truth - self.naive) <= Decimal(self.high - self.low) / 2


@dataclass(frozen=True, slots=True)
class CountRecord:
    """How often past ranges held the truth, and how wide they were."""

    trials: tuple[CountTrial, ...]

    @property
    def rate(self) -> Decimal | None:
        """The part of the trials whose range held the truth; None without any."""
        return _part(one.hit for one in self.trials)

    @property
    def naive_rate(self) -> Decimal | None:
        """The same of the plain method, with ranges as wide."""
        return _part(one.naive_hit for one in self.trials)

    @property
    def mean_width(self) -> Decimal | None:
        """The mean of high − low, in enterprises; None without any trial."""
        return _mean(Decimal(one.high - one.low) for one in self.trials)

    @property
    def mean_error(self) -> Decimal | None:
        """The mean distance of the centre from the truth, in enterprises."""
        return _mean(Decimal(abs(one.truth - one.centre)) for one in self.trials)

    @property
    def naive_error(self) -> Decimal | None:
        """The mean distance of the plain method's figure from the truth."""
        return _mean(abs(one.truth - one.naive) for one in self.trials)

    @property
    def by_quarter(self) -> Mapping[Quarter, "CountRecord"]:
        """The record of each quarter, the oldest first."""
        quarters = sorted({one.quarter for one in self.trials})
        return {q: CountRecord(tuple(t for t in self.trials if t.quarter == q)) for q in quarters}

    @property
    def worst(self) -> tuple[Quarter, Decimal] | None:
        """The quarter with the lowest rate, the newest of equals, and that rate; None if none."""
        rates = [(one.rate or ZERO, q) for q, one in self.by_quarter.items()]
        if not rates:
            return None
        lowest = min(rate for rate, _q in rates)
        return max(q for rate, q in rates if rate == lowest), lowest

    @property
    def quarters(self) -> int:
        """How many quarters there were to try."""
        return len(self.by_quarter)

    @property
    def gives_lean(self) -> bool:
        """Whether a lean may be given: at least 90 % held, in at least four quarters."""
        return self.quarters >= FEWEST_QUARTERS and (self.rate or ZERO) >= LEAST_RATE

    def of(self, hidden: SilencePattern) -> "CountRecord":
        """Return the record of one kind of trial."""
        return CountRecord(tuple(one for one in self.trials if one.hidden is hidden))


def count_record(
    versions: Versions,
    arrivals: Arrivals,
    cities: Collection[str],
    line: Decimal,
    *,
    least_weight: Decimal = LEAST_WEIGHT,
    draws: int = DRAWS,
) -> CountRecord:
    """
    Return how past estimates of the count would have fared.

    In each quarter that every city has reported, one to four cities drawn at random are hidden,
    `draws` times (the same on every computation), and the cities as they really came in: after
    each arrival those that had not come yet. Each estimate uses only what was in force by then;
    the truth is the count when the last city had come. Where no estimate would have been given,
    there is no trial.
    """
    trials: list[CountTrial] = []
    changes = _changes(versions)
    for quarter in sorted(arrivals):
        # Without last year's count there is no weight, and no estimate would have been given.
        if set(cities) <= arrivals[quarter].keys() and arrivals.get(quarter.year_earlier()):
            past = _Past(versions, changes, arrivals, sorted(cities), quarter, line, least_weight)
            trials += past.trials(draws)
    return CountRecord(tuple(trials))


def figures_at(versions: Versions, moment: datetime, until: Quarter) -> Firms:
    """Return the figures that were in force at a moment, up to a quarter."""
    found: dict[Hashable, Figures] = {}
    quarters = {quarter for by_quarter in versions.values() for quarter in by_quarter}
    known = {quarter for quarter in quarters if quarter <= until}
    for key, by_quarter in versions.items():
        figures = {
            quarter: one.figure
            for quarter, every in by_quarter.items()
            if quarter in known
            for one in every
            if one.stood(moment)
        }
        if figures:
            found[key] = figures
    return found


# City, quarter and time of each publication.
Changes = frozenset[tuple[datetime, Quarter, str]]


def _changes(versions: Versions) -> Changes:
    return frozenset(
        (one.since, quarter, one.figure.city)
        for by_quarter in versions.values()
        for quarter, every in by_quarter.items()
        for one in every
    )


class _Past:
    """One complete quarter, as it was when its last city had reported."""

    def __init__(
        self,
        versions: Versions,
        changes: Changes,
        arrivals: Arrivals,
        cities: Sequence[str],
        quarter: Quarter,
        line: Decimal,
        least_weight: Decimal,
    ) -> None:
        self.versions, self.changes = versions, changes
        self.cities, self.quarter, self.line = cities, quarter, line
        self.came, self.least_weight = arrivals[quarter], least_weight
        self.known_then = arrivals.get(quarter.year_earlier(), {}).keys()
        self.complete_at = max(self.came[city] for city in cities)
        self.view = _View(figures_at(versions, self.complete_at, quarter), quarter, line)
        self.truth = self.view.certain.at_least

    def trials(self, draws: int) -> Iterator[CountTrial]:
        """Return the trials of this quarter."""
        drawn = random.Random(f"hidden cities of {self.quarter}")
        for n in range(draws):
            number = min(n % MOST_HIDDEN + 1, len(self.cities) - 1)
            silent = tuple(sorted(drawn.sample(self.cities, number)))
            yield from self._trial(SilencePattern.DRAWN, silent, self.view)
        for moment in sorted({self.came[city] for city in self.cities})[:-1]:
            silent = tuple(city for city in self.cities if self.came[city] > moment)
            yield from self._trial(SilencePattern.ARRIVAL, silent, self._view_at(moment, silent))

    def _view_at(self, moment: datetime, silent: Collection[str]) -> "_View":
        """Return the view at a moment: today's, if only first reports came since."""
        if not self._restated_since(moment, silent):
            return self.view
        return _View(figures_at(self.versions, moment, self.quarter), self.quarter, self.line)

    def _restated_since(self, moment: datetime, silent: Collection[str]) -> bool:
        """Return whether anything else was published between a moment and completion."""
        return any(
            moment < since <= self.complete_at
            and quarter <= self.quarter
            and not (quarter == self.quarter and city in silent)
            for since, quarter, city in self.changes
        )

    def _trial(
        self, hidden: SilencePattern, silent: tuple[str, ...], view: "_View"
    ) -> list[CountTrial]:
        """Return a trial, or none where no estimate would have been given."""
        weight = view.weight(silent)
        if weight is None or weight < self.least_weight or not set(silent) <= self.known_then:
            return []
        found = view.likely(silent)
        if found.low is None or found.high is None:
            return []
        return [
            CountTrial(
                quarter=self.quarter,
                hidden=hidden,
                silent=silent,
                low=found.low,
                centre=found.centre,
                high=found.high,
                truth=self.truth,
                naive=view.naive(silent, weight),
            )
        ]


class _View:
    """
    What was known of a quarter at a moment, and its estimates with some cities hidden.

    What does not depend on who is hidden is computed once; only the hidden cities' enterprises are
    estimated anew.
    """

    def __init__(self, firms: Firms, quarter: Quarter, line: Decimal) -> None:
        self.quarter, self.line = quarter, line
        self.certain = certain_count(firms, quarter, line)
        self.last_year = certain_count(firms, quarter.year_earlier(), line)
        self.samples = ErrorSamples(firms, line, first=0)
        self.estimates: dict[str, Estimates] = {}
        self.by_city: dict[str, dict[Hashable, Figures]] = {}
        for key, figures in firms.items():
            newest = newest_of_year(figures, quarter) or max(figures)
            self.by_city.setdefault(figures[newest].city, {})[key] = figures

    def weight(self, silent: Collection[str]) -> Decimal | None:
        """Return the reported cities' part of the count a year earlier; None if nobody counted."""
        every = self.last_year.at_least
        return Decimal(_others(self.last_year, silent)) / every if every else None

    def likely(self, silent: Collection[str]) -> LikelyCount:
        """Return the estimate with these cities' figures of the quarter hidden."""
        found = Estimates.together(self._estimates(city) for city in silent)
        samples = self.samples.hiding(silent)
        count = counted(found, self.quarter, self.quarter, self.line, samples)
        return count.beside(_others(self.certain, silent))

    def _estimates(self, city: str) -> Estimates:
        """Return the estimates of a city's enterprises, without its figures of the quarter."""
        if city not in self.estimates:
            theirs = {
                key: {q: one for q, one in figures.items() if q != self.quarter}
                for key, figures in self.by_city.get(city, {}).items()
            }
            q = self.quarter
            self.estimates[city] = estimates(
                theirs, q, q, self.line, silent={city}, samples=self.samples
            )
        return self.estimates[city]

    def naive(self, silent: Collection[str], weight: Decimal) -> Decimal:
        """
        Return what the plain method gives, a whole number.

            reported now + the silent cities' of last year × reported now / reported last year

        That is reported now / weight.
        """
        return (_others(self.certain, silent) / weight).to_integral_value(ROUND_HALF_UP)


def _others(count: CertainCount, cities: Collection[str]) -> int:
    """Return the count of the other cities."""
    return sum(number for city, number in count.by_city.items() if city not in cities)


def _part(hits: Iterable[bool]) -> Decimal | None:
    return _mean(ONE if hit else ZERO for hit in hits)


def _mean(amounts: Iterable[Decimal]) -> Decimal | None:
    every = list(amounts)
    return sum(every, ZERO) / len(every) if every else None
