import pytest

from indicators.models import Assessment
from tests.factories import make_publication
from tests.province import make_province

URL = "/assessment/311/"


@pytest.fixture(autouse=True)
def province(db):
    return make_province(period="2025Q4", silent=["370600"])


def test_what_was_looked_at_is_issued(client, reviewer):
    client.force_login(reviewer)

    answer = client.post(URL + "issue/", {"seen": client.get(URL).context["seen"]})
    assert answer["Location"] == Assessment.objects.get().get_absolute_url()


def test_what_has_changed_meanwhile_is_not(client, reviewer):
    client.force_login(reviewer)
    looked = client.get(URL).context["seen"]
    make_publication()

    answer = client.post(URL + "issue/", {"seen": looked}, follow=True)
    assert not Assessment.objects.exists()
    assert "Look again" in answer.content.decode()


@pytest.mark.parametrize("role", ["official", "officer"])
def test_whoever_only_reads_is_refused(client, request, role):
    client.force_login(request.getfixturevalue(role))

    assert client.post(URL + "issue/").status_code == 403
    assert not Assessment.objects.exists()


def test_a_link_issues_nothing_and_another_plan_is_not_there(client, reviewer):
    client.force_login(reviewer)
    assert client.get(URL + "issue/")["Location"] == URL
    assert client.post("/assessment/312/issue/").status_code == 404
