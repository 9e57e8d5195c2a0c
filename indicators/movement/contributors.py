"""Contributors to a movement: enterprises of the reader's cities, and the table of all cities."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from clusters.models import City
from enterprises.models import Enterprise
from indicators.catalogue import AMOUNTS, IndicatorKind
from indicators.data.firm_returns import revenues_of
from indicators.data.snapshot import Snapshot
from indicators.formulas.bridge import Cause
from indicators.movement.movement import FirmStep, Movement
from indicators.movement.movement_words import cause_word, change_unit_word

# Most rows on a page, and in its download.
SHOWN = 200


@dataclass(frozen=True)
class Contributor:
    """An enterprise counted at one end only, with its cumulative revenue in yuan at both ends."""

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
class Contributors:
    """
    The enterprises behind the movement of a count.

    rows       those the reader may see, SHOWN at most: gained first, by revenue
    more       how many more of them there are
    elsewhere  pairs of a city and its number of contributors, of cities not the reader's
    """

    rows: tuple[Contributor, ...]
    more: int
    elsewhere: tuple[tuple[City, int], ...]


def contributors(
    movement: Movement, then: Snapshot, now: Snapshot, cities: QuerySet[City]
) -> Contributors:
    """Return the enterprises behind a movement. Three queries at most."""
    if not movement.firms:
        return Contributors((), 0, ())
    keys = {step.enterprise_id for step in movement.firms}
    within = Enterprise.objects.in_cities(cities).select_related("city")
    by_id = within.in_bulk(sorted(keys))
    before = revenues_of(then, movement.start.quarter, by_id) if by_id else {}
    after = revenues_of(now, movement.end.quarter, by_id) if by_id else {}
    rows = [
        Contributor(
            enterprise=by_id[s.enterprise_id],
            step=s,
            before=before.get(s.enterprise_id),
            after=after.get(s.enterprise_id),
            over_years=movement.is_over_years,
        )
        for s in movement.firms
        if s.enterprise_id in by_id
    ]
    rows.sort(key=lambda row: (-row.step.change, -(row.after or 0), row.enterprise.pk))
    others = Counter(s.city for s in movement.firms if s.enterprise_id not in by_id)
    return Contributors(
        rows=tuple(rows[:SHOWN]),
        more=max(0, len(rows) - SHOWN),
        elsewhere=tuple(sorted(others.items(), key=lambda one: (-one[1], one[0].code))),
    )


@dataclass(frozen=True)
class GridRow:
    """One city: its figures at both ends, and its part of each cause shown, rounded."""

    city: City
    before: Decimal | None
    after: Decimal | None
    parts: tuple[Decimal, ...]
    whole: Decimal


@dataclass(frozen=True)
class Grid:
    """
    Cities by causes, the largest city first. Rows and columns add up as printed.

    is_money  whether the cities' figures are in yuan; unit is that of their parts
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


def grid(movement: Movement) -> Grid | None:
    """Return the table of cities by causes; None without a movement."""
    shown = movement.shown
    if shown is None:
        return None
    causes = tuple(cause for cause in movement.by_cause if _has_part(movement, cause))
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
            for part in movement.cities
        ),
        totals=tuple(shown.by_cause[cause] for cause in causes),
        whole=shown.whole,
        is_money=movement.indicator.kind is not IndicatorKind.COUNT
        and movement.indicator.measure in AMOUNTS,
        unit=change_unit_word(movement.indicator),
        over_years=movement.is_over_years,
    )


def _has_part(movement: Movement, cause: Cause) -> bool:
    """Return whether any city has a part of a cause, even if they cancel out."""
    return any(part.by_cause.get(cause) for part in movement.cities)
