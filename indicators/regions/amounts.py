"""Amounts by period in one of four ways: ?amounts=cumulative|quarter|rolling|year."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clusters.models import City
from foundation.quarters import Quarter
from indicators.catalogue import Measure
from indicators.data.snapshot import Snapshot
from indicators.data.snapshot_cache import cached_by_snapshot
from indicators.formulas.cumulative import Series, rolling_year, single_quarter, year_total


class Amounts(StrEnum):
    """The way of an amount: since 1 January, the single quarter, four quarters, the whole year."""

    CUMULATIVE = "cumulative"
    QUARTER = "quarter"
    ROLLING = "rolling"
    YEAR = "year"


AMOUNTS_WORDS: dict[Amounts, Promise] = {
    Amounts.CUMULATIVE: _("Cumulative from 1 January"),
    Amounts.QUARTER: _("Single quarter"),
    Amounts.ROLLING: _("Last four quarters"),
    Amounts.YEAR: _("Whole year"),
}
AMOUNTS_FORMULAS: dict[Amounts, Promise] = {
    Amounts.CUMULATIVE: _("As reported: from 1 January to the quarter's end."),
    Amounts.QUARTER: _(
        "The cumulative figure less that of the quarter before; in the first quarter the figure "
        "itself."
    ),
    Amounts.ROLLING: _(
        "The cumulative figure, and what last year added after the same quarter; in the fourth "
        "quarter the figure itself."
    ),
    Amounts.YEAR: _("The fourth quarter's cumulative figure."),
}
# Of the quarters' figures, the flows; firms and staff are counted at the end and never converted.
FLOWS = (Measure.OUTPUT_VALUE, Measure.REVENUE)
STOCKS = (Measure.ENTERPRISES, Measure.EMPLOYEES)


@dataclass(frozen=True, slots=True)
class AmountRow:
    """
    One period of a place or an enterprise.

    amounts   of each flow, in yuan, as asked for; None if it was not reported, or is unknown
              because of a gap
    reported  whether the quarter itself was reported
    stocks    numbers at the period's end, as reported
    restated  whether a figure behind the amounts was published as another before
    """

    quarter: Quarter
    amounts: tuple[Decimal | None, ...]
    reported: tuple[bool, ...]
    stocks: tuple[int | None, ...] = ()
    restated: bool = False


@dataclass(frozen=True, eq=False)
class AmountHistory:
    """Amounts by period, oldest first, in one of the four ways. key names its chart."""

    key: str
    how: Amounts
    flows: tuple[Measure, ...]
    stocks: tuple[Measure, ...]
    rows: tuple[AmountRow, ...]

    @property
    def has_gap(self) -> bool:
        """Whether a reported quarter has no amount in this way."""
        return any(
            known and amount is None
            for row in self.rows
            for known, amount in zip(row.reported, row.amounts, strict=True)
        )

    @property
    def has_fall(self) -> bool:
        """Whether an amount is negative: the cumulative figure went down."""
        return any(amount is not None and amount < 0 for row in self.rows for amount in row.amounts)


def asked_amounts(request: Any) -> Amounts:
    """Return the way that an address asks for, QUARTER by default. Raises Http404 for others."""
    try:
        return Amounts(request.GET.get("amounts", Amounts.QUARTER))
    except ValueError:
        raise Http404 from None


def ways(chosen: Amounts) -> list[tuple[Amounts, Promise, bool]]:
    """Return the four ways, each with its words and whether it is the one chosen."""
    return [(how, words, how is chosen) for how, words in AMOUNTS_WORDS.items()]


def in_way(how: Amounts, ytd: Series, quarter: Quarter) -> Decimal | None:
    """Return a quarter's amount in a way, from cumulative figures; None because of a gap."""
    compute: dict[Amounts, Callable[[Series, Quarter], Decimal | None]] = {
        Amounts.CUMULATIVE: lambda series, q: series.get(q),
        Amounts.QUARTER: lambda series, q: single_quarter(series, q).amount,
        Amounts.ROLLING: rolling_year,
        Amounts.YEAR: lambda series, q: year_total(series, q.year),
    }
    return compute[how](ytd, quarter)


def rests_on(how: Amounts, quarter: Quarter) -> list[Quarter]:
    """Return the quarters whose cumulative figures a quarter's amount rests on."""
    if how is Amounts.QUARTER and quarter.quarter > 1:
        return [quarter, quarter.previous()]
    if how is Amounts.ROLLING and not quarter.is_year_end:
        return [quarter, quarter.year_earlier(), quarter.year_earlier().year_end]
    return [quarter]


def history(
    key: str,
    how: Amounts,
    flows: Mapping[Measure, Series],
    quarters: Iterable[Quarter],
    stocks: Mapping[Measure, Mapping[Quarter, int | None]] | None = None,
    restated: Collection[Quarter] = (),
) -> AmountHistory:
    """
    Return the amounts of quarters in one way; of years, only complete ones.

    restated are the quarters of which a flow was published as another before.
    """
    shown = [q for q in quarters if how is not Amounts.YEAR or q.is_year_end]
    ends = stocks or {}
    return AmountHistory(
        key=key,
        how=how,
        flows=tuple(flows),
        stocks=tuple(ends),
        rows=tuple(
            AmountRow(
                quarter=q,
                amounts=tuple(in_way(how, ytd, q) for ytd in flows.values()),
                reported=tuple(ytd.get(q) is not None for ytd in flows.values()),
                stocks=tuple(numbers.get(q) for numbers in ends.values()),
                restated=any(one in restated for one in rests_on(how, q)),
            )
            for q in shown
        ),
    )


@cached_by_snapshot(maxsize=64)
def city_amounts(snapshot: Snapshot, city: City, quarter: Quarter, how: Amounts) -> AmountHistory:
    """Return a city's own totals by period, up to a quarter. Cached as long as its snapshot."""

    def series(measure: Measure) -> dict[Quarter, Any]:
        found = {q: snapshot.city_totals.get((city.code, q)) for q in snapshot.quarters}
        return {q: getattr(one, measure.value) for q, one in found.items() if one}

    return history(
        f"output-{city.slug}",
        how,
        {measure: series(measure) for measure in FLOWS},
        snapshot.with_figures(quarter),
        {measure: series(measure) for measure in STOCKS},
        {q for code, q, name in snapshot.restated.cities if code == city.code and name in FLOWS},
    )
