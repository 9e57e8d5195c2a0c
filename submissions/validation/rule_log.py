"""
Statistics of each rule: findings, explanations, corrections.

They show whether a rule on trial should become a full one, and whether a rule whose findings are
always explained and never corrected should go. Counted from the stored findings.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q

from clusters.models import City, ReportingPeriod
from submissions.models import Finding, Submission
from submissions.rules.catalogue import CATALOGUE, FindingKind, Severity

Slot = tuple[int, int]


@dataclass(slots=True)
class RuleFigures:
    """
    Statistics of one rule.

    files      versions of workbooks in which it found something
    hits       findings in all of them
    explained  those with an explanation, in the workbook or on the page
    corrected  by how many the next readable version had fewer; 0 without one
    """

    code: str
    files: int = 0
    hits: int = 0
    explained: int = 0
    corrected: int = 0

    @property
    def entry(self) -> FindingKind | None:
        """Return the rule; None for one that is no longer in the catalogue."""
        return CATALOGUE.get(self.code)

    @property
    def explained_share(self) -> Decimal | None:
        """Return the explained share of the hits, 0 to 1; None for a mandatory rule."""
        mandatory = self.entry and self.entry.severity == Severity.MANDATORY
        return None if mandatory else Decimal(self.explained) / self.hits

    @property
    def corrected_share(self) -> Decimal:
        """Return the corrected share of the hits, 0 to 1."""
        return Decimal(self.corrected) / self.hits


def rule_log(cities: Iterable[City], period: ReportingPeriod | None = None) -> list[RuleFigures]:
    """
    Return the statistics of each rule with findings in these cities' workbooks.

    Most findings first; of one period or all. Two queries. Corrections are counted by number,
    not by cell: a row inserted in the next version moves all findings below it.
    """
    versions = _versions(cities, period)
    found = _found(cities, period)
    log: dict[str, RuleFigures] = {}
    for (slot, version), codes in found.items():
        following = next((v for v, was_read in versions[slot] if v > version and was_read), None)
        later = found.get((slot, following), {})
        for code, (hits, explained) in codes.items():
            figures = log.setdefault(code, RuleFigures(code))
            figures.files += 1
            figures.hits += hits
            figures.explained += explained
            if following is not None:
                figures.corrected += max(0, hits - later.get(code, (0, 0))[0])
    return sorted(log.values(), key=lambda figures: (-figures.hits, figures.code))


def _of(cities: Iterable[City], period: ReportingPeriod | None, prefix: str = "") -> Q:
    """Return the condition for submissions of these cities and this period, if one is given."""
    asked = Q(**{f"{prefix}city__in": cities})
    return asked & Q(**{f"{prefix}period": period}) if period else asked


def _versions(
    cities: Iterable[City], period: ReportingPeriod | None
) -> dict[Slot, list[tuple[int, bool]]]:
    """Return (city, period) -> its versions in order, and whether each could be read."""
    rows = (
        Submission.objects.filter(_of(cities, period), checked_at__isnull=False)
        .order_by("version")
        .values_list("city_id", "period_id", "version", "lines")
    )
    found: dict[Slot, list[tuple[int, bool]]] = {}
    for city, of_period, version, lines in rows:
        found.setdefault((city, of_period), []).append((version, bool(lines)))
    return found


def _found(
    cities: Iterable[City], period: ReportingPeriod | None
) -> dict[tuple[Slot, int], dict[str, tuple[int, int]]]:
    """Return ((city, period), version) -> code -> (findings, those that were answered)."""
    answered = ~Q(explained_in_cell="") | Q(explanation__pk__isnull=False)
    rows = (
        Finding.objects.with_explanation()
        .filter(_of(cities, period, "submission__"))
        .order_by()
        .values_list("submission__city_id", "submission__period_id", "submission__version", "code")
        .annotate(hits=Count("pk"), explained=Count("pk", filter=answered))
    )
    found: dict[tuple[Slot, int], dict[str, tuple[int, int]]] = {}
    for city, of_period, version, code, hits, explained in rows:
        found.setdefault(((city, of_period), version), {})[code] = (hits, explained)
    return found
