from datetime import timedelta

import pytest
from django.utils import timezone

from audit.acts import Act
from audit.models import ActOutcome, AuditEvent, Channel
from audit.recording import record
from enterprises.models import TierAward
from foundation.tables import A_PAGE
from tests.audit.rewritten import rewrite
from tests.factories import make_enterprise, make_period

URL = "/audit/"


@pytest.fixture(autouse=True)
def period(db):
    return make_period("2025Q3")


@pytest.fixture
def ask(client, auditor):
    """Return a function that returns the events of the page of an address, newest first."""
    client.force_login(auditor)

    def shown(query=""):
        answer = client.get(URL + query)
        assert answer.status_code == 200
        return list(answer.context["table"].data)

    return shown


@pytest.mark.parametrize(
    ("role", "status"),
    [("admin", 200), ("auditor", 200), ("official", 403), ("reviewer", 403), ("officer", 403)],
)
def test_it_is_for_admins_and_auditors(client, request, role, status):
    client.force_login(request.getfixturevalue(role))
    assert client.get(URL).status_code == status


def test_an_auditor_begins_here_and_sees_histories_and_verification(client, auditor, city):
    firm = make_enterprise(city)
    client.post(
        "/accounts/login/", {"username": "auditor", "password": "correct horse"}, follow=True
    )
    client.force_login(auditor)
    assert client.get("/status/").status_code == 200
    history = f"/admin/enterprises/enterprise/{firm.pk}/history/"
    assert client.get(history).status_code == 200
    assert client.get("/accounts/login/", follow=True).request["PATH_INFO"] == URL


def test_an_auditor_writes_nothing(client, auditor, city):
    firm = make_enterprise(city)
    client.force_login(auditor)
    address = f"/admin/enterprises/enterprise/{firm.pk}/change/"
    assert client.post(address, {"name": "x"}).status_code == 403
    assert client.post("/admin/accounts/user/add/", {"username": "x"}).status_code == 403
    assert all(".view_" in one or ".export_" in one for one in auditor.get_all_permissions())


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?act=submitted", ["li"]),
        ("?outcome=refused", ["zhang"]),
        ("?channel=command", ["tracker"]),
        ("?user=li", ["li"]),
        ("?q=notice", ["zhang"]),
        ("?since=2026-02-01", ["zhang"]),
        ("?until=2026-01-31", ["tracker", "li"]),
        ("?user=nobody", []),
    ],
)
def test_it_is_filtered(ask, query, found):
    for name, day, given in (
        ("li", "2026-01-01", {"act": "submitted"}),
        ("tracker", "2026-01-31", {"channel": Channel.COMMAND}),
        ("zhang", "2026-02-01", {"outcome": ActOutcome.REFUSED, "why": "Notice 7"}),
    ):
        moment = timezone.make_aware(timezone.datetime.fromisoformat(f"{day}T23:30"))
        made = {"act": "note-added", "channel": Channel.PAGE, "at": moment} | given
        AuditEvent.objects.create(username=name, **made)
    assert [event.username for event in ask(query) if event.act != "signed-in"] == found


def test_all_about_a_firm_has_what_belongs_to_it_and_nothing_else(ask, city, admin):
    firm, other = make_enterprise(city, name="示例一"), make_enterprise(city, name="示例二")
    from enterprises.models import Tier

    award = TierAward(
        enterprise=firm, tier=Tier.objects.create(code="t", name="梯"), awarded_on="2025-01-01"
    )
    award._history_user = admin
    award.save()
    award.delete()
    record(Act.RECORD_CHANGED, firm, by=admin)
    record(Act.RECORD_CHANGED, other, by=admin)

    names = [event.object_type for event in ask(f"?object=enterprises.enterprise:{firm.pk}")]
    assert (
        names
        == ["enterprises.enterprise", "enterprises.tieraward", "enterprises.tieraward"][
            : len(names)
        ]
    )
    assert len(names) >= 2


