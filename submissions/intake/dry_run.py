"""
Checks a workbook and stores nothing of it.

Same reader and rules as for an upload, without a submission, an original or a staged row: for a
bureau that wants to know the findings before it reports. Its file is kept with the job.
"""

from collections.abc import Generator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from clusters.models import City, ReportingPeriod
from submissions.intake.originals import temporary_copy
from submissions.intake.receiving import as_finding, without_garbage_collection
from submissions.models import Finding
from submissions.validation import checking
from submissions.validation.findings_list import FindingGroup, Firms, grouped
from submissions.workbook.contents import Reading
from submissions.workbook.sandbox import CHECKING, ProgressStep, read_with_progress

# What as_finding() sets: a finding without its submission.
FIELDS = [
    field.attname
    for field in Finding._meta.concrete_fields
    if field.name not in ("id", "submission")
]


@dataclass(frozen=True, slots=True)
class DryRunResult:
    """
    The result of a dry run. The findings belong to no submission.

    readable  whether the file could be read; if not, the findings give the reason
    lines     number of enterprise lines
    """

    readable: bool
    lines: int
    findings: list[Finding] = field(default_factory=list)
    firms: Firms = field(default_factory=dict)

    def groups(self) -> list[FindingGroup]:
        """Return the findings grouped for a page."""
        return grouped(self.findings, self.firms)

    def as_json(self) -> dict:
        """Return it as values of JSON."""
        return {
            "readable": self.readable,
            "lines": self.lines,
            "findings": [{name: getattr(one, name) for name in FIELDS} for one in self.findings],
            "firms": [[sheet, row, name] for (sheet, row), name in self.firms.items()],
        }

    @classmethod
    def of_json(cls, stored: dict) -> "DryRunResult":
        """Return the result that as_json() was made of."""
        findings = [Finding(**fields) for fields in stored["findings"]]
        firms = {(sheet, row): name for sheet, row, name in stored["firms"]}
        return cls(stored["readable"], stored["lines"], findings, firms)


def check_in_steps(
    file: BinaryIO, filename: str, *, city: City, period: ReportingPeriod
) -> Generator[ProgressStep, None, DryRunResult]:
    """
    Read and check a file as a city's workbook for a period; yield progress.

    Returns a DryRunResult. Raises NotStored (a Refused) if the disk is full.
    """
    with temporary_copy(file) as path:
        return (yield from _checked(path, filename, city, period))


def _checked(
    path: Path, filename: str, city: City, period: ReportingPeriod
) -> Generator[ProgressStep, None, DryRunResult]:
    """Read and check a file; yield progress, return the result."""
    with without_garbage_collection():
        reading = yield from read_with_progress(path, filename)
        yield CHECKING
        violations = checking.check(reading, city=city, period=period)
    findings = [as_finding(one, at) for at, one in enumerate(violations, start=1)]
    return DryRunResult(bool(reading.tables), reading.lines, findings, _firms(reading))


def _firms(reading: Reading) -> Firms:
    """Return the enterprise of each line, by sheet and row."""
    table = reading.tables.get("enterprises")
    if table is None:
        return {}
    return {(table.sheet, line.row): str(line.get("name") or "") for line in table.lines}
