"""Counts the rows read of a file and reports them; runs in the reading child."""

import time
from collections.abc import Callable, Iterator

from submissions.workbook.cells import Row
from submissions.workbook.reading.spreadsheet import Sheet

# report(rows read, rows there are)
ProgressCallback = Callable[[int, int], None]

# A reader cannot follow faster updates.
SECONDS_BETWEEN = 0.2


class RowCounter:
    """Counts rows as they are read, over all sheets, and reports from time to time."""

    def __init__(self, report: ProgressCallback | None) -> None:
        """Take the callback; None reports nothing."""
        self.report = report
        self.of = 0
        self.before = 0
        self.next = 0.0

    @property
    def is_reporting(self) -> bool:
        """Return whether progress is reported."""
        return self.report is not None

    def expect(self, rows: int) -> None:
        """Set how many rows there are, and report 0 of them."""
        self.of = rows
        self._report(0)

    def of_sheet(self, sheet: Sheet) -> Iterator[Row]:
        """Yield a sheet's rows; blank ones are counted and not yielded."""
        if self.report is None:
            yield from sheet.rows()
            return
        for row in sheet.rows():
            self._report_if_due(sheet.seen)
            yield row
        self._end(sheet.seen)

    def listed(self, rows: list[Row]) -> Iterator[Row]:
        """Yield rows of a list, counting them."""
        for number, row in enumerate(rows, start=1):
            self._report_if_due(number)
            yield row
        self._end(len(rows))

    def _end(self, rows: int) -> None:
        """Add the rows of a finished sheet."""
        self.before += rows
        self._report(0)

    def _report_if_due(self, rows: int) -> None:
        if time.monotonic() >= self.next:
            self._report(rows)

    def _report(self, rows: int) -> None:
        """Report rows read, this sheet and those before."""
        if self.report:
            read = self.before + rows
            self.report(read, max(self.of, read) if self.of else 0)
            self.next = time.monotonic() + SECONDS_BETWEEN
