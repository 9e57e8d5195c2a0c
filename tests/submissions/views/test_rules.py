"""The page that lists what is checked."""

import pytest

from submissions.rules.catalogue import CATALOGUE

pytestmark = pytest.mark.django_db


def test_lists_every_rule_with_its_reason_and_an_example(client, officer):
    client.force_login(officer)

    page = client.get("/submissions/rules/")

    shown = [*page.context["mandatory"], *page.context["advisory"], *page.context["trial"]]
    assert {entry.code for entry in shown} == set(CATALOGUE)
    for entry in shown:
        assert entry.why, entry.code
        assert entry.example, entry.code
        assert f'id="{entry.code}"' in page.content.decode()


def test_a_fill_in_is_shown_as_left_out(client, officer):
    client.force_login(officer)

    assert "%(" not in client.get("/submissions/rules/").content.decode()


def test_asks_who_you_are(client):
    assert client.get("/submissions/rules/").status_code == 302


def test_needs_few_queries(client, officer, django_assert_max_num_queries):
    client.force_login(officer)

    with django_assert_max_num_queries(8):
        client.get("/submissions/rules/")
