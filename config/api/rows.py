"""Rows of the API's lists: a typed row and a function for each."""

from datetime import datetime
from decimal import Decimal

from django.db.models import Prefetch, QuerySet
from ninja import Schema
from pydantic import create_model

from clusters.models import CityReturn
from clusters.models.published import Published
from clusters.viewpoint import Viewpoint
from config.api.indicator_rows import CoverageRow
from config.api.numbers import plain_or_none
from enterprises.models import Enterprise, EnterpriseReturn, TierAward
from foundation.quarters import Quarter
from indicators.regions.place_figures import CityFigures, ClusterFigures, ParkFigures
from indicators.results.indicator_result import NoValue
from parks.models import ParkReturn
from submissions.models import Submission


def _with_figures_of(base: type[Schema], returns: type[Published]) -> type[Schema]:
    """Return a schema with a number, or null, for each figure that a return reports."""
    amounts = returns.amounts()
    figures = {
        name: ((Decimal if name in amounts else int) | None, ...) for name in returns.reported()
    }
    return create_model(f"{base.__name__}Figures", __base__=base, **figures)


def _figures(returns: type[Published], found: object) -> dict[str, Decimal | int | None]:
    """Return the figures of a return, or of what was read of it, by name; None without one."""
    return {name: getattr(found, name) if found else None for name in returns.reported()}


class CityInQuarter(Schema):
    """A city in a quarter."""

    code: str
    slug: str
    name: str
    period: str
    reported: bool
    in_cluster: bool


class CityRow(_with_figures_of(CityInQuarter, CityReturn)):
    """
    A city's own totals in a quarter: yuan, cumulative; null is not reported.

    share is its part of the province's output value, a fraction: null while any city is silent,
    and then reported_only_share is its part of what so many cities reported. status, of the
    share: A or P complete, M none.
    """

    lines_over_100m: int | None
    share: str | None
    status: str
    reported_only_share: str | None
    cities: int
    # It declared a nil: its zeros have no cell.
    nil: bool


def city_row(figures: CityFigures, quarter: Quarter) -> CityRow:
    """Return a city's row."""
    totals = figures.totals
    return CityRow(
        code=figures.city.code,
        slug=figures.city.slug,
        name=str(figures.city),
        period=str(quarter),
        reported=figures.output_reported,
        in_cluster=figures.in_cluster,
        lines_over_100m=figures.over,
        share=plain_or_none(figures.share),
        status=str(figures.base.status),
        reported_only_share=plain_or_none(figures.reported_only_share),
        cities=figures.base.coverage.accepted,
        nil=totals.nil,
        **_figures(CityReturn, totals),
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
    """Return a cluster's row."""
    city, who = figures.city, figures.city.base.coverage
    return ClusterRow(
        slug=figures.cluster.slug,
        name=str(figures.cluster),
        city=city.city.code,
        period=str(quarter),
        reported=city.output_reported,
        output_value=city.totals.output_value if city.totals else None,
        share=plain_or_none(city.share),
        status=str(city.base.status),
        reason=None if who.is_complete else str(NoValue.SILENT_CITIES),
        reported_only_share=plain_or_none(city.reported_only_share),
        cities=who.accepted,
        coverage=CoverageRow(
            accepted=who.accepted,
            expected=who.expected,
            missing=[one.code for one in who.missing],
            weight=plain_or_none(city.base.weight),
        ),
    )


class ParkInQuarter(Schema):
    """
    A park in a quarter.

    withheld: the nulls are reported, and not disclosed because they show single enterprises.
    """

    slug: str
    name: str
    provenance: str
    city: str
    period: str


class ParkRow(_with_figures_of(ParkInQuarter, ParkReturn)):
    """
    A park in a quarter: yuan, cumulative; null is not reported.

    withheld: null is reported, and not disclosed to you, for it shows single enterprises.
    """

    withheld: bool


def park_row(figures: ParkFigures, quarter: Quarter) -> ParkRow:
    """Return a park's row."""
    return ParkRow(
        slug=figures.park.slug,
        name=str(figures.park),
        provenance=figures.park.provenance,
        city=figures.park.city.code,
        period=str(quarter),
        withheld=figures.withheld,
        **_figures(ParkReturn, figures.totals),
    )


class EnterpriseInQuarter(Schema):
    """An enterprise of the register, in a quarter."""

    credit_code: str
    name: str
    city: str
    park: str | None
    field: str | None
    status: str
    tiers: list[str]
    demonstration: bool
    period: str


class EnterpriseRow(_with_figures_of(EnterpriseInQuarter, EnterpriseReturn)):
    """An enterprise, and what is in force of it for a quarter: yuan, cumulative."""

    # nothing, closed or moved, if its city says so in place of figures; null if it does not.
    nil: str | None


def with_figures(enterprises: QuerySet[Enterprise], viewpoint: Viewpoint) -> QuerySet[Enterprise]:
    """Return enterprises with all that their rows need. Three queries, whatever their number."""
    in_force = EnterpriseReturn.objects.seen_from(viewpoint)
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
    """Return an enterprise's row; the enterprise must come from `with_figures`."""
    reported = enterprise.reported[0] if enterprise.reported else None
    # Not validated here, for it is one of 100,000: what is sent as JSON is, by ninja.
    return EnterpriseRow.model_construct(
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
        **_figures(EnterpriseReturn, reported),
    )


class SubmissionRow(Schema):
    """
    One version of a city's workbook for a period, with its status.

    published_at is declared, recorded_at when it was stored: later in a back-filled history.
    """

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
    recorded_at: datetime | None
    superseded_at: datetime | None
    reason: str


def submission_row(submission: Submission) -> SubmissionRow:
    """Return a submission's row; its city and period must have been selected with it."""
    own = set(SubmissionRow.model_fields) - {"city", "period"}
    return SubmissionRow(
        city=submission.city.code,
        period=submission.period.code,
        **{name: getattr(submission, name) for name in own},
    )
