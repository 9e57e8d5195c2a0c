"""
A made-up bureau for the benchmarks: its register, its earlier returns, its next workbook.

The workbook has one sheet, its headings in the first row and its units in the headings, for that
is what a stock import can read too. All ten columns of 企业明细 are filled but the last.
"""

from datetime import UTC, datetime
from io import BytesIO

from openpyxl import Workbook

from clusters.models import City, ReportingPeriod
from enterprises.models import Enterprise, EnterpriseReturn
from parks.models import Park
from submissions.workbook.layout import ENTERPRISES, CellKind
from tests.factories import credit_code, make_city, make_park, make_period, make_user

HEADINGS = [
    column.heading + ("（万元）" if column.kind is CellKind.MONEY else "")
    for column in ENTERPRISES.columns
]
FIELDS = [column.field for column in ENTERPRISES.columns]
BATCH = 2_000


class Bureau:
    """One city, one period to report, somebody who reports; and a register that can grow."""

    def __init__(self, city_code: str = "370100") -> None:
        """Make everything but the enterprises."""
        self.city: City = make_city(city_code)
        self.park: Park = make_park(self.city, name=f"{self.city.short_name}示例园区")
        self.period: ReportingPeriod = make_period("2025Q3")
        self.earlier = [(make_period("2025Q2"), 6_000), (make_period("2024Q3"), 9_000)]
        self.officer = make_user("bureau", self.city)
        self.lines = 0

    def grow_to(self, lines: int) -> None:
        """Register enterprises up to a number, each with returns of two earlier quarters."""
        new = Enterprise.objects.bulk_create(
            (
                Enterprise(credit_code=self.code(n), name=f"示例企业{n}", city=self.city)
                for n in range(self.lines + 1, lines + 1)
            ),
            batch_size=BATCH,
        )
        for period, share in self.earlier:
            EnterpriseReturn.objects.bulk_create(
                (self._return(each, n, period, share) for n, each in enumerate(new, self.lines)),
                batch_size=BATCH,
            )
        self.lines = lines

    def _return(self, enterprise, n, period, share):
        """Return what an enterprise reported earlier: a share of what it reports now, in yuan."""
        output, revenue, total, research, staff, _last_year = self.figures(n)
        return EnterpriseReturn(
            enterprise=enterprise,
            city=self.city,
            period=period,
            park=self.park,
            output_value=output * share,
            revenue=revenue * share,
            total_revenue=total * share,
            rd_expenditure=research * share,
            employees=staff,
            published_at=datetime(2025, 7, 20, tzinfo=UTC),
        )

    def code(self, n: int) -> str:
        """Return the credit code of enterprise n, from 1."""
        return credit_code(n, self.city.code)

    @staticmethod
    def figures(n: int) -> list:
        """Return the figures of line n, from 0, as they are typed: amounts in 万元."""
        return [1_000 + n, 900 + n, 2_000 + n, 12.5, 100 + n % 50, 810 + 0.9 * n]

    def rows(self, lines: int, *, wrong: int = 0, turn: int = 0) -> list[list]:
        """
        Return the rows of a workbook below its headings.

        The first `wrong` lines have a figure that no parser takes. `turn` makes one workbook
        differ from another: the intake recognises a file that it has already.
        """
        rows = []
        for n in range(lines):
            output, *figures = self.figures(n)
            output = f"约{output}" if n < wrong else output + turn
            rows.append(
                [self.code(n + 1), f"示例企业{n + 1}", self.park.name, output, *figures, None]
            )
        return rows


def workbook(rows: list[list]) -> bytes:
    """Return an .xlsx with the headings and these rows."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(ENTERPRISES.sheet)
    sheet.append(HEADINGS)
    for row in rows:
        sheet.append(row)
    file = BytesIO()
    book.save(file)
    return file.getvalue()
