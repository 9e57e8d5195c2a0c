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
from django.utils.translation import gettext as _

from clusters.models import City, CityReturn, SeenFrom
from clusters.models.recorded import recorded_after
from enterprises.models import EnterpriseReturn
from foundation.quarters import Quarter
from foundation.yuan import cents
from indicators.catalogue import CountedFrom, Indicator
from indicators.data.coverage import Coverage
from indicators.data.disclosure import NOBODY, Known, city_is_withheld
from indicators.data.snapshot import Snapshot
from indicators.regions.share_words import MINUS, whose_words
from indicators.results.indicator_result import written_as
from indicators.results.share_result import figure_of_cities, numerator_cities
from indicators.verdict.rounding import rounded
from indicators.verdict.sentences import ValueKind as Writing
from indicators.verdict.sentences import scale_of, with_unit
from submissions.models import Explanation, StagedRow, Submission
from submissions.workbook.layout import CITY_MEASURES, CellKind

# A restatement moves a figure by little.
PLACES_OF_A_SHIFT = {Writing.SHARE: 2, Writing.MONEY: 4}
# As many reasons as one reads; the submission's page has them all.
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
    """
    The sums of the enterprise lines of one version: yuan, None if none says.

    over  how many are over each line that a target counts from
    """

    number: int
    output_value: Decimal | None
    revenue: Decimal | None
    over: Mapping[Decimal, int]


NO_LINES = VersionLines(0, None, None, {})


@dataclass(frozen=True, slots=True)
class TargetShift:
    """
    A target's figure just before a restatement and just after it, in the indicator's unit.

    Of a count the city's own enterprises over the line; of a share or a total the figure of the
    cities that had reported. Both are None where there was no figure before or after. whose
    says of how many cities it is; empty if it is the province's, or a count.
    """

    indicator: Indicator
    before: Decimal | None
    after: Decimal | None
    whose: str = ""

    @property
    def ends(self) -> tuple[str, str]:
        """Return both figures as printed; there must be some."""
        return self._written(self.before), self._written(self.after)

    @property
    def change(self) -> str:
        """Return the difference of both as printed, with its sign and unit; likewise."""
        difference = self._rounded(self.after) - self._rounded(self.before)
        text = f"{abs(difference):,f}"
        signed = f"{'+' if difference > 0 else MINUS if difference else ''}{text}"
        if self.indicator.unit == "ratio":
            return _("%(points)s percentage points") % {"points": signed}
        return with_unit(signed, self._kind) if self.indicator.unit == "yuan" else signed

    @property
    def _kind(self) -> Writing:
        return written_as(self.indicator)

    def _rounded(self, value: Decimal | None) -> Decimal:
        assert value is not None
        return rounded(value * scale_of(self._kind), PLACES_OF_A_SHIFT.get(self._kind, 0))

    def _written(self, value: Decimal | None) -> str:
        text = f"{self._rounded(value):,f}"
        if self.indicator.unit == "ratio":
            return f"{text}%"
        return with_unit(text, self._kind) if self.indicator.unit == "yuan" else text


@dataclass(frozen=True)
class Restatement:
    """
    One version that took the place of another.

    is_own   whether the reader may see who and why, and the submissions themselves
    totals   the city's own totals that changed
    lines    sums of the enterprise lines, old and new
    withheld whether the reader may not be shown these sums (indicators.data.disclosure)
    shifts   what became of each target of the quarter's plan that rests on reports
    reasons  what the new version says, and the old one did not; empty unless is_own
    """

    old: Submission
    new: Submission
    is_own: bool
    totals: tuple[RestatedTotal, ...]
    lines: tuple[VersionLines, VersionLines]
    shifts: tuple[TargetShift, ...]
    reasons: tuple[str, ...]
    withheld: bool = False

    @property
    def sums(self) -> tuple[RestatedTotal, ...]:
        """Return the sums of the enterprise lines that changed."""
        old, new = self.lines
        both = (
            ("output_value", old.output_value, new.output_value),
            ("revenue", old.revenue, new.revenue),
        )
        return tuple(
            RestatedTotal(CITY_MEASURES[f].heading, True, a, b) for f, a, b in both if a != b
        )


def versions(
    seen: SeenFrom,
    cities: QuerySet[City],
    *,
    city: str = "",
    period: str = "",
    since: datetime | None = None,
) -> list[tuple[Submission, Submission]]:
    """
    Return (old, new) for each restatement up to a viewpoint, the newest first.

    city is a slug, period a code, since the moment after which; each new version has `is_own`:
    whether it is of these cities. One query.
    """
    published = Submission.objects.filter(published_at__lte=seen.moment)
    if seen.recorded_by is not None:
        published = published.exclude(recorded_after(seen.recorded_by, "city"))
    gone = published.filter(
        city=OuterRef("city"), period=OuterRef("period"), superseded_at__lte=seen.moment
    )
    rows = published.filter(Exists(gone)).annotate(
        is_own=Exists(cities.filter(pk=OuterRef("city")))
    )
    if city:
        rows = rows.filter(city__slug=city)
    if period:
        rows = rows.filter(period__code=period)
    rows = rows.with_recorded_at().select_related("city", "period", "submitted_by", "decided_by")
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


