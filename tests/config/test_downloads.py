"""What is downloaded is what is shown: the same rows, order, filter and rounding."""

import csv
import io
import json
import re
import subprocess
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from django.http import Http404
from lxml import html

from clusters.models import BlockReturn
from config.downloads import cell_of, number_in, table_in
from config.furniture import demonstration
from enterprises.models import Enterprise, Tier, TierAward
from tests.factories import make_enterprise, make_enterprise_return, make_period
from tests.programs import program
from tests.province import make_province
from tests.submissions.cast import make_finding, make_row, make_submission

pytestmark = pytest.mark.django_db
TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
# Of one city's workbook: tests/submissions/views compares these.
ELSEWHERE = set()

# Pages whose address a database gives.
FIRM, BLOCK = "a firm", "a building block"
PAGES = [
    "/?period=2025Q3",
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
    "/indicators/firms-over-100m/?period=2025Q3",
    "/submissions/",
    "/submissions/rules/",
]


@pytest.fixture(autouse=True)
def province(db):
    make_province(firms=4, silent=["370600"])


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
    """The addresses of a page's tables in one form, by key."""
    found = re.findall(r'href="(\?[^"]*download=([^"&]+)\.csv)"', page.content.decode())
    return {key: address.replace("&amp;", "&") for address, key in found}


def shown_tables(page) -> list[list[list[str]]]:
    """The texts of every table of a page that has links beneath it."""
    whole = html.fromstring(page.content.decode())
    for control in whole.xpath("//form|//button"):
        control.drop_tree()
    beneath = whole.xpath("//p[contains(@class, 'downloads')]")
    tables = [one.xpath("preceding::table[1]")[0] for one in beneath]
    return [
        [[" ".join(c.text_content().split()) for c in r.iter("th", "td")] for r in t.iter("tr")]
        for t in tables
    ]


def plain(text):
    """A text as a file has it."""
    value = number_in(text)
    return f"{value:f}" if isinstance(value, Decimal) else text


def here(address) -> str:
    """A page's address, found in the database where it has a key in it."""
    if address == FIRM:
        return Enterprise.objects.first().get_absolute_url() + "?period=2025Q3"
    if address == BLOCK:
        block = BlockReturn.objects.select_related("block__category__cluster").first().block
        return block.get_absolute_url() + "?period=2025Q3"
    return address


def templates_with_tables() -> set[str]:
    """Every template that offers a file of a table."""
    return {
        str(path.relative_to(TEMPLATES))
        for path in TEMPLATES.rglob("*.html")
        if re.search(r"{% (downloadable|offer) ", path.read_text())
    }


def test_the_pages_above_have_every_table_that_there_is(client, official, tier):
    """A template with a table that no page of PAGES shows is a table nobody compares."""
    client.force_login(official)
    shown = {
        template.name
        for address in PAGES
        for template in client.get(here(address)).templates
        if template.name
    }

    assert templates_with_tables() - shown <= ELSEWHERE


@pytest.mark.parametrize("address", PAGES)
def test_every_table_of_a_page_comes_as_it_is_shown(client, official, tier, address):
    client.force_login(official)
    address = here(address)
    page = client.get(address)
    files, tables = offered(page), shown_tables(page)
    assert files
    assert len(files) == len(tables)

    for (key, query), table in zip(files.items(), tables, strict=True):
        answer = client.get(address.partition("?")[0] + query)
        assert answer["Content-Type"].startswith("text/csv"), key
        read = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
        rows = read[1 : 1 + len(table) - 1]
        assert [[plain(c) for c in row] for row in rows] == [
            [plain(c) for c in row] for row in table[1:]
        ], key
        if key != "register":  # Its file goes on after the first page.
            assert read[len(table)] == [], "then come the notes"


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
    assert rows[1][7] == "5900.00"
    assert len([row for row in rows if row and row[0].endswith("号厂")]) == 60


def test_a_workbook_has_numbers_and_says_what_it_is_of(client, official):
    client.force_login(official)
    answer = client.get("/cities/?period=2025Q3&download=cities.xlsx")

    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    sheet = book.worksheets[0]
    jinan = next(row for row in sheet.iter_rows(values_only=True) if "Jinan" in str(row[0]))
    assert isinstance(jinan[1], int | float)
    about = dict(book["说明"].iter_rows(values_only=True))
    assert about["Page"] == "/cities/?period=2025Q3"
    assert about["Newest publication"].split(",")[0].isdecimal()
    assert "Rounding" in about


