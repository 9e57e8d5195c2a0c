"""What a scenario can change: enterprises to leave out, cities' output values."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.forms import BoundField

from clusters.models import City
from foundation.quarters import Quarter
from indicators.data.snapshot import Snapshot
from indicators.estimates.projections import FirmProjections
from indicators.formulas.firm_outlook import Prospect
from indicators.outlook.firm_list import FirmRow, firm_rows, own_firms

# Most enterprises in the list; others can be named in the address.
OFFERED = 60


@dataclass(frozen=True)
class Choices:
    """Enterprises to leave out: those left out already, then on pace, then barely secured."""

    rows: list[FirmRow]
    left_out: Collection[int]
    more: int


@dataclass(frozen=True)
class WhatIfCityRow:
    """A city with its own output value in yuan, None if not reported, and its form field."""

    city: City
    actual: Decimal | None
    field: BoundField


def choices(
    snapshot: Snapshot, firms: FirmProjections, own: Collection[str], left_out: Collection[int]
) -> Choices:
    """Return the reader's enterprises that count, or are expected to: those left out first."""
    counted = [
        one
        for one in own_firms(firms, own)
        if one.outlook.prospect in (Prospect.ON_PACE, Prospect.SECURED)
        or one.enterprise_id in left_out
    ]
    counted.sort(key=lambda one: one.enterprise_id not in left_out)
    shown = counted[: max(OFFERED, len(left_out))]
    return Choices(firm_rows(snapshot, shown), left_out, len(counted) - len(shown))


def city_rows(snapshot: Snapshot, quarter: Quarter, form: Any) -> list[WhatIfCityRow]:
    """Return the reader's cities with the field of each."""
    return [
        WhatIfCityRow(city, snapshot.output_value(city, quarter), form[f"output-{city.slug}"])
        for city in form.own
    ]
