"""What is downloaded is what is shown: the same rows, order, filter and rounding."""

import csv
import io
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import html

from clusters.models import BlockReturn, City, Plan
from config.web.table_cells import number_in
from enterprises.models import Enterprise, Tier, TierAward
from indicators.outlook import stored_forecasts
from parks.models import Park
from submissions.models import Batch, Submission
from submissions.review.actions import accept
from tests.factories import (
    make_city,
    make_city_return,
    make_enterprise,
    make_enterprise_return,
    make_period,
    make_user,
)
from tests.measures.cast import make_asked, make_department, make_report, make_task
from tests.province import make_province
from tests.submissions.cast import make_batch, make_finding, make_row, make_submission
from tests.submissions.layouts.cast import make_layout
from tests.submissions.lineage.test_restatements import restate

pytestmark = pytest.mark.django_db
TEMPLATES = Path(__file__).resolve().parents[3] / "templates"
YANTAI = "370600"

# Pages whose address a database gives.
FIRM, BLOCK, AUDIT = "a firm", "a building block", "/audit/?act=accepted"
ACCEPTED, WAITING, CELL = "an accepted version", "a version that waits", "a cell"
CELLS, PREVIEW, OWED = "what was read", "a preview", "what a bureau owes"
BATCH, BATCH_CITY = "a batch", "a city of a batch"
TASK, DEPARTMENT = "/measures/1-01/?period=2025Q3", "/measures/departments/ecology/?period=2025Q3"
PAGES = [
    "/cities/?period=2025Q3",
    "/cities/jinan/?period=2025Q3",
    "/clusters/jinan/?period=2025Q3",
    "/clusters/?period=2025Q3",
    BLOCK,
    "/parks/?period=2025Q3",
    "/parks/qingdao-park/?period=2025Q3",
    FIRM,
    "/enterprises/tiers/?period=2025Q3",
    "/enterprises/totals/?period=2025Q3",
    "/enterprises/totals/?period=2025Q3&by=park&for=outside",
    "/enterprises/totals/?period=2025Q3&by=field",
    "/enterprises/?period=2025Q3&sort=-revenue",
    "/indicators/cluster-output-share/?period=2025Q3",
    "/indicators/cluster-output-share/?period=2025Q4",
    "/indicators/firms-over-100m/?period=2025Q3",
    "/indicators/firms-over-100m/firms/?period=2025Q3",
    "/indicators/firms-over-100m/heaping/?period=2025Q3",
    "/indicators/cluster-output-share/movement/?period=2025Q3&from=2024Q3",
    "/indicators/firms-over-100m/movement/?period=2025Q3&from=2024Q3",
    "/growth/?period=2025Q3",
    "/what-if/?period=2025Q3",
    "/measures/?period=2025Q3",
    *(TASK, DEPARTMENT),
    "/submissions/restatements/",
    "/submissions/",
    "/submissions/rules/",
    "/submissions/layouts/",
    *(AUDIT, ACCEPTED, WAITING, CELL, CELLS, PREVIEW, OWED, BATCH, BATCH_CITY),
]


@pytest.fixture(scope="module")
def _province(module_db):
    make_province(firms=4, silent=["370600"])


@pytest.fixture(autouse=True)
def province(_province, db):
    """The province for one test."""


@pytest.fixture
def history(province):
    """A year before it, enterprises that grew, a restatement of Yantai's, kept forecasts."""
    restate(YANTAI)
    near = make_enterprise(make_city(), name="济南将近")
    make_enterprise_return(near, make_period("2025Q3"), revenue=Decimal("65000000.00"))
    for city in City.objects.exclude(code=YANTAI):
        make_city_return(city, make_period("2025Q4"), output_value=Decimal("130000000.00"))
    for period in map(make_period, ["2024Q3", "2024Q4", "2025Q1", "2025Q2"]):
        for city in City.objects.exclude(returns__period=period):
            amount = Decimal(20_000_000 * period.quarter.quarter)
            make_city_return(city, period, output_value=amount)
    for code in ("370100", "370700"):
        grown = make_enterprise(make_city(code), name=f"{make_city(code).short_name}成长")
        for quarter, revenue in [("2024Q3", 80), ("2025Q2", 90), ("2025Q3", 120)]:
            make_enterprise_return(
                grown, make_period(quarter), revenue=Decimal(revenue * 1_000_000)
            )
    stored_forecasts.store_forecasts()


