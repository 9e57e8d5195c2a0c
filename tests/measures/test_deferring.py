"""A later date is asked for in time, or refused: by every way there is."""

import json
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command, get_commands
from django.db import IntegrityError, transaction
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from audit.acts import Act
from audit.models import ActOutcome, ProposedChange
from audit.proposals import deciding
from clusters.viewpoint import today
from foundation.quarters import Quarter
from measures import deferring
from measures.ledger import ledger
from measures.light import Colour
from measures.models import Deferral, Node, Task
from measures.refusal import LedgerRefusal
from tests.audit.cast import only
from tests.factories import make_period, make_user
from tests.measures.cast import make_asked, make_member, make_task

pytestmark = pytest.mark.django_db
LATER = date(2098, 12, 31)


@pytest.fixture(autouse=True)
def _quarter():
    make_period("2025Q3")


@pytest.fixture
def now():
    return timezone.localdate()


def make(due):
    task = make_task(due=due, begins="2098Q1")
    return task.nodes.get(), make_member(task.lead)


def ask(node, member, due=LATER, reason="用地未批"):
    return deferring.ask(node, by=member, due=due, reason=reason)


def row_of():
    [[row]] = [one.rows for one in ledger(Task.objects.all(), today(Quarter(2025, 3)))]
    return row


def test_asked_on_the_last_day_it_waits_and_granted_it_is_deferred_in_time(now, reviewer):
    node, member = make(now)
    asked = ask(node, member)
    assert asked.granted is None
    assert row_of().light.colour is not Colour.DEFERRED
    deferring.decide(asked, by=reviewer, granted=True, decision="")
    row = row_of()
    assert row.light.colour is Colour.DEFERRED
    assert (row.due, row.node.first_due) == (LATER, now)
    assert only(Act.DEFERRAL_ASKED).user == member
    assert only(Act.DEFERRAL_DECIDED).user == reviewer


def test_asked_a_day_late_it_is_refused_at_once_stored_and_counted(now, reviewer):
    node, member = make(now - timedelta(1))
    for _time in (1, 2):
        asked = ask(node, member)
        assert (asked.granted, asked.decided_by) == (False, None)
        assert "refused at once" in asked.decision
        with pytest.raises(LedgerRefusal, match="decided meanwhile"):
            deferring.decide(asked, by=reviewer, granted=True, decision="x")
    row = row_of()
    assert len(row.deferrals) == 2
    assert row.due == now - timedelta(1)
    assert row.light.colour is Colour.YELLOW


def test_a_refusal_of_itself_is_recorded_as_refused(now):
    node, member = make(now - timedelta(1))
    ask(node, member)
    assert only(Act.DEFERRAL_ASKED, ActOutcome.REFUSED).user == member


def test_the_date_in_force_is_the_newest_granted_one_and_the_first_stays(now, reviewer):
    node, member = make(now)
    for days in (10, 20):
        asked = ask(node, member, due=now + timedelta(days))
        deferring.decide(asked, by=reviewer, granted=True, decision="")
    node.refresh_from_db()
    assert deferring.due_in_force(node) == now + timedelta(20)
    assert node.first_due == now
    assert [one.due_before for one in node.deferrals.all()] == [now, now + timedelta(10)]


def test_refused_by_a_reviewer_the_date_stays(now, reviewer):
    node, member = make(now)
    asked = ask(node, member)
    with pytest.raises(LedgerRefusal, match="Say why"):
        deferring.decide(asked, by=reviewer, granted=False, decision=" ")
    deferring.decide(asked, by=reviewer, granted=False, decision="理由不充分")
    assert row_of().due == now


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"reason": " \0"}, "Say why"),
        ({"due": date(2000, 1, 1)}, "ask for a later date"),
    ],
)
def test_what_asks_for_nothing_is_not_stored(now, given, words):
    node, member = make(now)
    with pytest.raises(LedgerRefusal, match=words):
        ask(node, member, **given)
    assert not Deferral.objects.exists()


def test_a_standing_task_and_one_that_is_asked_for_have_no_other(now):
    node, member = make(None)
    with pytest.raises(LedgerRefusal, match="standing"):
        ask(node, member)
    node = make_task("1-02", due=now).nodes.get()
    ask(node, member)
    with pytest.raises(LedgerRefusal, match="already"):
        ask(node, member)


def test_nobody_decides_on_what_they_asked(now):
    node, member = make(now)
    asked = ask(node, member)
    with pytest.raises(LedgerRefusal, match="Somebody other"):
        deferring.decide(asked, by=member, granted=True, decision="")
    with pytest.raises(IntegrityError, match="granted_by_another"), transaction.atomic():
        Deferral.objects.filter(pk=asked.pk).update(
            granted=True, decided_by=member, decided_at=timezone.now()
        )


# ---- the other ways --------------------------------------------------------------------


def test_no_form_of_the_admin_site_changes_a_first_date_or_grants(client):
    task = make_task()
    node = task.nodes.get()
    client.force_login(make_user("admin"))
    address = reverse("admin:measures_task_change", args=[task.pk])
    client.post(
        address,
        {
            **{"number": "1-01", "area": task.area_id, "wording": "任务1-01", "rhythm": "once"},
            **{"standard": "印发文件", "begins": "2025Q1", "provenance": "unverified"},
            **{"lead": task.lead_id, "reason": "来文", "history_change_reason": "来文"},
            **{"nodes-TOTAL_FORMS": 1, "nodes-INITIAL_FORMS": 1, "nodes-0-id": node.pk},
            **{"nodes-0-task": task.pk, "nodes-0-what": "印发方案（修订）"},
            **{"nodes-0-first_due": "2098-12-31", "nodes-0-weight": 1, "nodes-0-position": 1},
        },
    )
    deciding.confirm(ProposedChange.objects.get(), by=make_user("admin", username="second"))
    node.refresh_from_db()
    assert (node.what, node.first_due) == ("印发方案（修订）", date(2025, 6, 30))
    with pytest.raises(NoReverseMatch):
        reverse("admin:measures_deferral_add")


def test_no_code_saves_another_first_date():
    node = make_task().nodes.get()
    node.first_due = LATER
    with pytest.raises(ValidationError, match="first date"):
        node.save()
    assert Node.objects.get().first_due == date(2025, 6, 30)


def test_no_command_defers_and_what_is_imported_late_is_refused_by_the_database(tmp_path, reviewer):
    assert not [name for name in get_commands() if "defer" in name]
    late = make_asked(make_task(), on=date(2025, 7, 1))
    moment = timezone.now().isoformat()
    fields = {"node": late.node_id, "asked_by": late.asked_by_id, "reason": "x"}
    fields |= {"due_before": "2025-06-30", "due": "2025-12-31", "asked_on": "2025-07-01"}
    fields |= {"granted": True, "decided_by": reviewer.pk, "decided_at": moment}
    file = tmp_path / "late.json"
    file.write_text(json.dumps([{"model": "measures.deferral", "fields": fields}]))
    with pytest.raises(IntegrityError, match="asked_in_time"), transaction.atomic():
        call_command("loaddata", str(file), verbosity=0)
    with pytest.raises(IntegrityError, match="asked_in_time"), transaction.atomic():
        Deferral.objects.filter(pk=late.pk).update(
            granted=True, decided_by=reviewer, decided_at=timezone.now()
        )