def withdrawn_versions(
    moment: datetime, cities: QuerySet[City], *, city: str = "", period: str = ""
) -> list[Submission]:
    """Return the versions that were withdrawn up to a moment, the newest first. One query."""
    rows = Submission.objects.filter(status=Submission.Status.WITHDRAWN, superseded_at__lte=moment)
    if city:
        rows = rows.filter(city__slug=city)
    if period:
        rows = rows.filter(period__code=period)
    own = Exists(cities.filter(pk=OuterRef("city")))
    rows = rows.annotate(is_own=own).with_recorded_at().select_related("city", "period")
    return list(rows.order_by("-superseded_at"))


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
    for one in CityReturn.objects.published_by(snapshot).filter(period__in=periods):
        returns[one.period_id].append(one)
    lines = _lines(snapshot, pairs)
    said = _said(pairs)
    code_of = {city.pk: city.code for city in snapshot.cities}
    versions_lines = [
        (lines.get(old.pk, NO_LINES), lines.get(new.pk, NO_LINES)) for old, new in pairs
    ]
    return [
        Restatement(
            old=old,
            new=new,
            is_own=new.is_own,
            totals=_totals(returns[new.period_id], old, new),
            lines=both,
            shifts=_shifts(snapshot, returns[new.period_id], both, new),
            reasons=_reasons(said, old, new) if new.is_own else (),
            withheld=not new.is_own
            and city_is_withheld(
                snapshot, Quarter.parse(new.period.code), code_of[new.city_id], known
            ),
        )
        for (old, new), both in zip(pairs, versions_lines, strict=True)
    ]


def _totals(
    returns: Iterable[CityReturn], old: Submission, new: Submission
) -> tuple[RestatedTotal, ...]:
    """Return the city's own totals that changed."""
    mine = {one.published_at: one for one in returns if one.city_id == new.city_id}
    before, after = mine.get(old.published_at), mine.get(new.published_at)
    found = [
        RestatedTotal(
            measure.heading,
            measure.kind is CellKind.MONEY,
            getattr(before, field, None),
            getattr(after, field, None),
        )
        for field, measure in CITY_MEASURES.items()
    ]
    return tuple(one for one in found if one.old != one.new)


def _shifts(
    snapshot: Snapshot,
    returns: list[CityReturn],
    lines: tuple[VersionLines, VersionLines],
    new: Submission,
) -> tuple[TargetShift, ...]:
    """Return what became of each target that rests on what cities report."""
    quarter = Quarter.parse(new.period.code)
    found = []
    for one in snapshot.indicators(quarter):
        if one.counted_from is CountedFrom.ENTERPRISE_LINES:
            old, now = (Decimal(version.over.get(one.line, 0)) for version in lines)
            found.append(TargetShift(one, old, now))
        elif one.is_split:
            found.append(_shift_of_totals(snapshot, one, returns, new.published_at, quarter))
    return tuple(found)


def _shift_of_totals(
    snapshot: Snapshot,
    indicator: Indicator,
    returns: list[CityReturn],
    at: datetime,
    quarter: Quarter,
) -> TargetShift:
    """Return a share or a total just before a restatement and just after; as the cities told."""
    code_of = {city.pk: city.code for city in snapshot.cities}
    part = numerator_cities(snapshot, indicator, quarter)

    def told(some: Iterable[CityReturn]) -> dict[str, Decimal]:
        figures = {code_of[one.city_id]: getattr(one, str(indicator.measure)) for one in some}
        return {code: Decimal(figure) for code, figure in figures.items() if figure is not None}

    replaced = [one for one in returns if one.ended_at is None or one.ended_at >= at]
    until = told(one for one in replaced if one.published_at < at)
    after = told(
        one
        for one in returns
        if one.published_at <= at and (one.ended_at is None or one.ended_at > at)
    )
    ends = [figure_of_cities(indicator, known, part) for known in (until, after)]
    if not until or not after or None in ends:
        return TargetShift(indicator, None, None)
    who = Coverage(
        tuple(city for city in snapshot.cities if city.code in after),
        tuple(city for city in snapshot.cities if city.code not in after),
    )
    return TargetShift(indicator, *ends, whose_words(who))


def _lines(
    snapshot: Snapshot, pairs: list[tuple[Submission, Submission]]
) -> dict[int, VersionLines]:
    """Return the sums of each version's enterprise lines, by the submission's key."""
    counted = list(snapshot.over_by_line)
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
            **{
                f"over_{i}": Count("pk", filter=Q(revenue__gt=one)) for i, one in enumerate(counted)
            },
        )
    )
    return {
        key_of[city, period, at]: VersionLines(
            number, cents(output), cents(revenue), dict(zip(counted, over, strict=True))
        )
        for city, period, at, number, output, revenue, *over in sums
    }


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
        Explanation.objects.in_force()
        .filter(finding__submission__in=own)
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
    """
    Return why figures were restated.

    First what the city said of the version as a whole, then texts of its lines that the old one
    lacks, the most frequent first.
    """
    before, now = said.get(old.pk, {}), said.get(new.pk, {})
    fresh = [text for text in now if text not in before]
    of_lines = sorted(fresh, key=lambda text: (-now[text], text))
    return tuple(filter(None, (new.restatement_reason, *of_lines)))[:REASONS]
