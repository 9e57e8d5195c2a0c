"""Asks the rules about a city's quarter, without a file and without a database."""

from copy import deepcopy
from decimal import Decimal

from foundation.quarters import Quarter
from submissions.rules.context import Registered
from submissions.rules.earlier_returns import EarlierFigures
from submissions.rules.plausibility.past import FIELDS, QUARTERS, Past
from submissions.rules.rule import Violation
from submissions.validation.checking import RULES
from tests.benchmarks.plausibility.histories import Town
from tests.submissions.rules import workshop

FIRST_ROW = workshop.FIRST_ROW


class Quarterly:
    """One city's return of a quarter: what is true, and what the rules know before it."""

    def __init__(self, town: Town, quarter: Quarter) -> None:
        self.town, self.quarter = town, quarter
        self.lines = deepcopy(town.lines[quarter])
        self.totals = dict(town.totals[quarter])
        self.parks: list[dict] | None = [workshop.park()]
        self._known = self._knowledge()

    def copy(self) -> "Quarterly":
        """Return the same return, to be falsified; what is known is shared."""
        other = object.__new__(Quarterly)
        other.__dict__.update(self.__dict__)
        other.lines, other.totals = deepcopy(self.lines), dict(self.totals)
        return other

    def findings(self) -> list[Violation]:
        """Return what every rule says."""
        reading = workshop.reading(
            enterprises=self.lines,
            city=workshop.measures(**self.totals),
            parks=self.parks,
            period=str(self.quarter),
            unit="元",
        )
        known = self._known | {"memo": {}}
        # The workshop's register has the names of the file; a code that is not known has none.
        context = workshop.context(reading, **known)
        return [each for rule in RULES for each in rule(reading, context)]

    def knows(self, **given: object) -> None:
        """Replace parts of what the context knows."""
        self._known = self._known | given

    def known(self, name: str) -> dict:
        """Return one part of what the context knows."""
        return self._known[name]

    def _knowledge(self) -> dict:
        """Return what a context would have loaded."""
        before = {
            back: one
            for back in range(1, QUARTERS + 1)
            if (one := Quarter.from_ordinal(self.quarter.ordinal - back)) in self.town.lines
        }
        past: dict[str, Past] = {}
        for back, one in before.items():
            for line in self.town.lines[one]:
                known = past.setdefault(line["credit_code"], Past(self.quarter.quarter))
                known.put(back, [_number(line[name]) for name in FIELDS])
        previous, year = self.quarter.previous(), self.quarter.year_earlier()
        firms = {line["credit_code"]: line["name"] for line in self.lines}
        register = {code: Registered(name, "370100") for code, name in firms.items()}
        return {
            "period": self.quarter,
            "past": past,
            "fields": self.town.fields,
            "previous": self._earlier(previous),
            "year_earlier": self._earlier(year),
            "city_previous": self.town.totals.get(previous, {}),
            "city_year_earlier": self.town.totals.get(year, {}),
            "city_past": {
                back: self.town.totals[one] for back, one in before.items() if back < QUARTERS
            },
            "register": register,
            "own_firms": tuple(firms.items()),
            "reported": frozenset({"parks"}),
            "categories": None,
        }

    def _earlier(self, quarter: Quarter) -> dict[str, EarlierFigures]:
        return {
            line["credit_code"]: EarlierFigures(line["name"], {name: line[name] for name in FIELDS})
            for line in self.town.lines.get(quarter, ())
        }


def place_of(found: Violation) -> tuple[str, int]:
    """Return sheet and row of a finding; row 0 for a whole sheet or file."""
    digits = "".join(c for c in found.cell or "" if c.isdigit())
    return found.sheet or "", int(digits or 0)


def _number(value: Decimal | int | None) -> float | None:
    return None if value is None else float(value)
