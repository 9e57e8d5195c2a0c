"""On which workbooks a plan's figures rest: versions, files, hashes; and what was restated."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import OuterRef, QuerySet, Subquery

from clusters.models import City, CityReturn, Plan
from foundation.quarters import Quarter
from submissions.lineage.trace import in_force_at
from submissions.models import Submission


@dataclass(frozen=True, slots=True)
class SourceRestatement:
    """
    A version that took the place of another, and what it made of the city's output value.

    before, after  yuan, cumulative; None if that version reported none
    """

    submission: Submission
    before: Decimal | None
    after: Decimal | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """
    What a plan's figures rest on at a moment.

    in_force      by city's code: the version in force for the last quarter, as far as there is one
    restatements  of all quarters of the plan, the oldest first
    """

    in_force: dict[str, Submission]
    restatements: list[SourceRestatement]


def evidence(plan: Plan, last: Quarter, moment: datetime) -> Evidence:
    """Return the evidence of a plan at a moment. One query, whatever the number of versions."""
    slots: dict[tuple[City, str], list[Submission]] = defaultdict(list)
    for one in _published(plan, moment):
        slots[one.city, one.period.code].append(one)
    return Evidence(
        in_force={
            one.city.code: one
            for (_city, code), versions in slots.items()
            if code == str(last)
            for one in versions
            if in_force_at(one, moment)
        },
        restatements=sorted(
            (
                SourceRestatement(after, vars(before)["brought"], vars(after)["brought"])
                for versions in slots.values()
                for before, after in zip(versions, versions[1:], strict=False)
            ),
            key=lambda one: (one.submission.published_at, one.submission.pk),
        ),
    )


def _published(plan: Plan, moment: datetime) -> QuerySet[Submission]:
    """Return every version that was put in force by then; brought is its output value."""
    totals = CityReturn.objects.filter(
        city=OuterRef("city"), period=OuterRef("period"), published_at=OuterRef("published_at")
    )
    return (
        Submission.objects.filter(
            period__code__gte=f"{plan.first_year}Q1",
            period__code__lte=f"{plan.last_year}Q4",
            published_at__lte=moment,
        )
        .with_recorded_at()
        .select_related("city", "period")
        .annotate(brought=Subquery(totals.values("output_value")[:1]))
        .order_by("city__code", "period__code", "version")
    )