@pytest.fixture
def workbooks(province, admin):
    """Two versions of Yantai's quarter: one accepted, one with something of everything."""
    city, period = make_city(YANTAI), make_period("2025Q3")
    one, gone, new = (make_enterprise(city, name=name).credit_code for name in "甲乙丙")
    total = {"kind": "city", "key": "output_value", "sheet": "城市汇总", "measure": "环保业务产值"}
    first = make_submission(city, period, status="submitted")
    make_row(first, key=one, revenue="100000000.01")
    make_row(first, key=gone)
    make_row(first, **total, this_year="900000000.00")
    accept(first, by=admin)
    second = make_submission(city, period, status="submitted", by=first.uploaded_by)
    make_row(second, key=one, revenue="90000000.00")
    make_row(second, key=new)
    make_row(second, **total, this_year="910000000.00")
    make_finding(second)
    make_batch(second, plan=Plan.objects.first())
    make_layout(admin)


@pytest.fixture
def ledger(province):
    """A task of Jinan's with something of everything, and one that the department assists with."""
    city = make_city()
    task = make_task("1-01", cities=[city])
    make_report(task, city, help_wanted="请协调用地")
    make_asked(task)
    task.parks.add(Park.objects.get(slug="qingdao-park"))
    make_task("1-02", lead=make_department("finance", "省财政厅", "Finance")).assisting.add(
        task.lead
    )


@pytest.fixture
def tier(db):
    """A title that one enterprise joined this year, by a document that looks like a formula."""
    tier = Tier.objects.create(code="leading", name="龙头", name_en="Leading")
    TierAward.objects.create(
        enterprise=Enterprise.objects.first(),
        tier=tier,
        awarded_on=date(2025, 1, 1),
        document="=1+1",
    )
    return tier


def offered(page) -> dict[str, str]:
    """The addresses of a page's tables in one form, by key; without that of all findings."""
    found = re.findall(r'href="(\?[^"]*download=([^"&]+)\.csv)"', page.content.decode())
    return {key: address.replace("&amp;", "&") for address, key in found if key != "findings"}


def shown_tables(page) -> list[list[list[str]]]:
    """The texts of every table of a page that has links beneath it."""
    whole = html.fromstring(page.content.decode())
    # Findings are shown by kind, and come as one file (tests/submissions/views/test_answers.py).
    for control in whole.xpath("//form|//button|//section[@aria-labelledby='findings']"):
        control.drop_tree()
    beneath = whole.xpath("//p[contains(@class, 'downloads')]")
    tables = [one.xpath("preceding::table[1]")[0] for one in beneath]
    return [
        [[" ".join(c.text_content().split()) for c in r.iter("th", "td")] for r in t.iter("tr")]
        for t in tables
    ]


def plain(text):
    """A text as a file has it: a number without commas, none that Excel would calculate with."""
    value = number_in(text)
    return f"{value:f}" if isinstance(value, Decimal) else text.removeprefix("'")


def shared(table, other):
    """The columns that another table has too: a file has codes and bounds, a page has links."""
    at = [n for n, heading in enumerate(table[0]) if heading in other[0]]
    assert len(at) == 9
    return [[row[n] for n in at] for row in table]


def here(address) -> str:
    """A page's address, found in the database where it has a key in it."""
    if address == FIRM:
        return Enterprise.objects.first().get_absolute_url() + "?period=2025Q3"
    if address == BLOCK:
        block = BlockReturn.objects.select_related("block__category__cluster").first().block
        return block.get_absolute_url() + "?period=2025Q3"
    if address in OF_A_VERSION:
        version, rest = OF_A_VERSION[address]
        found = Submission.objects.get(city__code=YANTAI, period__code="2025Q3", version=version)
        return found.get_absolute_url() + rest
    if address in (BATCH, BATCH_CITY):
        rest = "cities/yantai/" if address == BATCH_CITY else ""
        return Batch.objects.get().get_absolute_url() + rest
    return "/submissions/" if address == OWED else address


