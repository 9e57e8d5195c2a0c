"""The ledger of measures for programs: a row for each step and who answers, in every form."""

import csv
import io
from datetime import UTC, date, datetime

import pytest
from openpyxl import load_workbook

from tests.factories import make_city, make_period, make_plan, make_user
from tests.measures.cast import (
    make_area,
    make_asked,
    make_department,
    make_evidence,
    make_file,
    make_member,
    make_node,
    make_report,
    make_task,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quarters")]
ADDRESS = "/api/v1/measures/?period=2025Q2&as_of=2025-08-15"


@pytest.fixture
def quarters():
    """The first three quarters of 2025."""
    for code in ("2025Q1", "2025Q2", "2025Q3"):
        make_period(code)


@pytest.fixture
def tasks():
    """A city's task of two steps, one of a department, one that nobody answers for."""
    jinan = make_city("370100")
    of_city = make_task("1-01", cities=[jinan, make_city("370300")], due=date(2025, 6, 30))
    make_node(of_city, due=date(2026, 6, 30), what="验收")
    make_report(of_city, jinan, "2025Q2", help_wanted="请协调用地")
    of_department = make_task("1-02", due=date(2025, 6, 30))
    done = make_report(of_department, quarter="2025Q2", state="done", done_on=date(2025, 6, 20))
    at = datetime(2025, 7, 20, 2, tzinfo=UTC)
    make_evidence(done, by=make_user(), checked_by=make_user(), checked_at=at)
    nobody = make_task("1-03")
    type(nobody).objects.filter(pk=nobody.pk).update(lead=None)
    return of_city, of_department, nobody


def rows_of(client, user, address=ADDRESS):
    client.force_login(user)
    return client.get(address).json()["results"]


def test_a_row_is_a_step_for_one_that_answers_for_it(client, official, tasks):
    rows = rows_of(client, official)
    assert [(one["number"], one["step"], one["city"] or one["department"]) for one in rows] == [
        ("1-01", "1-01#1", "370100"),
        ("1-01", "1-01#2", "370100"),
        ("1-01", "1-01#1", "370300"),
        ("1-01", "1-01#2", "370300"),
        ("1-02", "1-02#1", "ecology"),
        ("1-03", None, None),
    ]
    first, *_others, done, nobody = rows
    assert (first["plan"], first["measure"]) == ("311", "加快释放市场需求")
    assert (first["light"], first["due"], first["state"]) == ("red", "2025-06-30", "under_way")
    assert "46 days ago" in first["explanation"]
    assert first["help_wanted"] == "请协调用地"
    assert (done["light"], done["done_on"]) == ("green", "2025-06-20")
    assert done["evidence"] == ["鲁环发〔2025〕9号"]
    assert done["evidence_checked"].startswith("2025-07-20T")
    assert (nobody["light"], nobody["explanation"]) == ("cannot_judge", "")


def test_a_day_in_the_past_shows_what_was_known_then(client, official, tasks):
    rows = rows_of(client, official, "/api/v1/measures/?period=2025Q2&as_of=2025-07-15")
    done = next(one for one in rows if one["number"] == "1-02")
    assert (done["light"], done["evidence_checked"]) == ("yellow", None)


def test_an_evidence_file_is_named_by_its_hash_and_deferrals_are_counted(client, official, tasks):
    on = datetime(2025, 7, 1, 2, tzinfo=UTC)
    kept = make_file(tasks[1], by=make_user(), added_at=on)
    asked = make_asked(tasks[1], on=date(2025, 7, 10), granted=False, decided_at=on)
    rows = rows_of(client, official)
    row = next(one for one in rows if one["number"] == "1-02")
    assert kept.sha256 in row["evidence"]
    assert (row["deferrals_granted"], row["deferrals_refused"]) == (0, 1)
    assert asked.granted is False


def test_a_quarter_of_another_plan_has_that_plans_tasks(client, official, tasks):
    next_plan = make_plan(code="312", title="二期", first_year=2026, last_year=2030)
    area = make_area()
    area.pk, area.plan = None, next_plan
    area.save()
    make_period("2026Q1")
    make_task("2-01", area=area, begins="2026Q1")
    numbers = {one["number"] for one in rows_of(client, official, ADDRESS)}
    assert numbers == {"1-01", "1-02", "1-03"}
    later = rows_of(client, official, "/api/v1/measures/?period=2026Q1")
    assert [one["number"] for one in later] == ["2-01"]


def test_a_bureau_and_a_department_see_their_own_only(client, tasks, officer, city):
    other = make_member(make_department("finance", "省财政厅", "Finance"))
    assert city.code == "370100"
    assert {one["city"] for one in rows_of(client, officer)} == {"370100"}
    assert {one["number"] for one in rows_of(client, make_member())} == {"1-01", "1-02"}
    assert rows_of(client, other) == []
    assert rows_of(client, make_user()) == []


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_file_holds_the_same_rows(client, official, tasks, form):
    rows = rows_of(client, official)
    content = client.get(f"{ADDRESS}&format={form}").getvalue()
    if form == "csv":
        headings, *lines = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    else:
        sheet = load_workbook(io.BytesIO(content)).active
        headings, *lines = sheet.iter_rows(values_only=True)
    at = {name: place for place, name in enumerate(headings)}
    assert list(at) == list(rows[0])
    for name in ("number", "light", "explanation", "city", "state"):
        assert [line[at[name]] or None for line in lines] == [one[name] or None for one in rows]


def test_it_stands_in_the_description(client, official):
    client.force_login(official)
    described = client.get("/api/v1/openapi.json").json()
    assert "/api/v1/measures/" in described["paths"]
    assert "light" in described["components"]["schemas"]["MeasureRow"]["properties"]
