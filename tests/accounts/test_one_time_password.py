from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse

from accounts.models import User
from audit.acts import Act
from audit.models import AuditEvent

MONDAY = datetime(2026, 1, 19, 1, tzinfo=UTC)


@pytest.fixture
def handed_over(db, capsys):
    """The one-time password of an account added on Monday."""
    with time_machine.travel(MONDAY, tick=False):
        call_command("add_user", "li.wei", "--role", "official")
    said = capsys.readouterr().out
    return said.partition("One-time password: ")[2].split()[0]


def sign_in(client, password, **after):
    with time_machine.travel(MONDAY + timedelta(**after), tick=False):
        return client.post(reverse("login"), {"username": "li.wei", "password": password})


def test_it_is_good_for_72_hours(client, handed_over):
    assert sign_in(client, handed_over, hours=71, minutes=59).status_code == 302


def test_after_that_it_is_refused_in_the_words_of_a_wrong_one_and_the_audit_says_why(
    client, handed_over
):
    late = sign_in(client, handed_over, hours=72, minutes=1)
    wrong = sign_in(client, "wrong horse", hours=72, minutes=1)
    words = [answer.context["form"].non_field_errors() for answer in (late, wrong)]
    assert words[0] == words[1]
    assert words[0]
    assert "_auth_user_id" not in client.session
    whys = AuditEvent.objects.filter(act=Act.SIGN_IN_FAILED).order_by("pk")
    assert [one.why for one in whys] == ["one-time password too old", "wrong name or password"]


def test_ones_own_password_does_not_end(client, handed_over):
    sign_in(client, handed_over, hours=1)
    new = {"new_password1": "umbrella kite 88", "new_password2": "umbrella kite 88"}
    with time_machine.travel(MONDAY + timedelta(hours=1, minutes=5), tick=False):
        client.post(reverse("password_change"), {"old_password": handed_over} | new)
    assert User.objects.get().one_time_until is None
    client.logout()
    assert sign_in(client, "umbrella kite 88", days=300).status_code == 302
