"""T2: by how much an enterprise's cumulative revenue grows from one quarter to a later one."""

from collections.abc import Iterable
from decimal import Decimal

from foundation.quarters import Quarter
from indicators.formulas.firm_figures import Figures, Firms, amount, year_earlier

ZERO = Decimal("0")
# Within a year a cumulative figure grows; one that grows more than twentyfold had hardly begun.
LEAST, MOST = Decimal("1"), Decimal("20")
# From a year's end into the next year it begins anew.
LEAST_ANEW = Decimal("0.05")


class Factors:
    """
    By how much revenue grows from quarter p to a later quarter q, by what it did a year earlier.

        factor = L(q) / L(p)        L: the same quarter a year earlier

    The enterprise's own; else its city's, else the province's, from the sums of the enterprises
    that have both. A factor under 1 or over 20 is unusable; from one year into the next, one
    under 0.05.

    L(q) of an enterprise is the accepted figure. Only where no enterprise has an accepted figure of
    a quarter are the sums made of what later returns say of it (上年同期).
    """

    def __init__(self, firms: Firms, p: Quarter, q: Quarter):
        self.p, self.q = p, q
        self.least = LEAST if p.year == q.year else LEAST_ANEW
        accepted = any(q.year_earlier() in figures for figures in firms.values())
        sums: dict[str, tuple[Decimal, Decimal]] = {}
        for figures in firms.values():
            city, then = _city(figures, p, q), year_earlier(figures, p)
            later = amount(figures, q.year_earlier()) if accepted else year_earlier(figures, q)
            if city is not None and then is not None and later is not None:
                before = sums.get(city, (ZERO, ZERO))
                sums[city] = before[0] + then, before[1] + later
        self.city = {city: self._factor(*both) for city, both in sums.items()}
        self.province = self._factor(_sum(sums.values(), 0), _sum(sums.values(), 1))

    def own(self, figures: Figures) -> Decimal | None:
        """Return the factor by the enterprise's own figures; None if unusable."""
        return self._factor(year_earlier(figures, self.p), amount(figures, self.q.year_earlier()))

    def estimate(self, figures: Figures) -> Decimal | None:
        """
        Return the estimate of an enterprise's figure of q from its accepted figure of p, in yuan.

            estimate = x(p) × factor

        Within a year no factor is under 1, so that it is never under x(p). None without a figure
        of p, or without any factor.
        """
        base = figures.get(self.p)
        if base is None or base.revenue is None:
            return None
        factor = self.own(figures) or self.city.get(base.city) or self.province
        return None if factor is None else base.revenue * factor

    def _factor(self, then: Decimal | None, later: Decimal | None) -> Decimal | None:
        if then is None or later is None or then <= 0:
            return None
        factor = later / then
        return factor if self.least <= factor <= MOST else None


def _city(figures: Figures, p: Quarter, q: Quarter) -> str | None:
    """Return the city of an enterprise: as of p, else as of q, else a year before p."""
    for quarter in (p, q, p.year_earlier(), q.year_earlier()):
        if quarter in figures:
            return figures[quarter].city
    return None


def _sum(both: Iterable[tuple[Decimal, Decimal]], which: int) -> Decimal:
    return sum((one[which] for one in both), ZERO)
