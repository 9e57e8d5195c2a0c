"""Tasks in the admin site: what they say and demand needs two people; none is ever deleted."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from audit.proposals import deciding
from measures.models import Node, Task
from tests.audit.proposals.cast import REASON, newest, send, shown_form
from tests.factories import make_city, make_user
from tests.measures.cast import make_area, make_department, make_report, make_task

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quarters")]
ADD = "admin:measures_task_add"
PROPOSALS = "audit.ProposedChange"


@pytest.fixture
def keeper(client, admin):
    client.force_login(admin)
    return client


@pytest.fixture
def second(db):
    return make_user("admin", username="admin2")


def proposed():
    return newest() is not None


NEW = {
    "number": "1-07",
    "wording": "建立市场准入负面清单",
    "standard": "印发文件",
    "rhythm": "once",
    "begins": "2025Q1",
    "provenance": "unverified",
    "nodes-TOTAL_FORMS": 2,
    "nodes-INITIAL_FORMS": 0,
    "nodes-0-what": "起草",
    "nodes-0-first_due": "2025-03-31",
    "nodes-0-position": 1,
    "nodes-0-weight": 1,
    "nodes-1-what": "印发",
    "nodes-1-first_due": "2025-06-30",
    "nodes-1-position": 2,
    "nodes-1-weight": 1,
}


def test_a_new_task_is_entered_by_one_person_with_its_steps(keeper):
    given = NEW | REASON | {"area": make_area().pk, "lead": make_department().pk}
    answer = keeper.post(reverse(ADD), given)
    assert answer.status_code == 302
    task = Task.objects.get(number="1-07")
    assert [one.key for one in task.nodes.all()] == ["1-07#1", "1-07#2"]
    assert task.history.get().history_change_reason == REASON["reason"]
    assert not proposed()


def test_who_answers_is_changed_by_one_person_with_a_reason(keeper):
    task, city = make_task(), make_city()
    send(keeper, task, cities=[city.pk])
    assert list(task.cities.all()) == [city]
    assert not proposed()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("wording", "另一个说法"),
        ("standard", "通过验收"),
        ("begins", "2025Q2"),
        ("rhythm", "standing"),
        ("nodes-0-what", "另一个节点"),
        ("ended_because", "上级文件取消"),
    ],
)
def test_what_it_says_or_demands_needs_a_second_person(keeper, admin, second, field, value):
    task = make_task()
    send(keeper, task, **{field: value})

    def stands():
        name = field.removeprefix("nodes-0-")
        return getattr(task.nodes.get() if name == "what" else Task.objects.get(), name)

    assert stands() != value
    with pytest.raises(deciding.ProposalRefused):
        deciding.confirm(newest(), by=admin)
    deciding.confirm(newest(), by=second)
    assert stands() == value


def test_a_new_step_of_a_task_needs_a_second_person_and_gets_the_next_key(keeper, second):
    task = make_task()
    given = {"nodes-TOTAL_FORMS": 3}
    for place, what in ((1, "验收"), (2, "总结")):
        given |= {
            f"nodes-{place}-what": what,
            f"nodes-{place}-first_due": "2025-12-31",
            f"nodes-{place}-position": place + 1,
            f"nodes-{place}-weight": 1,
        }
    send(keeper, task, **given)
    assert task.nodes.count() == 1
    deciding.confirm(newest(), by=second)
    assert [one.key for one in task.nodes.all()] == ["1-01#1", "1-01#2", "1-01#3"]
    assert task.nodes.last().first_due == date(2025, 12, 31)


def test_the_first_date_of_a_step_is_changed_by_nobody(keeper):
    task = make_task(due=date(2025, 6, 30))
    send(keeper, task, **{"nodes-0-first_due": "2026-06-30"})
    assert not proposed()
    node = task.nodes.get()
    node.first_due = date(2026, 6, 30)
    with pytest.raises(ValidationError):
        node.save()
    assert Node.objects.get().first_due == date(2025, 6, 30)


def test_no_page_deletes_a_task_or_a_step(keeper):
    task = make_task()
    assert keeper.post(reverse("admin:measures_task_delete", args=[task.pk])).status_code == 403
    page = keeper.get(reverse("admin:measures_task_change", args=[task.pk]))
    sent = shown_form(page) | REASON | {"nodes-0-DELETE": "on"}
    keeper.post(reverse("admin:measures_task_change", args=[task.pk]), sent)
    assert task.nodes.count() == 1
    assert not proposed()


# ---- ended -----------------------------------------------------------------------------


def end(task, because="上级文件取消"):
    task.ended_because = because
    task.save()
    return task


def test_an_ended_task_leaves_the_ledger_from_that_moment_and_not_before(reader):
    task = make_task("1-01", due=date(2025, 6, 30))
    make_task("1-02", due=date(2025, 6, 30))
    end(task)
    yesterday = timezone.localdate() - timedelta(days=1)
    for query, numbers in (("", {"1-02"}), (f"&as_of={yesterday}", {"1-01", "1-02"})):
        page = reader.get(f"/measures/?period=2025Q3{query}")
        assert {row.task.number for row in page.context["tasks"].data} == numbers
        assert ("1 task has ended" in page.content.decode()) is not query
    [line] = [one for one in reader.get("/measures/?period=2025Q3").context["ended"]]
    assert line == task


def test_its_page_says_when_and_why_it_ended_and_shows_how_it_stood(reader):
    task = make_task("1-01", due=date(2025, 6, 30))
    make_report(task, quarter="2025Q2", text="起草中")
    end(task)
    page = reader.get("/measures/1-01/?period=2025Q3").content.decode()
    assert "上级文件取消" in page
    assert 'data-status="ended"' in page
    assert "起草中" in page


def test_who_answered_for_it_reports_no_longer(client):
    task = end(make_task("1-01", cities=[make_city()]))
    client.force_login(make_user("bureau", make_city()))
    page = client.get("/measures/1-01/")
    assert page.status_code == 200
    assert "evidence_form" not in page.context
    sent = {"evidence-node": task.nodes.get().pk, "evidence-document": "x"}
    assert client.post("/measures/1-01/evidence/", sent).status_code in (403, 422)


def test_an_ended_task_stays_ended():
    task = end(make_task())
    task.ended_because = ""
    with pytest.raises(ValidationError):
        task.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Task.objects.filter(pk=task.pk).update(ended_because="")
    with pytest.raises(IntegrityError), transaction.atomic():
        Task.objects.filter(pk=make_task("1-02").pk).update(ended_because="x")
