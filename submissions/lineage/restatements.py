"""
The restatement log: published figures that were corrected, by whom, why, and the effect.

A restatement is a version accepted in place of one in force. Figures are never overwritten, so
both values are still in the database.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.fields.json import KT

from clusters.models import City, CityReturn
from enterprises.models import EnterpriseReturn
from enterprises.thresholds import OVER_100M
from foundation.quarters import Quarter
from indicators.data.coverage import Coverage
from indicators.data.disclosure import NOBODY, Known, city_is_withheld
from indicators.data.snapshot import Snapshot
from indicators.regions.share_words import whose_words
from indicators.verdict.rounding import rounded
from submissions.models import Explanation, StagedRow, Submission
from submissions.workbook.layout import CITY_MEASURES, CellKind

CENT = Decimal("0.01")
# How many reasons are shown; the submission's page has them all.
REASONS = 3
Slot = tuple[int, int]


@dataclass(frozen=True, slots=True)
class RestatedTotal:
    """One of the city's own totals with both values: yuan if it is money; None unreported."""

    label: str
    is_money: bool
    old: Decimal | int | None
    new: Decimal | int | None

    @property
    def change(self) -> Decimal | int | None:
        """Return new − old; None if one of them was not reported."""
        return None if self.old is None or self.new is None else self.new - self.old


@dataclass(frozen=True, slots=True)
class VersionLines:
    """The sums of the enterprise lines of one version: yuan, None if none says."""

    number: int
    output_value: Decimal | None
    revenue: Decimal | None
    over: int


NO_LINES = VersionLines(0, None, None, 0)


@dataclass(frozen=True, slots=True)
class ShareMove:
    """
    The clusters' share in percent just before the restatement and just after it.

    whose  of how many reporting cities it is; empty if it is the province's
    """

    before: Decimal
    after: Decimal
    whose: str = ""

    @property
    def change(self) -> Decimal:
        """Return the movement in percentage points, as printed."""
        return self.after - self.before


@dataclass(frozen=True)
class Restatement:
    """
    One version that took the place of another.

    is_own   whether the reader may see who and why, and the submissions themselves
    totals   the city's own totals that changed
    lines    sums of the enterprise lines, old and new
    withheld whether the reader may not be shown these sums (indicators.data.disclosure)
    share    the clusters' share before and after; None if one of them does not exist
    reasons  remarks and explanations new in this version; empty unless is_own
    """

    old: Submission
    new: Submission
    is_own: bool
    totals: tuple[RestatedTotal, ...]
    lines: tuple[VersionLines, VersionLines]
    share: ShareMove | None
    reasons: tuple[str, ...]
    withheld: bool = False

    @property
    def over_change(self) -> int:
        """Return by how many the number of enterprises over 100 million changed."""
        return self.lines[1].over - self.lines[0].over

    @property
    def sums(self) -> tuple[RestatedTotal, ...]:
        """Return the sums of the enterprise lines that changed."""
        old, new = self.lines
        both = (
            ("output_value", old.output_value, new.output_value),
            ("revenue", old.revenue, new.revenue),
        )
        labels = {field: label for label, (field, _kind) in CITY_MEASURES.items()}
        return tuple(RestatedTotal(labels[f], True, a, b) for f, a, b in both if a != b)


def versions(
    moment: datetime,
    cities: QuerySet[City],
    *,
    city: str = "",
    period: str = "",
    since: datetime | None = None,
) -> list[tuple[Submission, Submission]]:
    """
    Return (old, new) for each restatement up to a moment, the newest first.

    city is a slug, period a code, since the moment after which; each new version has `is_own`:
    whether it is of these cities. One query.
    """
    published = Submission.objects.filter(published_at__lte=moment)
    gone = published.filter(
        city=OuterRef("city"), period=OuterRef("period"), superseded_at__lte=moment
    )
    rows = published.filter(Exists(gone)).annotate(
        is_own=Exists(cities.filter(pk=OuterRef("city")))
    )
    if city:
        rows = rows.filter(city__slug=city)
    if period:
        rows = rows.filter(period__code=period)
    rows = rows.select_related("city", "period", "submitted_by", "decided_by")
    by_slot: dict[Slot, list[Submission]] = defaultdict(list)
    for one in rows.order_by("published_at", "version"):
        by_slot[one.city_id, one.period_id].append(one)
    pairs = [
        (old, new)
        for mine in by_slot.values()
        for old, new in zip(mine, mine[1:], strict=False)
        if since is None or new.published_at > since
    ]
    return sorted(pairs, key=lambda pair: pair[1].published_at, reverse=True)


