"""What the API says of each thing: one function a list, a typed row each."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Prefetch, QuerySet
from ninja import Schema

from clusters.quarters import Quarter
from clusters.viewpoint import Viewpoint
from enterprises.models import Enterprise, EnterpriseReturn, TierAward
from indicators.formulas.count_break_even import CountBreakEven
from indicators.notes import Noted
from indicators.places import CityFigures, ClusterFigures, ParkFigures
from indicators.results import IndicatorResult, NoValue
from indicators.rounding import outward, places_on_their_side, rounded
from submissions.models import Submission

# More places than any share needs to be told from its target.
PLACES = Decimal("0.0000000001")


def plain(number: Decimal | int) -> str:
    """Return a number as text, without an exponent and without trailing zeros."""
    text = f"{Decimal(number).quantize(PLACES):f}"
    return text.rstrip("0").rstrip(".")


class TargetRow(Schema):
    """A target; changed_on is the day on which it was last changed since the quarter was shown."""

    value: str
    comparator: str
    period: str
    changed_on: date | None


class BaselineRow(Schema):
    value: str
    period: str
    source: str


class CoverageRow(Schema):
    accepted: int
    expected: int
    missing: list[str]
    weight: str | None


class CertainRow(Schema):
    """The certain range: null is an open end, named in open."""

    low: str | None
    high: str | None
    open: list[str]
    withdrawn: bool


class RecordRow(Schema):
    """How past estimates fared: rate a fraction, width in the indicator's unit."""

    rate: str
    width: str
    worst: str
    quarters: int


class EstimateRow(Schema):
    """The likely range, with its method and record; low and high null without ends."""

    low: str | None
    centre: str
    high: str | None
    method: str
    record: RecordRow | None


class ReportedOnlyRow(Schema):
    """The figure of the reporting cities alone, which is not the province's."""

    value: str
    cities: int


class BreakEvenRow(Schema):
    """
    What would turn the verdict: of the silent cities together, in yuan, or in enterprises.

    amount in all, remaining what is still to come, remaining_growth on the same part of last
    year, a fraction; firms how many more enterprises.
    """

    amount: str | None
    remaining: str | None
    remaining_growth: str | None
    firms: int | None


class BandRow(Schema):
    low: str
    high: str


class NoteRow(Schema):
    """An explanation kept with a figure: what it says, who wrote it and when, as pages show it."""

    text: str
    by: str
    at: datetime


class IndicatorRow(Schema):
    """
    An indicator in a quarter; shares are fractions, amounts yuan, all values decimal strings.

    unit is ratio, count or yuan; kind share, count, established or level. A target whose
    comparator is "about" is met anywhere in its band.
    """

    code: str
    name: str
    kind: str
    plan: str | None
    period: str
    as_of: date
    value: str | None
    status: str
    reason: str | None
    unit: str
    target: TargetRow | None
    band: BandRow | None
    baseline: BaselineRow | None
    certain: CertainRow
    estimate: EstimateRow | None
    reported_only: ReportedOnlyRow | None
    break_even: BreakEvenRow | None
    attainment: str | None
    pace: str | None
    standing: str
    expected_standing: str | None
    explanation: str
    coverage: CoverageRow
    provisional: bool
    secured: int | None = None
    on_pace: int | None = None
    near_miss: int | None = None
    notes: list[NoteRow] = []


# Records within a row, by field.
NESTED: dict[str, type[Schema]] = {
    "target": TargetRow,
    "band": BandRow,
    "baseline": BaselineRow,
    "coverage": CoverageRow,
    "certain": CertainRow,
    "estimate": EstimateRow,
    "reported_only": ReportedOnlyRow,
    "break_even": BreakEvenRow,
}


def indicator_row(result: IndicatorResult, day: date, notes: Iterable[Noted] = ()) -> IndicatorRow:
    """
    Return an indicator as the API says it; `day` is the day whose knowledge it shows.

    notes are those on its figure that stood then.
    """
    target, baseline = result.target, result.baseline
    return IndicatorRow(
        code=result.code,
        name=str(result.indicator.name),
        kind=str(result.indicator.kind),
        plan=target.plan if target else None,
        period=str(result.quarter),
        as_of=day,
        value=_plain(result.value),
        status=str(result.state.status),
        reason=str(result.state.why_none) if result.state.why_none else None,
        unit=result.unit,
        certain=_certain(result),
        estimate=_estimate(result),
        reported_only=_reported_only(result),
        break_even=_break_even(result),
        target=target
        and TargetRow(
            value=plain(target.value),
            comparator=target.comparator,
            period=str(target.period),
            changed_on=result.moved_target.on if result.moved_target else None,
        ),
        band=BandRow(low=plain(target.low), high=plain(target.high))
        if target and target.low is not None and target.high is not None
        else None,
        baseline=baseline
        and BaselineRow(
            value=plain(baseline.value), period=str(baseline.period), source=baseline.source
        ),
        attainment=_plain(result.attainment),
        pace=_plain(result.pace_value),
        standing=str(result.standing),
        expected_standing=str(result.expected) if result.expected else None,
        explanation=result.explanation,
        coverage=CoverageRow(
            accepted=result.coverage.accepted,
            expected=result.coverage.expected,
            missing=[one.code for one in result.coverage.missing],
            weight=_plain(result.weight),
        ),
        provisional=result.provisional,
        secured=result.secured,
        on_pace=result.on_pace,
        near_miss=result.near_miss,
        notes=[NoteRow(text=one.text, by=one.author, at=one.written_at) for one in notes],
    )


