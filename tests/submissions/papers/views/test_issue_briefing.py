import pytest

from indicators.models import Briefing
from tests.factories import make_publication
from tests.province import make_province

URL = "/briefing/2025Q3/"


@pytest.fixture(autouse=True)
def province(db):
    return make_province(silent=["370600"])


def seen(client):
    return client.get(URL).context["seen"]


def test_what_was_looked_at_is_issued(client, reviewer):
    client.force_login(reviewer)

    answer = client.post(URL + "issue/", {"seen": seen(client)})
    issued = Briefing.objects.get()
    assert answer["Location"] == issued.get_absolute_url()
    assert issued.issued_by == reviewer


def test_of_a_past_day_as_well(client, reviewer):
    client.force_login(reviewer)
    looked = client.get(URL + "?as_of=2026-02-01").context["seen"]

    client.post(URL + "issue/", {"seen": looked, "as_of": "2026-02-01"})
    assert Briefing.objects.get().data["as_of"] == "2026-02-01"


def test_what_has_changed_meanwhile_is_not(client, reviewer):
    client.force_login(reviewer)
    looked = seen(client)
    make_publication()

    answer = client.post(URL + "issue/", {"seen": looked}, follow=True)
    assert not Briefing.objects.exists()
    assert "Look again" in answer.content.decode()


def test_whoever_did_not_look_issues_nothing(client, reviewer):
    client.force_login(reviewer)
    client.post(URL + "issue/")
    assert not Briefing.objects.exists()


@pytest.mark.parametrize("role", ["official", "officer"])
def test_whoever_only_reads_is_refused(client, request, role):
    client.force_login(request.getfixturevalue(role))

    assert client.post(URL + "issue/", {"seen": "x"}).status_code == 403
    assert not Briefing.objects.exists()


def test_a_link_issues_nothing(client, reviewer):
    client.force_login(reviewer)
    assert client.get(URL + "issue/")["Location"] == URL
