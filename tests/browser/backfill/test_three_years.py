"""One city's three years, brought and accepted in less than ten minutes of each person's time."""

import io
import re
import zipfile
from decimal import Decimal

import openpyxl
import pytest

from enterprises.models import EnterpriseReturn
from submissions.models import Submission
from tests.browser.backfill.conftest import JINAN
from tests.submissions.backfill import history
from tests.submissions.workbook.foreign.forge_foreign import QUARTER_WORDS, in_unit

pytestmark = pytest.mark.browser

BATCHES = "a[href='/submissions/batches/']"
BATCH, OF_CITY = re.compile(r"/batches/\d+/$"), re.compile(r"/cities/jinan/$")
SEND, NEXT = "main form[enctype] button[type=submit]", "section[aria-labelledby=next] a"
YEARS = (2023, 2024, 2025)
TEN_MINUTES = 600


def accept_on_one_page(reviewer):
    """Find the newest batch, look at a line for each quarter, and accept them all."""
    reviewer.open("/submissions/")
    reviewer.click(BATCHES)
    reviewer.click("section[aria-labelledby=batches] li a")
    reviewer.click(NEXT)
    reviewer.decide(12)
    reviewer.send("form[action$='/accept/'] button", OF_CITY)
    assert Submission.objects.in_force().count() == 12


@pytest.fixture
def workbooks(jinan):
    """The demonstration's twelve workbooks of three years, under names that say nothing."""
    versions = [one for one in history.versions((JINAN,)) if one.quarter.year in YEARS]
    content, _named = history.archive(versions)
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {one.filename.replace("/", "-"): packed.read(one) for one in packed.infolist()}


def test_twelve_workbooks_are_brought_and_accepted_on_one_page(person, bureau, reviewer, workbooks):
    officer = person(bureau)
    officer.open("/submissions/")
    officer.click(BATCHES)
    officer.choose_files(workbooks)
    officer.send(SEND, BATCH)
    officer.decide()
    assert Submission.objects.waiting().count() == 12

    accepting = person(reviewer)
    accept_on_one_page(accepting)
    assert officer.took_at_most(clicks=7, pages=3)
    assert accepting.took_at_most(clicks=5, pages=5)
    assert officer.seconds + accepting.seconds < TEN_MINUTES / 2


def singles(year, number):
    """(output, revenue) in yuan that a firm made in each quarter of a year."""
    grown = (year - 2020) * number
    return [
        (Decimal(grown * quarter * 1_111_111), Decimal(grown * quarter * 1_000_003))
        for quarter in range(1, 5)
    ]


def sheet_of(year, names):
    """A sheet of a year: names without codes, two columns a quarter, single quarters in 亿元."""
    heads = [f"{word}{what}" for word in QUARTER_WORDS for what in ("产值", "收入")]
    book = openpyxl.Workbook()
    book.active.append([f"济南市{year}年环保企业主要指标（单位：亿元）"])
    book.active.append(["序号", "单位名称", *heads])
    for number, name in enumerate(names, start=1):
        amounts = [in_unit(one, "亿元") for pair in singles(year, number) for one in pair]
        book.active.append([number, name, *amounts])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def describe(officer):
    """Look at the proposals for each column, confirm what was read, and go on with the batch."""
    officer.decide(10)
    officer.click("main form[method=post] button.btn-primary")
    officer.decide()
    officer.type("[name=name]", "分季宽表")
    officer.click("section[aria-labelledby=confirm] button")
    officer.send("form[action$='/go-on/'] button", BATCH)


def choose(officer, shortened):
    """Say yes to the list of those whose name is the register's; choose the others one by one."""
    officer.decide(2)
    officer.send("form[data-same-names] button", OF_CITY)
    assert officer.page.locator("form[data-same-names]").count() == 0
    for name, firm in shortened.items():
        officer.decide()
        officer.click(f"fieldset:has(legend:text-is('{name}')) [value='{firm.credit_code}']")
    officer.send("form[data-each-firm] button", OF_CITY)


def test_a_history_without_codes_is_described_once_and_accepted_on_one_page(
    person, bureau, reviewer, jinan
):
    firms = list(jinan.enterprises.order_by("pk")[:8])
    shortened = {one.name.removesuffix("有限公司"): one for one in firms[6:]}
    names = [*(one.name for one in firms[:6]), *shortened]
    officer = person(bureau)
    officer.open("/submissions/")
    officer.click(BATCHES)
    officer.choose_files({f"{year}.xlsx": sheet_of(year, names) for year in YEARS})
    officer.send(SEND, BATCH)
    officer.click("button[name=batch_file]")
    describe(officer)
    # All three are read by it: twelve quarters.
    assert officer.page.locator("button[name=batch_file]").count() == 0
    officer.click(NEXT)
    choose(officer, shortened)
    # No sheet of the city's totals, and two names that are not the register's.
    for at in range(officer.page.locator("textarea").count()):
        officer.type(f"textarea >> nth={at}", "当年只有企业台账，名称用简称")
    assert officer.texts == 4
    officer.send("form[action$='/answers/'] button", OF_CITY)
    assert Submission.objects.waiting().count() == 12

    accepting = person(reviewer)
    accept_on_one_page(accepting)
    for number, firm in enumerate(firms, start=1):
        for year in YEARS:
            sums = [sum(part) for part in zip(*singles(year, number), strict=True)]
            stored = EnterpriseReturn.objects.get(enterprise=firm, period__code=f"{year}Q4")
            assert [stored.output_value, stored.revenue] == sums
    assert EnterpriseReturn.objects.count() == 12 * len(firms)
    assert officer.took_at_most(clicks=17, pages=11)
    assert officer.seconds < TEN_MINUTES
    assert accepting.seconds < TEN_MINUTES / 2