def _plain(number: Decimal | None) -> str | None:
    return None if number is None else plain(number)


def _end(result: IndicatorResult, end: Decimal | None, *, up: bool) -> str | None:
    """Return an end rounded outward, to so many places that it stays on its side of the target."""
    if end is None:
        return None
    least = {"ratio": 4, "yuan": 2}.get(result.unit, 0)
    places = least
    if result.verdict is not None:
        places = places_on_their_side([(end, up)], result.verdict.goal.met_by, least=least)
    return plain(outward(end, places, up=up))


def _certain(result: IndicatorResult) -> CertainRow:
    certain = result.certain
    if certain.is_exact:
        ends = (_plain(certain.low), _plain(certain.high))
    else:
        ends = (_end(result, certain.low, up=False), _end(result, certain.high, up=True))
    return CertainRow(
        low=ends[0], high=ends[1], open=list(certain.open), withdrawn=certain.withdrawn
    )


def _estimate(result: IndicatorResult) -> EstimateRow | None:
    likely = result.estimate
    if likely is None:
        return None
    least = {"ratio": 4, "yuan": 2}.get(result.unit, 0)
    record = result.record
    return EstimateRow(
        low=_end(result, likely.low, up=False),
        centre=plain(rounded(likely.centre, least)),
        high=_end(result, likely.high, up=True),
        method="last year's quarter × own growth × growth since",
        record=record
        and RecordRow(
            rate=plain(outward(record.rate, 4, up=False)),
            width=plain(outward(record.width, 4, up=True)),
            worst=record.worst,
            quarters=record.quarters,
        ),
    )


def _reported_only(result: IndicatorResult) -> ReportedOnlyRow | None:
    if result.reported_only is None or result.indicator.things is not None:
        return None
    return ReportedOnlyRow(value=plain(result.reported_only), cities=result.coverage.accepted)


def _break_even(result: IndicatorResult) -> BreakEvenRow | None:
    turn = result.break_even
    if turn is None:
        return None
    if isinstance(turn, CountBreakEven):
        return BreakEvenRow(amount=None, remaining=None, remaining_growth=None, firms=turn.firms)
    return BreakEvenRow(
        amount=plain(outward(turn.amount, 2, up=False)),
        remaining=plain(outward(turn.remaining, 2, up=False)),
        remaining_growth=_plain(
            turn.remaining_growth and outward(turn.remaining_growth, 3, up=False)
        ),
        firms=None,
    )


class CityRow(Schema):
    """
    A city's own totals in a quarter: yuan, cumulative; null is not reported.

    share is its part of the province's output value, a fraction: null while any city is silent,
    and then reported_only_share is its part of what so many cities reported. status, of the
    share: A or P complete, M none.
    """

    code: str
    slug: str
    name: str
    period: str
    reported: bool
    in_cluster: bool
    output_value: Decimal | None
    revenue: Decimal | None
    enterprises: int | None
    enterprises_over_100m: int | None
    rd_expenditure: Decimal | None
    employees: int | None
    lines_over_100m: int | None
    share: str | None
    status: str
    reported_only_share: str | None
    cities: int
    # It declared that there is nothing: its zeros stand in no cell.
    nil: bool


def city_row(figures: CityFigures, quarter: Quarter) -> CityRow:
    """Return a city as the API says it."""
    totals = figures.totals
    measures = (
        "output_value",
        "revenue",
        "enterprises",
        "enterprises_over_100m",
        "rd_expenditure",
        "employees",
    )
    return CityRow(
        code=figures.city.code,
        slug=figures.city.slug,
        name=str(figures.city),
        period=str(quarter),
        reported=figures.output_reported,
        in_cluster=figures.in_cluster,
        lines_over_100m=figures.over,
        share=_plain(figures.share),
        status=str(figures.base.status),
        reported_only_share=_plain(figures.reported_only_share),
        cities=figures.base.coverage.accepted,
        nil=totals.nil,
        **{measure: getattr(totals, measure) if totals else None for measure in measures},
    )


