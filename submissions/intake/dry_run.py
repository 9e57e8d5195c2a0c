"""
Checks a workbook and stores nothing of it.

Same reader and rules as for an upload, without a submission, an original or a staged row: for a
bureau that wants to know the findings before it reports.
"""

from collections.abc import Generator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from clusters.models import City, ReportingPeriod
from submissions.intake.marked_workbook import marked_copy
from submissions.intake.originals import temporary_copy
from submissions.intake.receiving import as_finding, without_garbage_collection
from submissions.models import Finding
from submissions.validation import checking
from submissions.validation.findings_list import FindingGroup, Firms, grouped
from submissions.workbook.annotation.annotation import MarkedWorkbook
from submissions.workbook.contents import Reading
from submissions.workbook.sandbox import CHECKING, ProgressStep, read_with_progress, result_of


@dataclass(frozen=True, slots=True)
class DryRunResult:
    """
    The result of a dry run. The findings are not stored.

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


def check_in_steps(
    file: BinaryIO, filename: str, *, city: City, period: ReportingPeriod
) -> Generator[ProgressStep, None, DryRunResult]:
    """
    Read and check a file as a city's workbook for a period; yield progress.

    Returns a DryRunResult. Raises NotStored (a Refused) if the disk is full.
    """
    with temporary_copy(file) as path:
        return (yield from _checked(path, filename, city, period))


def marked(file: BinaryIO, filename: str, *, city: City, period: ReportingPeriod) -> MarkedWorkbook:
    """Return the file with its findings in its cells. Raises NotStored."""
    with temporary_copy(file) as path:
        checked = result_of(_checked(path, filename, city, period))
        return marked_copy(path, checked.findings)


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
