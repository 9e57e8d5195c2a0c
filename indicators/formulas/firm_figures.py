"""T2: what was accepted of an enterprise, quarter by quarter, and the figure of a year earlier."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from foundation.quarters import Quarter


@dataclass(frozen=True, slots=True)
class FirmFigure:
    """
    One enterprise's accepted figures of one quarter; yuan, cumulative.

    revenue    environmental revenue; None if the return has no figure of it
    last_year  the same quarter of last year, as this return itself has it (上年同期)
    closed     the city declared that the enterprise has no more figures (closed, moved away)
    """

    city: str
    revenue: Decimal | None
    last_year: Decimal | None = None
    closed: bool = False


# An enterprise's figures by quarter, and those of many by a key that is the credit code's own.
Figures = Mapping[Quarter, FirmFigure]
Firms = Mapping[Hashable, Figures]


def amount(figures: Figures, quarter: Quarter) -> Decimal | None:
    """Return the accepted revenue of a quarter; None if there is none."""
    found = figures.get(quarter)
    return found.revenue if found else None


def newest_of_year(figures: Figures, quarter: Quarter) -> Quarter | None:
    """Return the newest quarter of the year, up to this one, that has a figure; None if none."""
    return next((one for one in _of_year(quarter) if amount(figures, one) is not None), None)


@lru_cache(maxsize=64)
def _of_year(quarter: Quarter) -> tuple[Quarter, ...]:
    """Return the quarters of a year up to this one, the newest first."""
    return tuple(Quarter(quarter.year, number) for number in range(quarter.quarter, 0, -1))


def year_earlier(figures: Figures, quarter: Quarter) -> Decimal | None:
    """
    Return the revenue of the same quarter a year earlier; None if unknown.

    The accepted figure of that quarter, else what the enterprise's own accepted return of this
    quarter says of it (上年同期).
    """
    accepted = amount(figures, quarter.year_earlier())
    if accepted is not None:
        return accepted
    own = figures.get(quarter)
    return own.last_year if own else None
