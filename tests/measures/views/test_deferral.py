import pytest
from django.utils import timezone

from measures.models import Deferral
from tests.factories import make_city, make_period
from tests.measures.cast import make_asked, make_member, make_task

pytestmark = pytest.mark.django_db
PAGE = "/measures/1-01/"


@pytest.fixture(autouse=True)
def _quarter():
    make_period("2025Q3")


def sent(task, **given):
    typed = {"node": task.nodes.get().pk, "due": "2098-12-31", "reason": "用地未批"} | given
    return {f"deferral-{name}": value for name, value in typed.items()}


def test_a_department_asks_in_time_and_a_reviewer_grants(client, reviewer):
    task = make_task(due=timezone.localdate())
    client.force_login(make_member(task.lead))
    answer = client.post(f"{PAGE}deferral/", sent(task), follow=True)
    assert "A reviewer decides." in answer.content.decode()
    [asked] = Deferral.objects.all()
    client.force_login(reviewer)
    assert "用地未批" in client.get(PAGE).content.decode()
    client.post(f"{PAGE}deferral/{asked.pk}/", {"grant": "1"})
    asked.refresh_from_db()
    assert (asked.granted, asked.decided_by) == (True, reviewer)
    assert "first" in client.get(PAGE).content.decode()


def test_a_bureau_that_asks_after_the_date_is_told_why_and_it_is_counted(client, officer, city):
    task = make_task(cities=[city])
    client.force_login(officer)
    for times in ("1 time", "2 times"):
        page = client.post(f"{PAGE}deferral/", sent(task), follow=True).content.decode()
        assert "the date in force: refused at once." in page
        assert f"Asked for too late {times}" in " ".join(page.split())
    assert [one.granted for one in Deferral.objects.all()] == [False, False]


def test_what_was_typed_stays_where_it_is_refused(client):
    task = make_task()
    client.force_login(make_member(task.lead))
    answer = client.post(f"{PAGE}deferral/", sent(task, due="2025-01-01"))
    assert answer.status_code == 422
    assert "ask for a later date" in answer.content.decode()
    assert "用地未批" in answer.content.decode()
    assert client.post(f"{PAGE}deferral/", sent(task, due="soon")).status_code == 422


def test_a_reviewer_refuses_with_a_reason(client, reviewer):
    asked = make_asked(make_task())
    client.force_login(reviewer)
    address = f"{PAGE}deferral/{asked.pk}/"
    assert client.post(address, {"refuse": "1"}).status_code == 409
    client.post(address, {"refuse": "1", f"decision-{asked.pk}": "理由不充分"})
    asked.refresh_from_db()
    assert (asked.granted, asked.decision) == (False, "理由不充分")
    again = client.post(address, {"grant": "1", f"decision-{asked.pk}": "改主意"})
    assert again.status_code == 409


def test_nobody_else_asks_or_decides(client, officer, official, city):
    task = make_task(cities=[make_city("370300")])
    asked = make_asked(task)
    client.force_login(officer)
    assert client.post(f"{PAGE}deferral/", sent(task)).status_code == 404
    assert client.post(f"{PAGE}deferral/{asked.pk}/", {"grant": "1"}).status_code == 404
    client.force_login(official)
    assert client.post(f"{PAGE}deferral/", sent(task)).status_code == 403
    assert client.post(f"{PAGE}deferral/{asked.pk}/", {"grant": "1"}).status_code == 403
    member = make_member(task.lead)
    client.force_login(member)
    assert client.post(f"{PAGE}deferral/", sent(task)).status_code == 403
    asked.refresh_from_db()
    assert asked.granted is None


def test_what_was_sent_after_the_session_had_ended_is_in_its_place(client):
    task = make_task()
    client.force_login(make_member(task.lead))
    session = client.session
    session["kept_form"] = {"address": f"{PAGE}deferral/", "fields": sent(task, reason="夜里写的")}
    session.save()
    assert "夜里写的" in client.get(PAGE).content.decode()
