"""A movement rounded so that it adds up as printed. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from indicators.formulas.adding_up import parts_that_add_up
from indicators.formulas.bridge import Cause
from indicators.verdict.rounding import places_that_read_truly, rounded

# Far beyond any place that is shown: a fraction becomes a decimal without a visible error.
FAR = 30


@dataclass(frozen=True)
class RoundedMovement:
    """
    Printed: percent and points of a share, 亿元 or billions of money, numbers of a count.

    start + the causes = end; a cause = its cities; a city = its causes. To the last place.
    """

    places: int
    start: Decimal
    end: Decimal
    by_cause: dict[Cause, Decimal]
    parts: dict[tuple[str, Cause], Decimal]

    @property
    def whole(self) -> Decimal:
        """The difference of the two figures."""
        return self.end - self.start

    def of_city(self, code: str) -> Decimal:
        """Return a city's part in all."""
        return sum((one for (city, _c), one in self.parts.items() if city == code), Decimal(0))

    @property
    def steps(self) -> tuple[tuple[Cause, Decimal, Decimal], ...]:
        """Each cause with a part, with the figure before and after it."""
        at, found = self.start, []
        for cause, part in self.by_cause.items():
            if part:
                found.append((cause, at, at + part))
                at += part
        return tuple(found)


def rounded_movement(
    start: Fraction,
    end: Fraction,
    parts: Sequence[tuple[str, Cause, Fraction]],
    *,
    scale: Decimal,
    least: int,
    against: Decimal | None = None,
) -> RoundedMovement:
    """
    Return a movement rounded so that it adds up.

    parts are each city's part by cause; they add up to end − start. scale turns the unit
    into the one that is printed. There are `least` places, and as many more as it takes that
    neither end reads as the other, or as a figure it is compared with, when they differ. No part
    is moved by more than one unit of the last place at each of two roundings.

    Raises ValueError if the parts do not add up to the movement.
    """
    by = Fraction(scale)
    ends = [_decimal(one * by) for one in (start, end)]
    held = [] if against is None else [against * scale]
    places = places_that_read_truly(ends, held, least=least)
    first, last = (rounded(one, places) for one in ends)
    scaled = [(city, cause, part * by) for city, cause, part in parts]
    if sum((part for _city, _cause, part in scaled), Fraction(0)) != (end - start) * by:
        raise ValueError("The parts do not add up to the movement.")
    wholes = [sum((p for _, c, p in scaled if c is cause), Fraction(0)) for cause in Cause]
    causes = dict(zip(Cause, parts_that_add_up(wholes, last - first, places=places), strict=True))
    found: dict[tuple[str, Cause], Decimal] = {}
    for cause, whole in causes.items():
        mine = [(city, part) for city, c, part in scaled if c is cause]
        shown = parts_that_add_up([part for _city, part in mine], whole, places=places)
        found |= {(city, cause): one for (city, _p), one in zip(mine, shown, strict=True)}
    return RoundedMovement(places, first, last, causes, found)


def _decimal(exact: Fraction) -> Decimal:
    """Return a fraction as a decimal, to many more places than are ever shown."""
    scaled = round(exact * 10**FAR)
    return Decimal(scaled).scaleb(-FAR)
