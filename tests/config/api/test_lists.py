"""The API's lists in pages and files."""

import csv
import gzip
import io
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from config.api import lists
from config.api.lists import CHUNK
from enterprises.models import Enterprise
from foundation import exporting
from tests.factories import make_cities, make_city, make_enterprise, make_period
from tests.submissions.cast import make_submission

PAGED = ["cities", "clusters", "parks", "measures", "enterprises", "submissions"]


@pytest.fixture
def ask(client, official):
    client.force_login(official)
    return lambda address: client.get(f"/api/v1/{address}")


@pytest.fixture
def firms(db):
    """Seven enterprises of Jinan and one of Qingdao, by their codes."""
    make_period()
    for _number in range(7):
        make_enterprise()
    make_enterprise(make_city("370200"))
    return list(Enterprise.objects.order_by("credit_code").values_list("credit_code", flat=True))


def walked(ask, address):
    """Return the pages from an address on, each as its rows and the number of all."""
    pages = []
    while address:
        page = ask(address).json()
        pages.append(page)
        address = page["next"] and page["next"].partition("/api/v1/")[2]
    return pages


@pytest.mark.parametrize("limit", [1, 3, 4, 8, 9])
def test_following_next_gives_every_row_once_and_in_order(ask, firms, limit):
    pages = walked(ask, f"enterprises/?limit={limit}")

    assert [row["credit_code"] for page in pages for row in page["results"]] == firms
    assert [page["count"] for page in pages] == [8] * -(-8 // limit)
    assert pages[-1]["next"] is None


def test_next_keeps_what_else_was_asked_for_and_can_be_opened_as_it_is(ask, client, firms):
    page = ask("enterprises/?city=jinan&period=2025Q3&limit=2&offset=4").json()

    address = urlsplit(page["next"])
    assert (address.scheme, address.netloc, address.path) == (
        "http", "testserver", "/api/v1/enterprises/"
    )  # fmt: skip
    assert parse_qs(address.query) == {
        "city": ["jinan"], "period": ["2025Q3"], "limit": ["2"], "offset": ["6"]
    }  # fmt: skip
    last = client.get(page["next"]).json()
    assert (last["count"], len(last["results"]), last["next"]) == (7, 1, None)


@pytest.mark.parametrize("name", PAGED)
def test_behind_the_last_row_there_is_an_empty_page(ask, firms, name):
    page = ask(f"{name}/?offset=1000").json()

    assert (page["results"], page["next"]) == ([], None)


@pytest.mark.parametrize("name", PAGED)
@pytest.mark.parametrize(
    "wrong",
    ["limit=0", "limit=-1", "limit=5001", "limit=x", "limit=", "limit=1.5", "offset=-1"]
    + ["offset=x", f"offset={10**30}", "format=pdf"],
)
def test_a_page_that_cannot_be_is_refused_and_its_parameter_named(ask, firms, name, wrong):
    answer = ask(f"{name}/?{wrong}")

    assert answer.status_code == 422
    [told] = answer.json()["detail"]
    assert wrong.partition("=")[0] in told["loc"]


@pytest.mark.parametrize("address", ["enterprises/?city=%00", "submissions/?city=%00"])
def test_text_that_no_database_takes_is_refused(ask, firms, address):
    assert ask(address).status_code == 400
    assert ask("enterprises/%00/").status_code == 400


def test_the_cities_are_paged_too(ask, db):
    make_cities()
    make_period()
    codes = [row["code"] for row in ask("cities/").json()["results"]]

    second = ask("cities/?limit=5&offset=5").json()
    assert [row["code"] for row in second["results"]] == codes[5:10]
    assert second["count"] == 16


def test_the_submissions_are_paged_newest_first(ask, db):
    made = [make_submission(period=make_period(code)) for code in ("2024Q4", "2025Q1", "2025Q3")]

    pages = walked(ask, "submissions/?limit=1")
    assert [page["results"][0]["id"] for page in pages] == [one.pk for one in reversed(made)]


def test_the_database_cuts_the_page(ask, firms):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        ask("enterprises/?limit=2&offset=3")

    keys = [one["sql"] for one in asked if "LIMIT 2 OFFSET 3" in one["sql"]]
    assert len(keys) == 1
    # And the rest is asked of these two alone.
    assert not any(
        '"enterprises_enterprise"."name"' in one["sql"] and " IN (" not in one["sql"]
        for one in asked
    )


# ---- files -----------------------------------------------------------------------------


def read(content, form):
    """Return the rows of a file."""
    if form == "csv":
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    sheet = load_workbook(io.BytesIO(content)).active
    return [list(row) for row in sheet.iter_rows(values_only=True)]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_file_comes_whole_whatever_page_is_asked_for(ask, firms, form):
    headings, *rows = read(ask(f"enterprises/?format={form}&limit=2&offset=3").getvalue(), form)

    assert [row[headings.index("credit_code")] for row in rows] == firms


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_file_is_sent_as_it_is_made_and_read_from_the_database_in_parts(
    ask, firms, form, monkeypatch
):
    monkeypatch.setattr(lists, "CHUNK", 3)
    monkeypatch.setattr(exporting, "CHUNK_ROWS", 2)
    with CaptureQueriesContext(connection) as asked:
        answer = ask(f"enterprises/?format={form}")
        chunks = list(answer)

    assert answer.streaming
    assert answer["Content-Disposition"] == f'attachment; filename="enterprises.{form}"'
    assert len(read(b"".join(chunks), form)) == 9
    # Eight enterprises by three: their returns are asked for three times.
    returns = [one for one in asked if 'FROM "enterprises_enterprisereturn"' in one["sql"]]
    assert len(returns) == 3
    if form == "csv":
        assert len(chunks) > 3
    assert CHUNK == 2000


def test_a_csv_can_be_compressed_on_its_way(ask, firms, client):
    whole = ask("enterprises/?format=csv").getvalue()
    answer = client.get("/api/v1/enterprises/?format=csv", headers={"accept-encoding": "gzip"})

    assert answer["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.getvalue()) == whole
    assert whole.startswith(b"\xef\xbb\xbfcredit_code,")


def test_a_file_that_fails_at_once_is_an_error_and_no_file(ask, firms, client, monkeypatch):
    def broken(*_arguments, **_named):
        raise RuntimeError

    client.raise_request_exception = False
    monkeypatch.setattr("config.api.rows.enterprise_row", broken)
    for form in ("csv", "xlsx"):
        answer = ask(f"enterprises/?format={form}")
        assert (answer.status_code, list(answer.json())) == (500, ["detail"])