@pytest.mark.parametrize("asked", ["x", "no.model:1", "enterprises.enterprise:x", "a:b:c", ":"])
def test_an_object_that_there_is_not_is_about_nothing(ask, asked):
    assert ask(f"?object={asked}") == []


@pytest.mark.parametrize("query", ["?since=yesterday", "?act=flown"])
def test_a_wrong_filter_is_said_and_shows_nothing(client, auditor, query):
    client.force_login(auditor)
    answer = client.get(URL + query)
    assert answer.status_code == 422
    assert list(answer.context["table"].data) == []


def test_pages_go_on_beneath_one_another_whatever_is_recorded_meanwhile(client, auditor, admin):
    client.force_login(auditor)
    for _ in range(A_PAGE + 2):
        record(Act.NOTE_ADDED, by=admin)
    first = client.get(URL + "?act=note-added")
    record(Act.NOTE_ADDED, by=admin)
    last = first.context["older_than"]
    second = client.get(f"{URL}?act=note-added&before={last}")
    shown = [event.pk for event in second.context["table"].data]
    assert len(shown) == 2
    assert max(shown) < last
    assert second.context["older_than"] is None
    assert f"act=note-added&amp;before={last}" in first.content.decode()


def test_a_page_needs_few_queries_however_many_there_are(
    client, auditor, admin, django_assert_max_num_queries
):
    client.force_login(auditor)
    for _ in range(A_PAGE * 2):
        record(Act.NOTE_ADDED, admin, by=admin)
    client.get(URL)
    with django_assert_max_num_queries(9):
        client.get(URL)


def test_before_and_after_are_words_and_a_command_has_its_mark(client, auditor, city):
    firm = make_enterprise(city, name="示例一")
    record(Act.RECORD_CHANGED, firm, before={"name": "旧名"}, after={"name": "新名"}, why="Notice")
    client.force_login(auditor)
    page = client.get(URL, headers={"Accept-Language": "en"}).content.decode()
    assert "旧名 → 新名" in page
    assert "<strong>command line</strong>" in page
    page = client.get(URL, headers={"Accept-Language": "zh-hans"}).content.decode()
    assert "命令行" in page


def test_what_stands_in_an_event_is_text(client, auditor):
    record(Act.NOTE_ADDED, after={"text": "<script>x</script>"}, why="<b>", username="<i>")
    client.force_login(auditor)
    page = client.get(URL).content.decode()
    assert "<script>x" not in page
    assert "&lt;b&gt;" in page


def test_the_export_has_all_pages_and_is_recorded_with_its_filter(client, auditor, admin):
    for _ in range(A_PAGE + 5):
        record(Act.NOTE_ADDED, by=admin)
    client.force_login(auditor)
    answer = client.get(f"{URL}?act=note-added&download=audit.json")
    assert len(answer.json()["rows"]) == A_PAGE + 5

    event = AuditEvent.objects.get(act=Act.DOWNLOADED)
    assert event.user == auditor
    assert event.after["rows"] == A_PAGE + 5
    assert "added a note" in event.after["filter"]


def test_the_pages_of_a_firm_an_account_and_a_submission_lead_here(client, auditor, admin, city):
    firm = make_enterprise(city)
    client.force_login(auditor)
    page = client.get(firm.get_absolute_url()).content.decode()
    assert f"{URL}?object=enterprises.enterprise:{firm.pk}" in page
    page = client.get(f"/admin/accounts/user/{admin.pk}/change/").content.decode()
    assert f"{URL}?object=accounts.user:{admin.pk}" in page
    assert f"{URL}?user=admin" in page


def test_but_not_for_others(client, official, city):
    firm = make_enterprise(city)
    client.force_login(official)
    assert URL not in client.get(firm.get_absolute_url()).content.decode()


def test_events_of_the_day_before_are_older(ask, admin):
    event = record(Act.NOTE_ADDED, by=admin)
    rewrite(AuditEvent.objects.filter(pk=event.pk), at=timezone.now() - timedelta(days=2))
    today = timezone.localdate().isoformat()
    assert event not in ask(f"?since={today}")
