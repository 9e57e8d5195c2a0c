"""The inputs of a proof as rows, each with the cell and the file that it comes from."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal

from ninja import Schema

from enterprises.models import TierAward
from indicators.catalogue import CountedThings, IndicatorKind
from indicators.data.snapshot import Snapshot
from indicators.methodology.proof_inputs import Use, cities_of, city_inputs, firm_inputs, share_part
from indicators.results.indicator_result import IndicatorResult
from submissions.lineage.trace import Trace, sources, traces
from submissions.models import StagedRow, Submission

OF_CITIES = (IndicatorKind.SHARE, IndicatorKind.LEVEL)


class CellRow(Schema):
    """
    Where a figure was reported: the submission, and the cell in the city's own workbook.

    sha256 is that of the file as it came. sheet and cell are null for figures without a cell:
    a declared nil, and a figure that came from no workbook.
    """

    submission: int | None
    sheet: str | None
    cell: str | None
    sha256: str | None
    nil: bool


class EstimatedRow(Schema):
    """What a silent city is estimated to have made."""

    low: str
    centre: str
    high: str


class FigureRow(CellRow):
    """
    A city's figure; which of the two its return of the period holds: this_year or last_year.

    last_year (上年同期) is used only where no return of a year earlier is accepted.
    """

    period: str
    figure: str
    amount: str


class ProofCityRow(Schema):
    """
    A city, and its figures that enter; null where there is none, or it enters nowhere.

    in_numerator       null where no city is set apart
    reported           its figure of the period
    floor, ceiling     of a silent city: its figures of the year before and after the period
    year_before        of the same period a year earlier; year_before_floor of the floor's
    estimated_from     of a silent city: the period of its last figure; the estimate's three values
    earlier            the other figures that the estimate rests on
    """

    code: str
    in_numerator: bool | None
    is_reported: bool
    reported: FigureRow | None
    floor: FigureRow | None
    ceiling: FigureRow | None
    year_before: FigureRow | None
    year_before_floor: FigureRow | None
    estimated_from: str | None
    estimate: EstimatedRow | None
    earlier: list[FigureRow]


class EnterpriseLine(CellRow):
    """
    An enterprise that counts.

    enterprise is its credit code; a number within its city, and amount null, for a reader who
    may not see the enterprises of that city.
    """

    enterprise: str
    city: str
    period: str
    amount: str | None


class ThingRow(Schema):
    """A cluster or park; both dates null: nothing on record says whether it is established."""

    code: str
    established_on: date | None
    not_established_on: date | None
    evidence: str


class AwardLine(Schema):
    """A title that an enterprise holds from a day to a day; enterprise as in EnterpriseLine."""

    enterprise: str
    city: str
    awarded_on: date
    expires_on: date | None
    document: str | None


def city_rows(snapshot: Snapshot, result: IndicatorResult) -> list[ProofCityRow]:
    """Return the cities with the figures that enter; none for established things. Two queries."""
    if result.indicator.things is not None:
        return []
    is_share = result.indicator.kind is IndicatorKind.SHARE
    part = share_part(snapshot, result)
    spoke = {city.code for city in result.coverage.reporting}
    figures = _figures(snapshot, result)
    # What a count's silent cities are estimated at are numbers, and no sum of their cells.
    silent = {one.city.code: one for one in result.silent if result.indicator.kind in OF_CITIES}
    rows = []
    for city in snapshot.cities:
        own, known = figures.get(city.code, {}), silent.get(city.code)
        likely = known.likely if known and result.estimate else None
        rows.append(
            ProofCityRow(
                code=city.code,
                in_numerator=city.code in part if is_share else None,
                is_reported=city.code in spoke,
                **{use: next(iter(own.get(use, ())), None) for use in ONCE},
                estimated_from=str(known.since) if known and known.since and likely else None,
                estimate=likely
                and EstimatedRow(
                    low=f"{likely.low:f}", centre=f"{likely.centre:f}", high=f"{likely.high:f}"
                ),
                earlier=own.get(Use.ESTIMATE, []),
            )
        )
    return rows


# The uses of which a city has one figure at most.
ONCE = [use for use in Use if use is not Use.ESTIMATE]


def _figures(snapshot: Snapshot, result: IndicatorResult) -> dict[str, dict[Use, list[FigureRow]]]:
    """Return the figures that enter a share or a total, by city and use. Two queries."""
    found: dict[str, dict[Use, list[FigureRow]]] = defaultdict(lambda: defaultdict(list))
    if result.indicator.kind not in OF_CITIES:
        return found
    measure = str(result.indicator.measure)
    entering = city_inputs(cities_of(snapshot, result), result)
    came_with = sources({str(one.quarter) for one in entering}, snapshot)
    stood_in = traces(StagedRow.RowKind.CITY, [measure], came_with.values())
    for one in entering:
        figure = "last_year" if one.is_last_year else "this_year"
        submission = came_with.get((one.city, str(one.quarter)))
        found[one.city][one.use].append(
            FigureRow(
                period=str(one.quarter),
                figure=figure,
                amount=f"{one.amount:f}",
                **_cell(submission, measure, figure, stood_in),
            )
        )
    return found


def enterprise_lines(
    snapshot: Snapshot, result: IndicatorResult, own: Collection[str]
) -> list[EnterpriseLine]:
    """
    Return the enterprises that count. Three queries.

    own are the codes of the cities whose enterprises the reader may see.
    """
    if result.indicator.kind is not IndicatorKind.COUNT:
        return []
    found = firm_inputs(snapshot, result)
    came_with = sources({str(one.quarter) for one in found}, snapshot)
    keys = [one.credit_code for one in found]
    stood_in = traces(StagedRow.RowKind.ENTERPRISES, keys, came_with.values())
    names = _names(((one.city, one.credit_code) for one in found), own)
    return [
        EnterpriseLine(
            enterprise=names[one.city, one.credit_code],
            city=one.city,
            period=str(one.quarter),
            amount=f"{one.amount:f}" if one.city in own else None,
            **_cell(
                came_with.get((one.city, str(one.quarter))), one.credit_code, "revenue", stood_in
            ),
        )
        for one in found
    ]


def control_total(cities: Iterable[ProofCityRow], lines: Iterable[EnterpriseLine]) -> Decimal:
    """Return the sum of all amounts: it differs if one of them was changed or lost."""
    figures = [
        figure
        for city in cities
        for figure in (*(getattr(city, use) for use in ONCE), *city.earlier)
        if figure
    ]
    known = [one.amount for one in lines if one.amount is not None]
    return sum((Decimal(one) for one in [*(f.amount for f in figures), *known]), Decimal("0"))


def thing_rows(result: IndicatorResult) -> list[ThingRow]:
    """Return the clusters or parks that are counted, with their dates and evidence."""
    return [
        ThingRow(
            code=one.code,
            established_on=one.established_on,
            not_established_on=one.record.not_established_on,
            evidence=one.evidence,
        )
        for one in result.things
    ]


def award_lines(
    snapshot: Snapshot, result: IndicatorResult, own: Collection[str]
) -> list[AwardLine]:
    """Return the awards of a title that began by the day looked at. One query."""
    if result.indicator.things is not CountedThings.TITLE:
        return []
    awards = TierAward.objects.filter(
        tier=result.indicator.tier_id, awarded_on__lte=snapshot.day(result.quarter)
    )
    fields = ("enterprise__city__code", "enterprise__credit_code")
    rows = list(
        awards.order_by(*fields, "awarded_on").values_list(
            *fields, "awarded_on", "expires_on", "document"
        )
    )
    names = _names(((city, credit_code) for city, credit_code, *_rest in rows), own)
    return [
        AwardLine(
            enterprise=names[city, credit_code],
            city=city,
            awarded_on=awarded_on,
            expires_on=expires_on,
            document=document if city in own else None,
        )
        for city, credit_code, awarded_on, expires_on, document in rows
    ]


def _names(firms: Iterable[tuple[str, str]], own: Collection[str]) -> dict[tuple[str, str], str]:
    """Return what stands for each enterprise: its credit code, or a number within its city."""
    names: dict[tuple[str, str], str] = {}
    numbered: dict[str, int] = {}
    for city, credit_code in firms:
        if (city, credit_code) in names:
            continue
        numbered[city] = numbered.get(city, 0) + 1
        names[city, credit_code] = credit_code if city in own else f"{city}-{numbered[city]}"
    return names


def _cell(
    submission: Submission | None, key: str, field: str, stood_in: dict[tuple[int, str], Trace]
) -> dict:
    """Return the place of a figure as the fields of a CellRow."""
    trace = stood_in.get((submission.pk, key)) if submission else None
    return {
        "submission": submission.pk if submission else None,
        "sheet": trace.row.sheet if trace else None,
        "cell": trace.cell(field) if trace else None,
        "sha256": submission.sha256 if submission else None,
        "nil": bool(submission and submission.nil and not trace),
    }
