"""What the database adds up and counts of the enterprises' lines, for a snapshot."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from clusters.models import SeenFrom
from enterprises.models import EnterpriseReturn
from foundation.quarters import Quarter
from foundation.yuan import cents
from indicators.data.snapshot import LineTotals
from indicators.data.snapshot_store import Reusable
from indicators.formulas.firms_over import is_over


def _to_be_read(
    returns: QuerySet[EnterpriseReturn],
    period_of: Mapping[int, Quarter],
    known: Reusable | None,
) -> QuerySet[EnterpriseReturn]:
    """Return the returns but for those of quarters that are taken over."""
    if known is None:
        return returns
    return returns.filter(
        period__in=[pk for pk, quarter in period_of.items() if quarter not in known.quarters]
    )


def lines_by_city(
    seen: SeenFrom,
    code_of: Mapping[int, str],
    period_of: Mapping[int, Quarter],
    known: Reusable | None,
) -> Mapping[tuple[str, Quarter], LineTotals]:
    """Add the enterprises' lines up by city and period, in the database."""
    returns = _to_be_read(EnterpriseReturn.objects.seen_from(seen), period_of, known)
    found = known.lines() if known else {}
    return MappingProxyType(found | added_up(returns, code_of, period_of))


def added_up(
    returns: QuerySet[EnterpriseReturn],
    code_of: Mapping[int, str],
    period_of: Mapping[int, Quarter],
) -> dict[tuple[str, Quarter], LineTotals]:
    """Return the sums of returns by city and period. One query."""
    sums = (
        returns.order_by()
        .values_list("city_id", "period_id")
        .annotate(
            enterprises=Count("pk"),
            output=Sum("output_value"),
            revenue_sum=Sum("revenue"),
            nil=Count("pk", filter=~Q(nil="")),
        )
    )
    return {
        (code_of[city], period_of[period]): LineTotals(number, cents(output), cents(revenue), nil)
        for city, period, number, output, revenue, nil in sums
    }


Over = Mapping[Decimal, Mapping[Quarter, Mapping[int, str]]]


def over_by_line(
    seen: SeenFrom,
    code_of: Mapping[int, str],
    period_of: Mapping[int, Quarter],
    lines: set[Decimal],
    first: Mapping[tuple[int, int], datetime],
    known: Reusable | None,
) -> tuple[Over, Mapping[Decimal, frozenset[Quarter]]]:
    """
    Return the enterprises over each line, by period; and the periods in which others were over it.

    By key, so that none counts twice. One query for all lines: an enterprise over any line is over
    the lowest.
    """
    if known and known.of.over_by_line.keys() != lines:
        known = None
    published = _to_be_read(published_over(seen, min(lines)), period_of, known)
    rows = published.order_by("pk").values_list(*OVER_FIELDS)
    over, others = sorted_by_line(rows, lines, seen.moment, code_of, period_of, first)
    return (
        MappingProxyType(
            {
                line: MappingProxyType((known.over(line) if known else {}) | by_quarter)
                for line, by_quarter in over.items()
            }
        ),
        MappingProxyType(
            {
                line: quarters | (known.over_before(line) if known else frozenset())
                for line, quarters in others.items()
            }
        ),
    )


OVER_FIELDS = (*("period_id", "enterprise_id", "city_id", "revenue", "published_at", "ended_at"),)


def published_over(seen: SeenFrom, line: Decimal) -> QuerySet[EnterpriseReturn]:
    """Return the returns over a line that were published up to a viewpoint, replaced ones too."""
    return EnterpriseReturn.objects.published_by(seen).filter(revenue__gt=line)


def sorted_by_line(
    rows: Iterable[tuple[Any, ...]],
    lines: Collection[Decimal],
    moment: datetime,
    code_of: Mapping[int, str],
    period_of: Mapping[int, Quarter],
    first: Mapping[tuple[int, int], datetime],
) -> tuple[dict[Decimal, dict[Quarter, Mapping[int, str]]], dict[Decimal, frozenset[Quarter]]]:
    """
    Return rows of OVER_FIELDS by line and quarter, and the quarters in which others were over it.

    first  when a city's figures of a period were first put in force, by their keys
    """
    over: dict[Decimal, dict[Quarter, dict[int, str]]] = {line: defaultdict(dict) for line in lines}
    formerly_over: dict[Decimal, set[tuple[Quarter, int]]] = {line: set() for line in lines}
    restated_in = set()
    for period, enterprise, city, revenue, since, until in rows:
        quarter = period_of[period]
        if since > first.get((city, period), since):
            restated_in.add((quarter, enterprise))
        for line in lines:
            if not is_over(revenue, line):
                continue
            if until is not None and until <= moment:
                formerly_over[line].add((quarter, enterprise))
            else:
                over[line][quarter][enterprise] = code_of[city]
    return (
        {
            line: {quarter: MappingProxyType(firms) for quarter, firms in by_quarter.items()}
            for line, by_quarter in over.items()
        },
        {line: _other_quarters(over[line], formerly_over[line], restated_in) for line in lines},
    )


def _other_quarters(
    over: Mapping[Quarter, Mapping[int, str]],
    formerly_over: Collection[tuple[Quarter, int]],
    restated_in: Collection[tuple[Quarter, int]],
) -> frozenset[Quarter]:
    """
    Return the quarters in which an enterprise is over that was not, or was and no longer is.

    restated_in  quarter and enterprise of lines from a later version of their city's return
    formerly_over  quarter and enterprise of superseded lines over the line
    """
    now = {(quarter, firm) for quarter, firms in over.items() for firm in firms}
    came = {one for one in now if one in restated_in and one not in formerly_over}
    return frozenset(quarter for quarter, _firm in came | (set(formerly_over) - now))
