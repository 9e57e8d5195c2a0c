"""The admin site's form of what needs two people: a proposal, the same on both databases."""

import pytest
from django.urls import reverse

from accounts.models import User
from audit.models import AuditEvent, ProposedChange
from clusters.models import Plan
from indicators.models import Target
from tests.audit.proposals.cast import REASON, address, newest, send
from tests.factories import make_plan, make_target, make_user


@pytest.fixture
def keeper(client, admin):
    client.force_login(admin)
    return client


def test_a_form_without_a_difference_saves_and_proposes_nothing(keeper):
    target = make_target()
    assert send(keeper, target).status_code == 302
    assert not ProposedChange.objects.exists()
    assert target.history.count() == 1
    assert not AuditEvent.objects.filter(act="proposed").exists()


def test_another_notation_of_a_number_is_no_difference(keeper):
    send(keeper, make_target(), value="0.50")
    assert not ProposedChange.objects.exists()


def test_saving_leads_to_the_proposal_from_every_button(keeper):
    plan = make_plan()
    for button in ("_save", "_continue", "_addanother"):
        answer = send(keeper, plan, title=f"Another {button}", **{button: "1"})
        assert answer.url == reverse("proposals:proposal", args=[newest().pk])
    assert Plan.objects.get().title == "311"


def test_what_the_form_refuses_is_no_proposal(keeper):
    answer = send(keeper, make_target(), value="x")
    assert answer.status_code == 200
    assert not ProposedChange.objects.exists()


@pytest.mark.parametrize("model", [Target, User])
def test_an_address_that_names_nothing_is_answered_in_words(keeper, model):
    for key in ("abc", "0"):
        assert keeper.post(address(model, "change", key), REASON).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_pages_that_begin_no_transaction_lock_nothing(client):
    client.force_login(make_user("admin"))
    other = make_user("bureau")
    link = reverse("admin:accounts_user_password_link", args=[other.pk])
    assert client.post(link, REASON).status_code == 200
    assert client.post(address(User, "history", other.pk)).status_code == 200
    assert client.post(address(Target, "history", make_target().pk)).status_code == 200
