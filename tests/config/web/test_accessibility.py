import pytest

pytestmark = pytest.mark.django_db


def test_the_statement_is_open_to_whoever_cannot_sign_in(client):
    page = client.get("/accessibility/")
    assert page.status_code == 200
    assert "WCAG 2.2" in page.content.decode()


def test_every_page_leads_to_it(client, official):
    client.force_login(official)
    assert 'href="/accessibility/"' in client.get("/").content.decode()


def test_it_says_what_is_missing(client):
    assert "have not tried it yet" in client.get("/accessibility/").content.decode()