def test_calc_opens_the_workbook_and_finds_no_formula(client, official, tmp_path, city):
    make_enterprise(city, name="=HYPERLINK(1)")
    client.force_login(official)
    answer = client.get("/enterprises/?download=register.xlsx")
    path = tmp_path / "register.xlsx"
    path.write_bytes(answer.content)
    done = subprocess.run(
        [
            program("soffice", "libreoffice-calc-nogui"),
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(tmp_path / "out"),
            str(path),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )

    assert b"rror" not in done.stdout + done.stderr
    saved = openpyxl.load_workbook(tmp_path / "out" / "register.xlsx")
    cells = [cell for row in saved.worksheets[0].iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert "=HYPERLINK(1)" in [cell.value for cell in cells]


def test_json_carries_decimal_strings(client, official):
    client.force_login(official)
    body = json.loads(client.get("/cities/?period=2025Q3&download=cities.json").content)

    assert body["columns"][0] == "City"
    assert all(not isinstance(value, float) for row in body["rows"] for value in row)
    assert body["about"]["Page"] == "/cities/?period=2025Q3"


def test_findings_come_without_the_forms_that_answer_them(client, officer, city):
    submission = make_submission(city)
    make_row(submission)
    make_finding(submission)
    client.force_login(officer)

    read = client.get(f"{submission.get_absolute_url()}?download=W167.csv").content.decode()

    assert "textarea" not in read
    assert "Explain" not in read.splitlines()[1]


def test_demonstration_data_says_so_in_name_and_notes(client, official):
    demonstration.note(True)
    client.force_login(official)
    answer = client.get("/cities/?download=cities.csv")

    assert "%E7%A4%BA%E4%BE%8B%E6%95%B0%E6%8D%AE" in answer["Content-Disposition"]
    assert "示例数据" in answer.content.decode()


@pytest.mark.parametrize("asked", ["nothing.csv", "cities.pdf", "cities", ""])
def test_what_a_page_does_not_offer_is_no_file(client, official, asked):
    client.force_login(official)
    answer = client.get("/cities/", {"download": asked})

    assert answer.status_code == (404 if asked == "nothing.csv" else 200)
    assert answer["Content-Type"].startswith("text/html")


def test_nobody_downloads_what_he_may_not_see(client, stranger):
    client.force_login(stranger)
    assert client.get("/cities/jinan/?download=near.csv").status_code == 404

    client.logout()
    assert client.get("/cities/?download=cities.csv").status_code == 302


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,234.50", Decimal("1234.50")),
        ("+13.8%", Decimal("0.138")),
        ("−5", Decimal(-5)),
        ("Not reported", "Not reported"),
        ("–", "–"),
        ("", ""),
    ],
)
def test_a_shown_number_is_a_number(text, number):
    assert number_in(text) == number


def test_only_what_is_set_as_a_number_becomes_one():
    code, figure = html.fragments_fromstring("<td>0012</td><td class='number'>12</td>")

    assert (cell_of(code), cell_of(figure)) == ("0012", Decimal(12))


def test_a_piece_without_a_table_has_no_file():
    with pytest.raises(Http404):
        table_in("<p>nothing</p>", "t")


@pytest.mark.parametrize("is_demonstration", [True, False])
def test_a_charts_picture_says_where_its_figures_are_from(client, official, is_demonstration):
    client.force_login(official)
    demonstration.note(is_demonstration)
    page = html.fromstring(client.get("/cities/?period=2025Q3").content.decode())

    [chart] = page.xpath("//figure[@data-figure]")
    mark = "示例数据-" if is_demonstration else ""
    assert chart.get("data-file") == f"{mark}{{page}}-Output value by city-2025Q3"
    told = chart.get("data-caption").split(" · ")
    assert told[1:3] == ["January–September 2025", "15/16 cities accepted"]
    assert told[3].startswith("as known on ")
    assert told[4:] == (["示例数据"] if is_demonstration else [])
