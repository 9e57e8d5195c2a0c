"""What the API says of each thing: one function a list, a typed row each."""

from datetime import date, datetime
from decimal import Decimal

from django.db.models import Prefetch, QuerySet
from ninja import Schema

from clusters.quarters import Quarter
from clusters.viewpoint import Viewpoint
from enterprises.models import Enterprise, EnterpriseReturn, TierAward
from indicators.places import CityFigures, ClusterFigures, ParkFigures
from indicators.results import IndicatorResult
from submissions.models import Submission

# More places than any share needs to be told from its target.
PLACES = Decimal("0.0000000001")


def plain(number: Decimal | int) -> str:
    """Return a number as text, without an exponent and without trailing zeros."""
    text = f"{Decimal(number).quantize(PLACES):f}"
    return text.rstrip("0").rstrip(".")


class TargetRow(Schema):
    value: str
    comparator: str
    period: str


class BaselineRow(Schema):
    value: str
    period: str
    source: str


class CoverageRow(Schema):
    accepted: int
    expected: int
    missing: list[str]


class BoundsRow(Schema):
    low: str
    high: str


class BandRow(Schema):
    low: str
    high: str


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
    unit: str
    target: TargetRow | None
    band: BandRow | None
    baseline: BaselineRow | None
    attainment: str | None
    pace: str | None
    standing: str
    explanation: str
    coverage: CoverageRow
    bounds: BoundsRow | None
    provisional: bool
    secured: int | None = None
    on_pace: int | None = None
    near_miss: int | None = None


# Records within a row, by field.
NESTED: dict[str, type[Schema]] = {
    "target": TargetRow,
    "band": BandRow,
    "baseline": BaselineRow,
    "coverage": CoverageRow,
    "bounds": BoundsRow,
}


def indicator_row(result: IndicatorResult, day: date) -> IndicatorRow:
    """Return an indicator as the API says it; `day` is the day whose knowledge it shows."""
    target, baseline, bounds = result.target, result.baseline, result.bounds
    return IndicatorRow(
        code=result.code,
        name=str(result.indicator.name),
        kind=str(result.indicator.kind),
        plan=target.plan if target else None,
        period=str(result.quarter),
        as_of=day,
        value=None if result.value is None else plain(result.value),
        unit=result.unit,
        target=target
        and TargetRow(
            value=plain(target.value), comparator=target.comparator, period=str(target.period)
        ),
        band=BandRow(low=plain(target.low), high=plain(target.high))
        if target and target.low is not None and target.high is not None
        else None,
        baseline=baseline
        and BaselineRow(
            value=plain(baseline.value), period=str(baseline.period), source=baseline.source
        ),
        attainment=None if result.attainment is None else plain(result.attainment),
        pace=None if result.pace_value is None else plain(result.pace_value),
        standing=str(result.standing),
        explanation=result.explanation,
        coverage=CoverageRow(
            accepted=result.coverage.accepted,
            expected=result.coverage.expected,
            missing=[one.code for one in result.coverage.missing],
        ),
        # A count that nothing on record bounds has no upper end: then there are no bounds.
        bounds=BoundsRow(low=plain(bounds.low), high=plain(bounds.high))
        if bounds and bounds.high is not None
        else None,
        provisional=result.provisional,
        secured=result.secured,
        on_pace=result.on_pace,
        near_miss=result.near_miss,
    )


class CityRow(Schema):
    """A city's own totals in a quarter: yuan, cumulative; null is not reported."""

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
        nil=totals.nil,
        **{measure: getattr(totals, measure) if totals else None for measure in measures},
    )


class ClusterRow(Schema):
    """A cluster in a quarter: its city's output value in yuan, and its share of the province."""

    slug: str
    name: str
    city: str
    period: str
    reported: bool
    output_value: Decimal | None
    share: str | None


def cluster_row(figures: ClusterFigures, quarter: Quarter) -> ClusterRow:
    """Return a cluster as the API says it."""
    city = figures.city
    return ClusterRow(
        slug=figures.cluster.slug,
        name=str(figures.cluster),
        city=city.city.code,
        period=str(quarter),
        reported=city.output_reported,
        output_value=city.totals.output_value if city.totals else None,
        share=None if city.share is None else plain(city.share),
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
