import pytest

from tests.factories import make_period
from tests.measures.cast import make_department, make_member, make_task

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quarters():
    make_period("2025Q3")


def test_shows_what_it_leads_and_what_it_assists_with(client, official):
    other = make_department("reform", "省发展改革委", "Reform")
    make_task("1-01").assisting.add(other)
    make_task("1-02", lead=other)
    client.force_login(official)
    page = client.get("/measures/departments/reform/")
    assert [row.task.number for row in page.context["leads"].data] == ["1-02"]
    assert [row.task.number for row in page.context["assists"].data] == ["1-01"]


def test_a_department_sees_its_own_sheet_only(client):
    own, other = make_department(), make_department("reform", "省发展改革委", "Reform")
    make_task("1-01", lead=own)
    make_task("1-02", lead=other)
    client.force_login(make_member(own))
    assert client.get("/measures/departments/ecology/").status_code == 200
    assert client.get("/measures/departments/reform/").status_code == 404
    assert client.get("/measures/1-02/").status_code == 404
    assert client.get("/measures/1-01/").status_code == 200


def test_whoever_has_lost_the_role_sees_the_department_s_tasks_no_longer(client):
    make_task("1-01")
    user = make_member()
    user.groups.clear()
    client.force_login(user)
    assert client.get("/measures/departments/ecology/").status_code == 404
    assert client.get("/measures/1-01/").status_code == 404
