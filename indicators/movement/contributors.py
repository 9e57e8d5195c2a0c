"""The names behind a movement, of the reader's own cities, and the table of all cities."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from clusters.models import City
from enterprises.models import Enterprise
from indicators.catalogue import AMOUNTS, IndicatorKind
from indicators.data.snapshot import Snapshot
from indicators.firm_returns import revenues_of
from indicators.formulas.bridge import Cause
from indicators.movement.movement import FirmStep, Movement
from indicators.movement.movement_words import cause_word, change_unit_word

# As many as one reads; the download has them, too.
SHOWN = 200


@dataclass(frozen=True)
class Mover:
    """An enterprise that came or went, with its cumulative revenue in yuan at both ends."""

    enterprise: Enterprise
    step: FirmStep
    before: Decimal | None
    after: Decimal | None
    over_years: bool = False

    @property
    def cause(self) -> str:
        """Return the cause in words."""
        return cause_word(self.step.cause, over_years=self.over_years)


@dataclass(frozen=True)
class Movers:
    """
    The enterprises behind the movement of a count.

    rows       those the reader may see, SHOWN at most: gained first, by revenue
    more       how many more of them there are
    elsewhere  pairs of a city and how many came or went there, of cities not the reader's
    """

    rows: tuple[Mover, ...]
    more: int
    elsewhere: tuple[tuple[City, int], ...]


def movers(of: Movement, then: Snapshot, now: Snapshot, cities: QuerySet[City]) -> Movers:
    """Return the enterprises behind a movement. Three queries at most."""
    if not of.firms:
        return Movers((), 0, ())
    keys = {step.enterprise_id for step in of.firms}
    within = Enterprise.objects.in_cities(cities).select_related("city")
    by_id = within.in_bulk(sorted(keys))
    before = revenues_of(then, of.start.quarter, by_id) if by_id else {}
    after = revenues_of(now, of.end.quarter, by_id) if by_id else {}
    rows = [
        Mover(
            enterprise=by_id[s.enterprise_id],
            step=s,
            before=before.get(s.enterprise_id),
            after=after.get(s.enterprise_id),
            over_years=of.is_over_years,
        )
        for s in of.firms
        if s.enterprise_id in by_id
    ]
    rows.sort(key=lambda row: (-row.step.change, -(row.after or 0), row.enterprise.pk))
    others = Counter(s.city for s in of.firms if s.enterprise_id not in by_id)
    return Movers(
        rows=tuple(rows[:SHOWN]),
        more=max(0, len(rows) - SHOWN),
        elsewhere=tuple(sorted(others.items(), key=lambda one: (-one[1], one[0].code))),
    )


@dataclass(frozen=True)
class GridRow:
    """One city: what it had, and what it did by each of the causes shown, rounded."""

    city: City
    before: Decimal | None
    after: Decimal | None
    parts: tuple[Decimal, ...]
    whole: Decimal


@dataclass(frozen=True)
class Grid:
    """
    Cities beside causes. Rows and columns add up, as printed; the largest city first.

    is_money  whether what the cities had is in yuan; unit is that of their parts
    """

    causes: tuple[Cause, ...]
    rows: tuple[GridRow, ...]
    totals: tuple[Decimal, ...]
    whole: Decimal
    is_money: bool
    unit: str
    over_years: bool

    @property
    def headings(self) -> list[str]:
        """Return the causes in words."""
        return [cause_word(cause, over_years=self.over_years) for cause in self.causes]


def grid(of: Movement) -> Grid | None:
    """Return the table of who did what; None if there is no movement to tell of."""
    shown = of.shown
    if shown is None:
        return None
    causes = tuple(cause for cause in of.by_cause if _did_anything(of, cause))
    zero = Decimal(0).scaleb(-shown.places)
    return Grid(
        causes=causes,
        rows=tuple(
            GridRow(
                part.city,
                part.before,
                part.after,
                tuple(shown.parts.get((part.city.code, cause), zero) for cause in causes),
                shown.of_city(part.city.code),
            )
            for part in of.cities
        ),
        totals=tuple(shown.by_cause[cause] for cause in causes),
        whole=shown.whole,
        is_money=of.indicator.kind is not IndicatorKind.COUNT and of.indicator.measure in AMOUNTS,
        unit=change_unit_word(of.indicator),
        over_years=of.is_over_years,
    )


def _did_anything(of: Movement, cause: Cause) -> bool:
    """Return whether a cause has a part at all, though its parts may cancel out."""
    return any(part.by_cause.get(cause) for part in of.cities)
