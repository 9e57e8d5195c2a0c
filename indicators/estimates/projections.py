"""Projections of the enterprises near a threshold: secured, on pace, near miss."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Self

from enterprises.thresholds import OVER_100M
from foundation.quarters import Quarter
from indicators.data.firm_returns import FirmRevenue, firm_revenues
from indicators.data.snapshot import Snapshot
from indicators.data.snapshot_cache import cached_by_snapshot
from indicators.formulas.firm_outlook import (
    LEAST_SHARE,
    NEAR_FROM,
    Outlook,
    Prospect,
    firm_outlook,
    share_of_year,
)
from indicators.formulas.firms_over import is_over


@dataclass(frozen=True, slots=True)
class FirmProspect:
    """
    One enterprise with the outlook of its year; amounts in yuan. See Outlook.

    city        the code of the city that reported it
    registered  the code of the city in whose register it is now; park its park there, or None
    """

    enterprise_id: int
    city: str
    cumulative: Decimal
    outlook: Outlook
    registered: str | None = None
    park: int | None = None


@dataclass(frozen=True, eq=False)
class FirmProjections:
    """
    A quarter's enterprises with the outlook of their year.

    every   all that could come near the threshold, in no particular order; those with too
            little revenue for that are not among them
    number  how many, by city's code and prospect; of those out of reach only the above
    open    those on pace, then the near misses, each with the nearest first
    line    the revenue in yuan that must be exceeded
    least   how many will be over it at the least by each firm's range, by city's code
    most    how many at the most
    """

    every: tuple[FirmProspect, ...]
    number: Mapping[tuple[str, Prospect], int]
    open: tuple[FirmProspect, ...]
    line: Decimal
    least: Mapping[str, int]
    most: Mapping[str, int]

    @classmethod
    def of_firms(cls, every: Iterable[FirmProspect], line: Decimal) -> Self:
        """Return the firm_projections of these enterprises."""
        firms = tuple(every)
        return cls(
            every=firms,
            number=Counter((one.city, one.outlook.prospect) for one in firms),
            open=tuple(sorted(filter(_is_open, firms), key=_nearest_first)),
            line=line,
            least=Counter(one.city for one in firms if is_over(one.outlook.low, line)),
            most=Counter(one.city for one in firms if is_over(one.outlook.high, line)),
        )

    def but_for(self, left_out: Collection[int]) -> Self:
        """Return the same without some enterprises."""
        others = (one for one in self.every if one.enterprise_id not in left_out)
        return self.of_firms(others, self.line)

    def of(self, prospect: Prospect, city: str | None = None) -> int:
        """Return how many have a prospect, in a city or in the province."""
        return sum(
            number
            for (code, known), number in self.number.items()
            if known is prospect and city in (None, code)
        )


def firm_projections(
    snapshot: Snapshot, quarter: Quarter, line: Decimal = OVER_100M
) -> FirmProjections:
    """
    Return where the enterprises of a quarter are heading, but for those supposed away.

    line is the revenue in yuan to be exceeded, one of those of the snapshot.
    """
    if snapshot.supposed is not None:
        return firm_projections(snapshot.supposed.actual, quarter, line).but_for(
            snapshot.supposed.without
        )
    return _firm_projections(snapshot, quarter, line)


@cached_by_snapshot(maxsize=32)
def _firm_projections(snapshot: Snapshot, quarter: Quarter, line: Decimal) -> FirmProjections:
    """Calculate them. Cached by quarter and line, as long as the snapshot."""
    least = line * NEAR_FROM * _least_share(quarter)
    firms = [one for one in _largest(snapshot, quarter) if one.revenue >= least]
    province = _province_share(snapshot, quarter)
    by_city = {city.code: _city_share(snapshot, city.code, quarter) for city in snapshot.cities}
    return FirmProjections.of_firms(
        (_prospect(firm, quarter, line, by_city[firm.city], province) for firm in firms), line
    )


@cached_by_snapshot(maxsize=32)
def _largest(snapshot: Snapshot, quarter: Quarter) -> tuple[FirmRevenue, ...]:
    """Return the enterprises that could come near any line: read once for all lines."""
    least = min(snapshot.over_by_line) * NEAR_FROM * _least_share(quarter)
    return tuple(firm_revenues(snapshot, quarter, from_=least))


def _least_share(quarter: Quarter) -> Decimal:
    return Decimal(1) if quarter.is_year_end else LEAST_SHARE


def _is_open(one: FirmProspect) -> bool:
    return one.outlook.prospect in (Prospect.ON_PACE, Prospect.NEAR_MISS)


def _nearest_first(one: FirmProspect) -> tuple[bool, Decimal, int]:
    outlook = one.outlook
    return outlook.prospect is Prospect.NEAR_MISS, -outlook.projection, one.enterprise_id


def _prospect(
    firm: FirmRevenue,
    quarter: Quarter,
    line: Decimal,
    city: Decimal | None,
    province: Decimal | None,
) -> FirmProspect:
    """Return one enterprise with its outlook."""
    outlook = firm_outlook(
        cumulative=firm.revenue,
        quarter=quarter.quarter,
        threshold=line,
        own=share_of_year(firm.by_then, firm.whole_year),
        city=city,
        province=province,
    )
    assert outlook is not None
    return FirmProspect(
        firm.enterprise_id, firm.city, firm.revenue, outlook, firm.registered, firm.park
    )


def _last_year(snapshot: Snapshot, city: str, quarter: Quarter) -> tuple[Decimal, Decimal] | None:
    """Return a city's revenue of the same quarter and of the whole of last year, in yuan."""
    then = snapshot.lines.get((city, quarter.year_earlier()))
    whole = snapshot.lines.get((city, quarter.year_earlier().year_end))
    if then is None or whole is None or then.revenue is None or whole.revenue is None:
        return None
    return then.revenue, whole.revenue


def _city_share(snapshot: Snapshot, city: str, quarter: Quarter) -> Decimal | None:
    """Return which share of last year's revenue a city had reached by the same quarter."""
    known = _last_year(snapshot, city, quarter)
    return share_of_year(*known) if known else None


def _province_share(snapshot: Snapshot, quarter: Quarter) -> Decimal | None:
    """Return the same of the province: of those cities only that reported both quarters."""
    known = [year for city in snapshot.cities if (year := _last_year(snapshot, city.code, quarter))]
    if not known:
        return None
    then, whole = (sum(amounts, Decimal(0)) for amounts in zip(*known, strict=True))
    return share_of_year(then, whole)
