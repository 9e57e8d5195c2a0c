"""T2: the factors and past errors that an estimated count rests on, each computed once."""

from collections.abc import Collection
from decimal import Decimal

from foundation.quarters import Quarter
from indicators.formulas.count_errors import (
    Errors,
    but_for,
    count_errors,
    years_back,
)
from indicators.formulas.count_range import ErrorSample, Pairs
from indicators.formulas.firm_factors import Factors
from indicators.formulas.firm_figures import Firms

# Older errors say little about this year.
EARLIER_YEARS = 2
FEWEST_ERRORS = 8


class ErrorSamples:
    """
    The errors of estimates in one quarter and in the same quarter of earlier years.

    first    0 with those of the quarter itself, 1 without (nobody has reported it yet)
    without  the cities whose errors of the quarter itself are left out: they are silent
    """

    def __init__(
        self, firms: Firms, line: Decimal, *, first: int, without: Collection[str] = ()
    ) -> None:
        self.firms, self.line, self.first, self.without = firms, line, first, frozenset(without)
        self._factors: dict[tuple[Quarter, Quarter], Factors] = {}
        self._errors: dict[tuple[Quarter, Quarter], Errors] = {}
        self._pairs: dict[tuple[Quarter, int], Pairs] = {}

    def hiding(self, cities: Collection[str]) -> "ErrorSamples":
        """
        Return the same with other cities silent; what is computed is shared.

        For estimates that do not depend on who else is silent: of the same enterprises.
        """
        other = ErrorSamples(self.firms, self.line, first=self.first, without=cities)
        other._factors, other._errors, other._pairs = self._factors, self._errors, self._pairs
        return other

    def factors(self, p: Quarter, q: Quarter) -> Factors:
        """Return the factors from a quarter to a later one."""
        if (p, q) not in self._factors:
            self._factors[p, q] = Factors(self.firms, p, q)
        return self._factors[p, q]

    def of(self, bases: Collection[Quarter], q: Quarter) -> tuple[ErrorSample, ...]:
        """Return the quarters with enough errors of estimates from each of these quarters."""
        every = (
            ErrorSample(
                years,
                {p: self._then(p, q, years) for p in bases},
                self._pairs.setdefault((q, years), {}),
            )
            for years in range(self.first, EARLIER_YEARS + 1)
        )
        return tuple(one for one in every if one.errors >= FEWEST_ERRORS)

    def _then(self, p: Quarter, q: Quarter, years: int) -> Errors:
        errors = self.errors(years_back(p, years), years_back(q, years))
        return errors if years else but_for(errors, self.without)

    def errors(self, p: Quarter, q: Quarter) -> Errors:
        """Return the errors of all cities' estimates of q from p."""
        if (p, q) not in self._errors:
            self._errors[p, q] = count_errors(self.firms, self.factors(p, q), self.line)
        return self._errors[p, q]
