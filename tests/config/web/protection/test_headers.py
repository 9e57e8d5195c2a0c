import pytest
from django.urls import reverse

from tests.config.web.protection.test_impossible_values import addresses
from tests.factories import make_user

NOT_STORED = "private, no-store"


def test_whatever_somebody_signed_in_asks_for_is_stored_nowhere(client, db):
    client.force_login(make_user(is_superuser=True, is_staff=True))
    for path in addresses():
        answer = client.get(path)
        # It is answered before anything else, for programs.
        if path == "/healthz":
            continue
        if path != "/accounts/logout/":
            assert "no-store" in answer.get("Cache-Control", ""), path
        assert "camera=()" in answer.get("Permissions-Policy", ""), path


@pytest.mark.parametrize("path", ["/api/v1/cities/", "/api/v1/openapi.json", "/cities/"])
def test_nor_is_what_the_api_and_private_pages_answer_to_others(client, db, path):
    assert client.get(path)["Cache-Control"] == NOT_STORED


def test_the_pages_for_everybody_may_be_kept(client, db):
    assert NOT_STORED not in client.get(reverse("help")).get("Cache-Control", "")
