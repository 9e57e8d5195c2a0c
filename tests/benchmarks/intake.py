"""
Lines per second of our whole intake, of a stock import, and of reading alone.

    ours     stored, read in the child, every rule, staged with the cell of each value
    stock    the same file through a ModelResource of django-import-export as it comes
    openpyxl reading the same file, and nothing else
"""

import sys
import time
from io import BytesIO
from statistics import median

import django

LINES = 5_000
ROUNDS = 3
HEADINGS = ["统一社会信用代码", "企业名称", "环保业务产值（万元）", "环保业务营业收入（万元）"]
FIELDS = ["enterprise", "name", "output_value", "revenue"]


def workbook(rows) -> bytes:
    """Return an .xlsx with one sheet, headings in its first row: what both can read."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("企业明细")
    sheet.append(HEADINGS)
    for row in rows:
        sheet.append(row)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def register(city):
    """Fill the register; return the rows of a workbook about it."""
    Enterprise.objects.bulk_create(
        Enterprise(credit_code=credit_code(n), name=f"示例企业{n}", city=city)
        for n in range(1, LINES + 1)
    )
    return [[credit_code(n), f"示例企业{n}", 1000 + n, 900 + n] for n in range(1, LINES + 1)]


def ours(content, city, period, user):
    """Take the file in as the upload page does; return the submission."""
    submission = intake.receive(
        BytesIO(content), city=city, period=period, by=user, filename="bench.xlsx"
    )
    intake.read_and_check(submission)
    submission.refresh_from_db()
    assert submission.lines == LINES, submission.lines
    assert submission.rows.count() == LINES
    return submission


def stock(content, city, period):
    """Take the file in as the package's documentation shows it, into the table of returns."""

    class Returns(resources.ModelResource):
        enterprise = Field(
            column_name=HEADINGS[0],
            attribute="enterprise",
            widget=ForeignKeyWidget(Enterprise, "credit_code"),
        )
        output_value = Field(column_name=HEADINGS[2], attribute="output_value")
        revenue = Field(column_name=HEADINGS[3], attribute="revenue")

        class Meta:
            model = EnterpriseReturn
            fields = ("enterprise", "output_value", "revenue")
            import_id_fields = ("enterprise",)

        def before_save_instance(self, instance, row, **kwargs):
            instance.city, instance.period, instance.published_at = city, period, now()

    dataset = Dataset().load(content, format="xlsx")
    result = Returns().import_data(dataset, dry_run=False, raise_errors=True)
    assert result.totals["new"] == LINES
    EnterpriseReturn.objects.all().delete()


def openpyxl_alone(content):
    """Read every cell and do nothing with it."""
    book = load_workbook(BytesIO(content), read_only=True)
    assert sum(1 for _ in book.active.iter_rows(values_only=True)) == LINES + 1


def seconds(act, *arguments):
    """Return how long an act took."""
    began = time.perf_counter()
    act(*arguments)
    return time.perf_counter() - began


def main(database: str) -> None:
    """Print the table of one database."""
    call_command("migrate", verbosity=0)
    city, period, user = make_city(), make_period(), make_user()
    rows = register(city)
    times: dict[str, list[float]] = {"ours": [], "stock": [], "openpyxl": []}
    for turn in range(ROUNDS):
        # Another file each time: the intake recognises one that it has already.
        content = workbook([[*row[:2], row[2] + turn, row[3] + turn] for row in rows])
        times["ours"].append(seconds(ours, content, city, period, user))
        times["stock"].append(seconds(stock, content, city, period))
        times["openpyxl"].append(seconds(openpyxl_alone, content))
    path = intake.path_of(city.submissions.latest("pk"))
    peak = read_in_child(path).peak_kb / 1024
    rate = {name: LINES / median(taken) for name, taken in times.items()}
    print(f"\n{database}: {LINES:,} lines, median of {ROUNDS} rounds, interleaved")
    print(f"{'':<34}{'lines/s':>10}{'× stock':>10}")
    for name, label in (
        ("ours", "our whole intake"),
        ("stock", "stock django-import-export"),
        ("openpyxl", "openpyxl, reading alone"),
    ):
        print(f"{label:<34}{rate[name]:>10,.0f}{rate[name] / rate['stock']:>10.1f}")
    print(f"peak memory of the reading child: {peak:.0f} MiB")


if __name__ == "__main__":
    django.setup()
    from django.core.management import call_command
    from django.utils.timezone import now
    from import_export import resources
    from import_export.fields import Field
    from import_export.widgets import ForeignKeyWidget
    from openpyxl import Workbook, load_workbook
    from tablib import Dataset

    from enterprises.models import Enterprise, EnterpriseReturn
    from submissions import intake
    from submissions.workbook.child import read_in_child
    from tests.factories import credit_code, make_city, make_period, make_user

    main(sys.argv[1])
