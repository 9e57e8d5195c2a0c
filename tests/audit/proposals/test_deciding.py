"""A proposal is put in force by a second person, once, and only on what it was made from."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.models import AuditEvent, ProposedChange
from audit.proposals import deciding
from audit.proposals.deciding import ProposalRefused
from indicators.models import InterimPoint, Target
from tests.audit.proposals.cast import newest, send
from tests.audit.rewritten import rewrite
from tests.factories import make_target, make_user
from tests.submissions.robustness.test_at_once import at_once


@pytest.fixture
def second(db):
    """Another admin."""
    return make_user("admin", username="admin2")


@pytest.fixture
def target(db):
    return make_target()


@pytest.fixture
def proposal(client, admin, target):
    """The admin proposes 0.4 in the place of 0.5."""
    client.force_login(admin)
    send(client, target, value="0.4")
    return newest()


def test_until_it_is_confirmed_nothing_has_changed(proposal, target):
    target.refresh_from_db()
    assert str(target.value) == "0.500000"
    assert target.history.count() == 1
    assert (proposal.before[0]["fields"]["value"], proposal.after[0]["fields"]["value"]) == (
        "0.500000",
        "0.4",
    )
    assert proposal.channel == "page"


def test_a_second_admin_puts_it_in_force_and_the_history_names_both(proposal, target, second):
    deciding.confirm(proposal, by=second)
    target.refresh_from_db()
    version = target.history.first()
    assert str(target.value) == "0.400000"
    assert version.history_user == second
    assert version.history_change_reason == "鲁环发〔2025〕1号 (proposed by admin)"


def test_who_proposed_it_does_not_confirm_it(proposal, admin, target):
    with pytest.raises(ProposalRefused, match="other than the person who proposed"):
        deciding.confirm(proposal, by=admin)
    target.refresh_from_db()
    assert str(target.value) == "0.500000"


def test_the_superuser_who_proposed_it_does_not_either(client, target):
    root = make_user(is_superuser=True, is_staff=True)
    client.force_login(root)
    send(client, target, value="0.4")
    with pytest.raises(ProposalRefused, match="other than"):
        deciding.confirm(newest(), by=root)


@pytest.mark.parametrize("who", ["official", "reviewer", "officer"])
def test_who_may_not_change_such_records_does_not_confirm(proposal, request, who):
    with pytest.raises(ProposalRefused, match="may not change"):
        deciding.confirm(proposal, by=request.getfixturevalue(who))


def test_an_admin_who_was_deactivated_meanwhile_does_not_confirm(proposal, second):
    second.is_active = False
    with pytest.raises(ProposalRefused):
        deciding.confirm(proposal, by=second)


def test_the_database_refuses_one_person_for_both_and_two_decisions(proposal, admin, second):
    moment = timezone.now()
    both = {"confirmed_at": moment, "rejected_at": moment, "why": "x"}
    for wrong in (
        {"confirmed_by": admin, "confirmed_at": moment},
        {"confirmed_by": second, "rejected_by": second, **both},
        {"confirmed_by": second},
        {"rejected_by": second, "rejected_at": moment},
        {"rejected_by": second, "rejected_at": moment, "why": ""},
        {"reason": ""},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            ProposedChange.objects.filter(pk=proposal.pk).update(**wrong)


def test_what_somebody_changed_meanwhile_is_not_undone(proposal, target, second):
    Target.objects.filter(pk=target.pk).update(source="another source")
    with pytest.raises(ProposalRefused, match="Somebody has changed it"):
        deciding.confirm(proposal, by=second)
    target.refresh_from_db()
    assert (str(target.value), target.source) == ("0.500000", "another source")


def test_a_point_that_was_added_meanwhile_is_not_deleted_by_it(proposal, target, second):
    InterimPoint.objects.create(target=target, period="2025Q2", value="0.3")
    with pytest.raises(ProposalRefused, match="Somebody has changed it"):
        deciding.confirm(proposal, by=second)


def test_of_two_proposals_for_one_record_the_second_is_made_anew(client, proposal, target, second):
    send(client, target, value="0.45")
    deciding.confirm(newest(), by=second)
    with pytest.raises(ProposalRefused, match="Somebody has changed it"):
        deciding.confirm(proposal, by=second)


def test_it_is_decided_once(proposal, second):
    deciding.reject(proposal, by=second, why="Not in the document.")
    for act in (
        lambda: deciding.confirm(proposal, by=second),
        lambda: deciding.reject(proposal, by=second, why="again"),
    ):
        with pytest.raises(ProposalRefused, match="decided already"):
            act()


def test_who_proposed_it_may_take_it_back_and_others_not_without_the_right(
    proposal, admin, official
):
    with pytest.raises(ProposalRefused, match="may not"):
        deciding.reject(proposal, by=official, why="no")
    assert deciding.reject(proposal, by=admin, why="A slip.").rejected_by == admin


def test_it_is_rejected_with_a_reason_only(proposal, second):
    with pytest.raises(ProposalRefused, match="Say why"):
        deciding.reject(proposal, by=second, why=" \0 ")


def test_each_step_stands_in_the_audit_with_before_after_and_reason(proposal, target, second):
    deciding.confirm(proposal, by=second)
    acts = AuditEvent.objects.filter(object_type="indicators.target", object_id=str(target.pk))
    assert [(one.act, one.user.username) for one in acts.order_by("pk")] == [
        ("proposed", "admin"),
        ("confirmed", "admin2"),
    ]
    assert acts[0].before["records"][0]["fields"]["value"] == "0.500000"
    assert acts[0].after["records"][0]["fields"]["value"] == "0.4"
    assert acts[0].why == "鲁环发〔2025〕1号"


def test_what_the_records_no_longer_allow_is_refused_in_words(client, admin, target, second):
    client.force_login(admin)
    given = {"interim_points-TOTAL_FORMS": 1, "interim_points-0-period": "2025Q2"}
    send(client, target, **given, **{"interim_points-0-value": "0.3"})
    proposal = newest()
    after = proposal.after
    after[1]["fields"]["period"] = "2031Q1"
    rewrite(ProposedChange.objects.filter(pk=proposal.pk), after=after)
    with pytest.raises(ProposalRefused, match="between the baseline and the deadline"):
        deciding.confirm(proposal, by=second)
    assert not InterimPoint.objects.exists()


def test_setup_leaves_what_two_people_have_set(target, second, proposal):
    deciding.confirm(proposal, by=second)
    call_command("setup", verbosity=0)
    target.refresh_from_db()
    assert str(target.value) == "0.400000"


@pytest.mark.django_db(transaction=True)
def test_of_two_who_confirm_at_once_one_is_refused(client):
    client.force_login(make_user("admin"))
    send(client, make_target(), value="0.4")
    proposal, admins = newest(), [make_user("admin") for _ in range(2)]

    def act(by):
        try:
            return deciding.confirm(proposal, by=by)
        except ProposalRefused as refusal:
            return refusal

    results = at_once(*[lambda by=by: act(by) for by in admins])
    [refusal] = [one for one in results if isinstance(one, ProposalRefused)]
    assert "decided already" in str(refusal)
    assert Target.history.count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_proposals_confirmed_at_once_one_is_stale(client):
    client.force_login(make_user("admin"))
    target = make_target()
    for value in ("0.4", "0.45"):
        send(client, target, value=value)
    by = make_user("admin")

    def act(proposal):
        try:
            return deciding.confirm(proposal, by=by)
        except ProposalRefused as refusal:
            return refusal

    results = at_once(*[lambda one=one: act(one) for one in ProposedChange.objects.all()])
    [refusal] = [one for one in results if isinstance(one, ProposalRefused)]
    assert "Somebody has changed it" in str(refusal)
