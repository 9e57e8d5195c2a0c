"""Returns that are written nowhere: what a snapshot has in place of those in force."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from operator import attrgetter
from typing import Any

from django.db.models import QuerySet

from clusters.models import City, CityReturn, ReportingPeriod
from enterprises.models import EnterpriseReturn
from foundation.quarters import Quarter
from indicators.formulas.estimate_trials import DatedAmount
from parks.models import ParkReturn

Slot = tuple[Any, Quarter]


@dataclass(frozen=True, eq=False)
class Unpublished:
    """
    What a city would publish for a quarter: unsaved returns, in place of all that it has in force.

    at           the moment at which the old ones would end and these begin
    enterprises  their enterprises have keys; of those that are not in the register yet, any that
                 nothing else has
    ending       keys of other cities' enterprise returns that would end too
    joining      how many enterprises would join the register
    """

    city: City
    period: ReportingPeriod
    at: datetime
    totals: tuple[CityReturn, ...]
    enterprises: tuple[EnterpriseReturn, ...]
    parks: tuple[ParkReturn, ...]
    ending: frozenset[int]
    joining: int

    @property
    def quarter(self) -> Quarter:
        """The quarter that the returns are of."""
        return self.period.quarter

    def remaining(self, returns: QuerySet[EnterpriseReturn]) -> QuerySet[EnterpriseReturn]:
        """Return those of some returns in force that would still be, beside the new ones."""
        return returns.exclude(city=self.city, period=self.period).exclude(pk__in=self.ending)

    def ends(self, pk: int | None, city: int, period: int) -> bool:
        """Return whether an enterprise's return in force would end."""
        return (city, period) == (self.city.pk, self.period.pk) or pk in self.ending

    def rows(self, names: Iterable[str]) -> list[tuple[Any, ...]]:
        """Return the enterprises' returns as QuerySet.values_list(*names) would; pk is None."""
        values = attrgetter(*(_attribute(name) for name in names))
        return [values(one) for one in self.enterprises]

    def large(self, least: Mapping[Quarter, Decimal]) -> set[int]:
        """Return the keys of the enterprises with at least this revenue in the quarter."""
        enough = least.get(self.quarter)
        return {
            one.enterprise.pk
            for one in self.enterprises
            if enough is not None and one.revenue is not None and one.revenue >= enough
        }

    def after_amounts(self, dated: Iterable[DatedAmount], measure: str) -> list[DatedAmount]:
        """Return a measure's figures of all times with those of the new totals, the newest last."""
        slot = (self.city.code, self.quarter)
        found = [
            DatedAmount(*slot, one.amount, one.year_earlier, one.since, self.at)
            if (one.city, one.quarter) == slot and one.until is None
            else one
            for one in dated
        ]
        for one in self.totals:
            amount, before = (getattr(one, name) for name in (measure, f"{measure}_last_year"))
            found.append(DatedAmount(*slot, _decimal(amount), _decimal(before), self.at, None))
        return found


def _decimal(figure: Decimal | int | None) -> Decimal | None:
    return None if figure is None else Decimal(figure)


def _attribute(name: str) -> str:
    """Return the attribute of a return for a lookup; an unsaved enterprise has its key itself."""
    told = {"enterprise_id": "enterprise.pk", "ended_at": "superseded_at"}
    return told.get(name, name.replace("__", "."))
