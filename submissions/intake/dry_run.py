"""
A workbook that is checked and not kept: what is wrong with it, and nothing of it stays.

The same reader and the same rules as for one that is uploaded, without a submission, an original
or a staged row: for a bureau that wants to know before it reports, and for whoever helps it.
"""

import shutil
import tempfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from clusters.models import City, ReportingPeriod
from submissions.intake.marked_workbook import marked_copy
from submissions.intake.originals import NotStored
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
    What was found in a workbook that nobody keeps. The findings are in no database.

    readable  whether anything could be read at all; if not, the findings say why
    lines     how many enterprise lines it has
    """

    readable: bool
    lines: int
    findings: list[Finding] = field(default_factory=list)
    firms: Firms = field(default_factory=dict)

    def groups(self) -> list[FindingGroup]:
        """Return the findings as a page shows them."""
        return grouped(self.findings, self.firms)


@contextmanager
def temporary_copy(file: BinaryIO) -> Iterator[Path]:
    """
    Give an uploaded file a place on the disk, where a child can read it, for as long as it takes.

    Raises NotStored if the disk will not take it. Whatever happens, it is gone afterwards.
    """
    with tempfile.NamedTemporaryFile(prefix="check-", dir=settings.FILE_UPLOAD_TEMP_DIR) as copy:
        try:
            file.seek(0)
            shutil.copyfileobj(file, copy)
            copy.flush()
        except OSError as error:
            raise NotStored(error) from error
        yield Path(copy.name)


def check_in_steps(
    file: BinaryIO, filename: str, *, city: City, period: ReportingPeriod
) -> Generator[ProgressStep, None, DryRunResult]:
    """
    Read and check a file as a city's workbook for a period, telling how far it has come.

    Returns what was found. Raises NotStored, also a Refused, if there is no room for it meanwhile.
    """
    with temporary_copy(file) as path:
        return (yield from _checked(path, filename, city, period))


def marked(file: BinaryIO, filename: str, *, city: City, period: ReportingPeriod) -> MarkedWorkbook:
    """Return the file with what is wrong with it in its cells. Raises NotStored."""
    with temporary_copy(file) as path:
        checked = result_of(_checked(path, filename, city, period))
        return marked_copy(path, checked.findings)


def _checked(
    path: Path, filename: str, city: City, period: ReportingPeriod
) -> Generator[ProgressStep, None, DryRunResult]:
    """Read and check a file on the disk."""
    with without_garbage_collection():
        reading = yield from read_with_progress(path, filename)
        yield CHECKING
        violations = checking.check(reading, city=city, period=period)
    findings = [as_finding(one, at) for at, one in enumerate(violations, start=1)]
    return DryRunResult(bool(reading.tables), reading.lines, findings, _firms(reading))


def _firms(reading: Reading) -> Firms:
    """Return whose line stands where, of what has been read."""
    table = reading.tables.get("enterprises")
    if table is None:
        return {}
    return {(table.sheet, line.row): str(line.get("name") or "") for line in table.lines}