OF_A_VERSION = {
    ACCEPTED: (1, ""),
    WAITING: (2, ""),
    CELL: (1, "cell/?at=企业明细!C5"),
    CELLS: (1, "cells/"),
    PREVIEW: (2, "preview/"),
}


def look(client, address):
    """Sign in who is to see a page, and return it."""
    role = {OWED: "bureau", AUDIT: "auditor"}.get(address, "official")
    client.force_login(make_user(role, make_city(YANTAI) if address == OWED else None))
    return client.get(here(address))


# Their tables have no files.
WITHOUT_FILES = {
    "admin/enterprises/enterprise/import_job.html",
    *("admin/record_history.html", "audit/proposal.html", "audit/proposals.html"),
    "config/system_status.html",
    "indicators/_estimate_records.html",
    "indicators/_since_last.html",
    "indicators/overview.html",
    # Of a department: tests/measures/views.
    *("measures/check_report.html", "measures/return.html"),
    "registration/sessions.html",
    "submissions/_needs_attention.html",
    "submissions/assessment.html",
    "submissions/briefing.html",
    # Of a file with other headings, which is not stored: tests/submissions/layouts/views.
    *(f"submissions/layouts/{one}.html" for one in ("contents", "file", "layout")),
}


def templates_with_tables() -> set[str]:
    """Every template that offers a file of a table."""
    return {
        str(path.relative_to(TEMPLATES))
        for path in TEMPLATES.rglob("*.html")
        if "{% data_table " in path.read_text()
    }


def test_no_template_has_a_table_that_nobody_compares(client, history, workbooks, tier, ledger):
    pages = [look(client, address) for address in PAGES]
    shown = {template.name for page in pages for template in page.templates if template.name}

    assert templates_with_tables() - shown == WITHOUT_FILES


def test_every_table_of_a_page_comes_as_it_is_shown(client, history, workbooks, tier, ledger):
    assert [told for address in PAGES for told in unlike_what_is_shown(client, address)] == []


def without(rows, columns):
    """The rows without some of their columns, by number."""
    return [[cell for at, cell in enumerate(row) if at not in columns] for row in rows]


def unlike_what_is_shown(client, address) -> list[str]:
    """The tables of a page whose files are not as it shows them."""
    page = look(client, address)
    files, tables = offered(page), shown_tables(page)
    if not files or len(files) != len(tables):
        return [f"{address}: {len(files)} files of {len(tables)} tables"]
    found = []
    for (key, query), table in zip(files.items(), tables, strict=True):
        answer = client.get(page.request["PATH_INFO"] + query)
        assert answer["Content-Type"].startswith("text/csv"), (address, key)
        read = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
        rows = read[: len(table)]
        # The file of the register goes on after the first page; then come the notes.
        if key != "register" and read[len(table)] != []:
            found.append(f"{address}: {key} is longer than its table")
        if key == "firms" and "/firms/" in address:
            rows, table = shared(rows, table), shared(table, rows)
        # A trend is a drawing on the page, and its newest value in the file.
        drawn = [at for at, words in enumerate(rows[0]) if words.startswith("Output trend")]
        rows, table = without(rows, drawn), without(table, drawn)
        if [list(map(plain, row)) for row in rows[1:]] != [
            list(map(plain, row)) for row in table[1:]
        ]:
            found.append(f"{address}: {key} differs from its table")
    return found


def test_the_register_comes_whole_in_its_order_and_filter(client, official, city):
    period = make_period("2025Q2")
    for number in range(60):
        firm = make_enterprise(city, name=f"济南{number:02}号厂")
        make_enterprise_return(firm, period, revenue=Decimal(number * 1_000_000))
    client.force_login(official)
    address = "/enterprises/?period=2025Q2&sort=-revenue&name=号厂"
    query = offered(client.get(address))["register"]

    read = client.get("/enterprises/" + query + "").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(read)))

    assert rows[1][0] == "济南59号厂"
    first = dict(zip(rows[0], rows[1], strict=True))
    assert first["Environmental revenue (ten thousand yuan)"] == "5900.00"
    assert len([row for row in rows if row and row[0].endswith("号厂")]) == 60
