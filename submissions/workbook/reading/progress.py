"""How many rows of a file have been read, for whoever waits. Pure; in the reading child."""

import time
from collections.abc import Callable, Iterator

from submissions.workbook.cells import Row
from submissions.workbook.reading.spreadsheet import Sheet

# tell(rows read, rows there are)
ProgressCallback = Callable[[int, int], None]

# Nobody reads faster.
SECONDS_BETWEEN = 0.2


class RowCounter:
    """Counts rows as they are read, over all sheets, and tells it now and then."""

    def __init__(self, report: ProgressCallback | None) -> None:
        """Take who is told; None is nobody."""
        self.report = report
        self.of = 0
        self.before = 0
        self.next = 0.0

    @property
    def is_reporting(self) -> bool:
        """Return whether anybody listens."""
        return self.report is not None

    def expect(self, rows: int) -> None:
        """Say how many rows there are."""
        self.of = rows
        self._report(0)

    def of_sheet(self, sheet: Sheet) -> Iterator[Row]:
        """Yield a sheet's rows, blank ones left out, but counted."""
        if self.report is None:
            yield from sheet.rows()
            return
        for row in sheet.rows():
            self._report_if_due(sheet.seen)
            yield row
        self._end(sheet.seen)

    def listed(self, rows: list[Row]) -> Iterator[Row]:
        """Yield rows that have been read already, counted as they are looked at."""
        for number, row in enumerate(rows, start=1):
            self._report_if_due(number)
            yield row
        self._end(len(rows))

    def _end(self, rows: int) -> None:
        """Go on behind these rows."""
        self.before += rows
        self._report(0)

    def _report_if_due(self, rows: int) -> None:
        if time.monotonic() >= self.next:
            self._report(rows)

    def _report(self, rows: int) -> None:
        """Tell that so many rows of this sheet have been read."""
        if self.report:
            read = self.before + rows
            self.report(read, max(self.of, read) if self.of else 0)
            self.next = time.monotonic() + SECONDS_BETWEEN
