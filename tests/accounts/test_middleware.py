import pytest
from django.urls import reverse


@pytest.fixture
def newcomer(client, official):
    """Signed in with a password that was handed over."""
    official.must_change_password = True
    official.save()
    client.force_login(official)
    return client


@pytest.mark.parametrize("path", ["/", "/admin/", "/submissions/new/"])
def test_whoever_must_change_the_password_is_sent_to_do_it_from_every_page(newcomer, path):
    for answer in (newcomer.get(path), newcomer.post(path)):
        assert answer.status_code == 302
        assert answer["Location"] == reverse("password_change")


def test_the_page_itself_and_sign_out_stay_open(newcomer):
    assert newcomer.get(reverse("password_change")).status_code == 200
    assert newcomer.post(reverse("logout"))["Location"] == reverse("login")


def test_static_files_stay_open(newcomer):
    assert newcomer.get("/static/nothing.css").status_code == 404


def test_others_are_not_sent_anywhere(client, admin):
    client.force_login(admin)
    assert client.get("/admin/").status_code == 200