def restatements(
    snapshot: Snapshot, pairs: list[tuple[Submission, Submission]], known: Known = NOBODY
) -> list[Restatement]:
    """
    Return what each pair of versions restated, for a reader of the known cities.

    Three queries, however many; and one for each quarter of other cities' lines.
    """
    if not pairs:
        return []
    periods = {new.period_id for _old, new in pairs}
    returns = defaultdict(list)
    for one in CityReturn.objects.filter(period__in=periods):
        returns[one.period_id].append(one)
    lines = _lines(pairs)
    said = _said(pairs)
    code_of = {city.pk: city.code for city in snapshot.cities}
    return [
        Restatement(
            old=old,
            new=new,
            is_own=new.is_own,
            totals=_totals(returns[new.period_id], old, new),
            lines=(lines.get(old.pk, NO_LINES), lines.get(new.pk, NO_LINES)),
            share=_share(snapshot, returns[new.period_id], code_of, new),
            reasons=_reasons(said, old, new) if new.is_own else (),
            withheld=not new.is_own
            and city_is_withheld(
                snapshot, Quarter.parse(new.period.code), code_of[new.city_id], known
            ),
        )
        for old, new in pairs
    ]


def _totals(
    returns: Iterable[CityReturn], old: Submission, new: Submission
) -> tuple[RestatedTotal, ...]:
    """Return the city's own totals that changed."""
    mine = {one.published_at: one for one in returns if one.city_id == new.city_id}
    before, after = mine.get(old.published_at), mine.get(new.published_at)
    found = [
        RestatedTotal(
            label, kind is CellKind.MONEY, getattr(before, field, None), getattr(after, field, None)
        )
        for label, (field, kind) in CITY_MEASURES.items()
    ]
    return tuple(one for one in found if one.old != one.new)


def _share(
    snapshot: Snapshot, returns: list[CityReturn], code_of: Mapping[int, str], new: Submission
) -> ShareMove | None:
    """Return the clusters' share just before and just after a restatement; None without one."""
    at = new.published_at
    members = snapshot.cluster_cities(Quarter.parse(new.period.code))

    def share(some: list[CityReturn]) -> Decimal | None:
        known = [(code_of[r.city_id], r.output_value) for r in some]
        amounts = [(code, amount) for code, amount in known if amount is not None]
        whole = sum((amount for _code, amount in amounts), Decimal(0))
        if not whole:
            return None
        part = sum((amount for code, amount in amounts if code in members), Decimal(0))
        return rounded(part / whole * 100, 2)

    def in_force(moment: datetime) -> list[CityReturn]:
        then = [r for r in returns if r.published_at <= moment]
        return [r for r in then if r.superseded_at is None or r.superseded_at > moment]

    until = [r for r in returns if r.published_at < at]
    before = share([r for r in until if r.superseded_at is None or r.superseded_at >= at])
    after = share(in_force(at))
    if before is None or after is None:
        return None
    told = {code_of[r.city_id] for r in in_force(at) if r.output_value is not None}
    who = Coverage(
        tuple(city for city in snapshot.cities if city.code in told),
        tuple(city for city in snapshot.cities if city.code not in told),
    )
    return ShareMove(before, after, whose_words(who))


def _lines(pairs: list[tuple[Submission, Submission]]) -> dict[int, VersionLines]:
    """Return the sums of each version's enterprise lines, by the submission's key."""
    every = {one.pk: one for pair in pairs for one in pair}
    key_of = {(one.city_id, one.period_id, one.published_at): pk for pk, one in every.items()}
    slots = Q(pk=None)
    for one in every.values():
        slots |= Q(city=one.city_id, period=one.period_id, published_at=one.published_at)
    sums = (
        EnterpriseReturn.objects.filter(slots)
        .order_by()
        .values_list("city_id", "period_id", "published_at")
        .annotate(
            number=Count("pk"),
            output=Sum("output_value"),
            revenue_sum=Sum("revenue"),
            over=Count("pk", filter=Q(revenue__gt=OVER_100M)),
        )
    )
    return {
        key_of[city, period, at]: VersionLines(number, _cents(output), _cents(revenue), over)
        for city, period, at, number, output, revenue, over in sums
    }


def _cents(amount: Decimal | None) -> Decimal | None:
    """Return a sum with two places: SQLite adds in floats and gives fifteen digits."""
    return None if amount is None else amount.quantize(CENT)


def _said(pairs: list[tuple[Submission, Submission]]) -> dict[int, dict[str, int]]:
    """Return the remarks and explanations of each version of the reader's cities."""
    own = {one.pk for old, new in pairs if new.is_own for one in (old, new)}
    remarks = (
        StagedRow.objects.filter(submission__in=own)
        .order_by()
        .annotate(text=KT("values__remark"))
        .values_list("submission_id", "text")
        .annotate(number=Count("pk"))
    )
    explained = (
        Explanation.objects.filter(finding__submission__in=own)
        .order_by()
        .values_list("finding__submission_id", "text")
        .annotate(number=Count("pk"))
    )
    said: dict[int, dict[str, int]] = defaultdict(dict)
    for pk, text, number in remarks.union(explained, all=True):
        if not text:
            continue
        said[pk][text] = said[pk].get(text, 0) + number
    return said


def _reasons(
    said: Mapping[int, Mapping[str, int]], old: Submission, new: Submission
) -> tuple[str, ...]:
    """Return texts of the new version that the old one lacks, the most frequent first."""
    before, now = said.get(old.pk, {}), said.get(new.pk, {})
    fresh = [text for text in now if text not in before]
    return tuple(sorted(fresh, key=lambda text: (-now[text], text))[:REASONS])
