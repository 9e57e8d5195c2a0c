import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_city, make_user
from tests.measures.cast import make_area, make_report, make_task

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quarters")]
ADDRESS = "/measures/?period=2025Q2&as_of=2025-08-15"


def test_an_empty_ledger_says_that_tasks_come_from_documents(reader):
    make_area()
    page = reader.get(ADDRESS).content.decode()
    assert "No task is on record." in page
    assert "加快释放市场需求" in page


def test_shows_the_measures_by_who_answers_and_the_worst_tasks_first(reader):
    jinan = make_city("370100")
    make_report(make_task("1-01", cities=[jinan], due="2026-06-30"), jinan, "2025Q2")
    make_task("1-02")
    page = reader.get(ADDRESS)

    [area] = page.context["matrix"].data
    assert [str(one) for one in page.context["matrix"].columns] == ["Measure", "Ecology", "Jinan"]
    assert len(area) == 3
    assert [row.task.number for row in page.context["tasks"].data] == ["1-02", "1-01"]
    assert [number for *_light, number in page.context["counts"]] == [1, 1]
    assert "Red: overdue" in page.content.decode()


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("&light=red", ["1-02"]),
        ("&light=green", ["1-01"]),
        ("&who=city:jinan", ["1-01"]),
        ("&who=department:ecology&light=red", ["1-02"]),
        ("&who=city:nowhere", []),
        ("&light=purple", []),
        ("&area=x", []),
    ],
)
def test_the_address_leaves_out_what_is_not_asked_for(reader, query, numbers):
    jinan = make_city("370100")
    make_report(make_task("1-01", cities=[jinan], due="2026-06-30"), jinan, "2025Q2")
    make_task("1-02")
    page = reader.get(ADDRESS + query)
    assert [row.task.number for row in page.context["tasks"].data] == numbers


def test_who_asks_for_coordination_and_since_when(reader):
    task = make_task("1-01", due="2026-06-30")
    make_report(task, quarter="2025Q1", help_wanted="请协调用地指标")
    make_report(task, quarter="2025Q2", help_wanted="请协调用地指标，市级无权审批")
    page = reader.get(ADDRESS).content.decode()
    assert "市级无权审批" in page
    assert "Q1 2025" in page.split('id="coordination"')[1]


def test_a_bureau_sees_the_tasks_of_its_own_city_only(client, officer, city):
    make_task("1-01", cities=[city])
    make_task("1-02", cities=[make_city("370300")])
    make_task("1-03")
    client.force_login(officer)
    page = client.get(ADDRESS)
    assert [row.task.number for row in page.context["tasks"].data] == ["1-01"]


def test_who_has_no_role_sees_no_task(client):
    make_task()
    client.force_login(make_user())
    assert not client.get(ADDRESS).context["tasks"].data


def queries_of(reader) -> int:
    """Return how many queries the page takes, asked for the second time."""
    reader.get(ADDRESS)
    with CaptureQueriesContext(connection) as asked:
        reader.get(ADDRESS)
    return len(asked)


def test_many_tasks_cost_as_many_queries_as_one(reader):
    jinan = make_city("370100")
    make_task("1-000", cities=[jinan])
    one = queries_of(reader)
    for number in range(1, 60):
        make_task(f"1-{number:03}", cities=[jinan])
    assert queries_of(reader) == one < 25