class ClusterRow(Schema):
    """
    A cluster in a quarter: its city's output value in yuan, and its share of the province.

    share is null while any city is silent; reported_only_share is then its part of what so many
    cities reported. status, of the share: A or P complete, M none.
    """

    slug: str
    name: str
    city: str
    period: str
    reported: bool
    output_value: Decimal | None
    share: str | None
    status: str
    reason: str | None
    reported_only_share: str | None
    cities: int
    coverage: CoverageRow


def cluster_row(figures: ClusterFigures, quarter: Quarter) -> ClusterRow:
    """Return a cluster as the API says it."""
    city, who = figures.city, figures.city.base.coverage
    return ClusterRow(
        slug=figures.cluster.slug,
        name=str(figures.cluster),
        city=city.city.code,
        period=str(quarter),
        reported=city.output_reported,
        output_value=city.totals.output_value if city.totals else None,
        share=_plain(city.share),
        status=str(city.base.status),
        reason=None if who.is_complete else str(NoValue.SILENT_CITIES),
        reported_only_share=_plain(city.reported_only_share),
        cities=who.accepted,
        coverage=CoverageRow(
            accepted=who.accepted,
            expected=who.expected,
            missing=[one.code for one in who.missing],
            weight=_plain(city.base.weight),
        ),
    )


class ParkRow(Schema):
    """
    A park in a quarter: yuan, cumulative; null is not reported.

    withheld: null is reported, and not disclosed to you, for it shows single enterprises.
    """

    slug: str
    name: str
    provenance: str
    city: str
    period: str
    firms: int | None
    output_value: Decimal | None
    revenue: Decimal | None
    investment: Decimal | None
    withheld: bool


def park_row(figures: ParkFigures, quarter: Quarter) -> ParkRow:
    """Return a park as the API says it."""
    totals = figures.totals
    measures = ("firms", "output_value", "revenue", "investment")
    return ParkRow(
        slug=figures.park.slug,
        name=str(figures.park),
        provenance=figures.park.provenance,
        city=figures.park.city.code,
        period=str(quarter),
        withheld=figures.withheld,
        **{measure: getattr(totals, measure) if totals else None for measure in measures},
    )


class EnterpriseRow(Schema):
    """An enterprise, and what is in force of it for a quarter: yuan, cumulative."""

    credit_code: str
    name: str
    city: str
    park: str | None
    field: str | None
    status: str
    tiers: list[str]
    demonstration: bool
    period: str
    output_value: Decimal | None
    revenue: Decimal | None
    total_revenue: Decimal | None
    rd_expenditure: Decimal | None
    employees: int | None
    # nothing, closed or moved, if its city says so in place of figures; null if it does not.
    nil: str | None


def with_figures(enterprises: QuerySet[Enterprise], viewpoint: Viewpoint) -> QuerySet[Enterprise]:
    """Return enterprises with all that their rows need: three queries, however many they are."""
    in_force = EnterpriseReturn.objects.as_of(viewpoint.moment)
    held = TierAward.objects.held_on(viewpoint.quarter.last_day).select_related("tier")
    return (
        enterprises.select_related("city", "park", "field")
        .order_by("credit_code")
        .prefetch_related(
            Prefetch(
                "returns", in_force.filter(period__code=str(viewpoint.quarter)), to_attr="reported"
            ),
            Prefetch("awards", held, to_attr="held"),
        )
    )


def enterprise_row(enterprise: Enterprise, quarter: Quarter) -> EnterpriseRow:
    """Return an enterprise as the API says it; it must come from `with_figures`."""
    reported = enterprise.reported[0] if enterprise.reported else None
    measures = ("output_value", "revenue", "total_revenue", "rd_expenditure", "employees")
    return EnterpriseRow(
        credit_code=enterprise.credit_code,
        name=enterprise.name,
        city=enterprise.city.code,
        park=enterprise.park and enterprise.park.slug,
        field=enterprise.field and enterprise.field.code,
        status=enterprise.status,
        tiers=[award.tier.code for award in enterprise.held],
        demonstration=enterprise.is_demonstration,
        period=str(quarter),
        nil=(reported.nil or None) if reported else None,
        **{measure: getattr(reported, measure) if reported else None for measure in measures},
    )


class SubmissionRow(Schema):
    """A city's workbook for a period, one version of it, and what became of it."""

    id: int
    city: str
    period: str
    version: int
    status: str
    lines: int | None
    filename: str
    sha256: str
    uploaded_at: datetime
    submitted_at: datetime | None
    decided_at: datetime | None
    published_at: datetime | None
    superseded_at: datetime | None
    reason: str


def submission_row(submission: Submission) -> SubmissionRow:
    """Return a submission as the API says it; its city and period must be at hand."""
    own = set(SubmissionRow.model_fields) - {"city", "period"}
    return SubmissionRow(
        city=submission.city.code,
        period=submission.period.code,
        **{name: getattr(submission, name) for name in own},
    )
