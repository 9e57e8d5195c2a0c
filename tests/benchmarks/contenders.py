"""
What is compared: four ways of one workbook, or of its rows, into the database.

Each takes what it needs and returns how many lines it has dealt with.
"""

import csv
from io import BytesIO, StringIO

from django.db import connection
from django.utils.timezone import now
from import_export import resources
from import_export.fields import Field
from import_export.widgets import ForeignKeyWidget
from openpyxl import load_workbook
from tablib import Dataset

from enterprises.models import Enterprise, EnterpriseReturn
from parks.models import Park
from submissions.intake import receiving
from submissions.models import Submission
from tests.audit.rewritten import erase
from tests.benchmarks.bureau import FIELDS, HEADINGS, Bureau

RETURN_FIELDS = ["enterprise", *FIELDS[2:]]
COLUMN = dict(zip(FIELDS, HEADINGS, strict=True))


def ours(content: bytes, bureau: Bureau) -> Submission:
    """
    Take a file in as the upload page does: store it, read it in the child, ask every rule,
    stage each line with the cells of its values. Return the submission.
    """
    submission = receiving.receive(
        BytesIO(content),
        city=bureau.city,
        period=bureau.period,
        by=bureau.officer,
        filename="bench.xlsx",
    )
    return receiving.read_and_check(submission)


def stock_resource(bureau: Bureau) -> resources.ModelResource:
    """Return a ModelResource for the same fields, with the package's own defaults."""

    class Returns(resources.ModelResource):
        enterprise = Field(
            column_name=COLUMN["credit_code"],
            attribute="enterprise",
            widget=ForeignKeyWidget(Enterprise, "credit_code"),
        )
        park = Field(
            column_name=COLUMN["park"], attribute="park", widget=ForeignKeyWidget(Park, "name")
        )
        output_value = Field(column_name=COLUMN["output_value"], attribute="output_value")
        revenue = Field(column_name=COLUMN["revenue"], attribute="revenue")
        total_revenue = Field(column_name=COLUMN["total_revenue"], attribute="total_revenue")
        rd_expenditure = Field(column_name=COLUMN["rd_expenditure"], attribute="rd_expenditure")
        employees = Field(column_name=COLUMN["employees"], attribute="employees")
        revenue_last_year = Field(
            column_name=COLUMN["revenue_last_year"], attribute="revenue_last_year"
        )
        remark = Field(column_name=COLUMN["remark"], attribute="remark")

        class Meta:
            model = EnterpriseReturn
            fields = RETURN_FIELDS
            import_id_fields = ("enterprise",)

        def get_queryset(self):
            return EnterpriseReturn.objects.filter(city=bureau.city, period=bureau.period)

        def before_save_instance(self, instance, row, **kwargs):
            instance.city, instance.period, instance.published_at = bureau.city, bureau.period, NOW

    return Returns()


# One moment for all: asking the clock is not what is measured.
NOW = now()


def stock_import_alone(content: bytes, bureau: Bureau, *, dry_run: bool = False) -> int:
    """Read the file and import it, or only try to; return the lines that were new."""
    dataset = Dataset().load(content, format="xlsx")
    result = stock_resource(bureau).import_data(dataset, dry_run=dry_run, raise_errors=True)
    return result.totals["new"]


def stock(content: bytes, bureau: Bureau) -> int:
    """
    Take a file in as the package's page does: a trial, which shows the differences, then
    the import. It reads the file for each. Return the lines that were new.
    """
    tried = stock_import_alone(content, bureau, dry_run=True)
    imported = stock_import_alone(content, bureau)
    assert tried == imported
    return imported


def forget_stock(bureau: Bureau) -> None:
    """Take out again what the stock import has put in."""
    erase(EnterpriseReturn.objects.filter(city=bureau.city, period=bureau.period))


def openpyxl_alone(content: bytes) -> int:
    """Read every cell of a file and do nothing with it; return the lines below the headings."""
    book = load_workbook(BytesIO(content), read_only=True)
    return sum(1 for _ in book.active.iter_rows(values_only=True)) - 1


def ready_csv(rows: list[list]) -> str:
    """Return rows as the csv that COPY takes: what reading and checking would have to end in."""
    file = StringIO()
    writer = csv.writer(file)
    for row in rows:
        writer.writerow([row[0], *row[3:9]])
    return file.getvalue()


COPY_INTO = """
    COPY ready (credit_code, output_value, revenue, total_revenue, rd_expenditure, employees,
                revenue_last_year) FROM STDIN (FORMAT csv)
"""
MAKE_READY = """
    CREATE TEMPORARY TABLE ready (
        credit_code varchar(18), output_value numeric, revenue numeric, total_revenue numeric,
        rd_expenditure numeric, employees integer, revenue_last_year numeric
    ) ON COMMIT DROP
"""
UPSERT = """
    INSERT INTO enterprises_enterprisereturn
        (enterprise_id, period_id, city_id, park_id, output_value, revenue, total_revenue,
         rd_expenditure, employees, revenue_last_year, nil, remark, published_at)
    SELECT enterprise.id, %s, %s, %s, output_value, ready.revenue, total_revenue, rd_expenditure,
           employees, revenue_last_year, '', '', %s
    FROM ready JOIN enterprises_enterprise AS enterprise USING (credit_code)
    ON CONFLICT (enterprise_id, period_id) WHERE superseded_at IS NULL DO UPDATE SET
        output_value = EXCLUDED.output_value, revenue = EXCLUDED.revenue,
        total_revenue = EXCLUDED.total_revenue, rd_expenditure = EXCLUDED.rd_expenditure,
        employees = EXCLUDED.employees, revenue_last_year = EXCLUDED.revenue_last_year
"""


def copy_upsert(ready: str, bureau: Bureau) -> int:
    """
    Put a csv that nobody need read or check into the table of returns; return the lines.

    The floor: no intake into PostgreSQL is quicker than this. Only on PostgreSQL.
    """
    keys = [bureau.period.pk, bureau.city.pk, bureau.park.pk, NOW]
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")
        # It overwrites, which ours refuses.
        cursor.execute("ALTER TABLE enterprises_enterprisereturn DISABLE TRIGGER USER")
        cursor.execute(MAKE_READY)
        with cursor.copy(COPY_INTO) as copy:
            copy.write(ready)
        cursor.execute(UPSERT, keys)
        lines = cursor.rowcount
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE enterprises_enterprisereturn ENABLE TRIGGER USER")
        cursor.execute("COMMIT")
    return lines
