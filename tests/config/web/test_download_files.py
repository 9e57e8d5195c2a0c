"""A table's file: what it says of itself, who gets it, and keys that no table has."""

import io
import json
import subprocess

import openpyxl
import pytest
from lxml import html

from config.web.navigation import demonstration
from foundation.tables import Table
from tests.factories import make_enterprise
from tests.programs import program
from tests.province import make_province
from tests.submissions.cast import make_finding, make_row, make_submission

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def _province(module_db):
    make_province(firms=4, silent=["370600"])


@pytest.fixture(autouse=True)
def province(_province, db):
    """The province for one test."""


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


def test_nobody_downloads_what_he_may_not_see(client, stranger):
    client.force_login(stranger)
    assert client.get("/cities/jinan/?download=near.csv").status_code == 404

    client.logout()
    assert client.get("/cities/?download=cities.csv").status_code == 302


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


@pytest.mark.parametrize("asked", ["nothing.csv", "cities.pdf", "cities", ""])
def test_what_a_page_does_not_offer_is_no_file_and_no_page_is_made(
    client, official, asked, monkeypatch
):
    client.force_login(official)
    made = []
    monkeypatch.setattr(Table, "shown_rows", property(lambda table: made.append(table) or []))
    answer = client.get("/cities/", {"download": asked})

    assert answer.status_code == 404
    assert answer["Content-Type"].startswith("text/html")
    assert not made


def test_a_file_of_another_page_is_none_of_this_one(client, official):
    client.force_login(official)
    assert client.get("/cities/", {"download": "heaping.csv"}).status_code == 404
