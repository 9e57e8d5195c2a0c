import pytest

from config.web.navigation import demonstration, part_of
from tests.factories import make_enterprise, make_user

BANNER = "示例数据"


@pytest.fixture(autouse=True)
def _ask():
    demonstration.forget()


@pytest.mark.django_db
def test_a_real_database_has_no_banner(client):
    make_user()
    make_enterprise()

    assert BANNER not in client.get("/accounts/login/").content.decode()


@pytest.mark.django_db
def test_a_demonstration_account_puts_the_banner_on_every_page(client):
    make_user(is_demonstration=True)

    assert BANNER in client.get("/accounts/login/").content.decode()


@pytest.mark.django_db
def test_demonstration_enterprises_do_too(client):
    make_user()
    make_enterprise(is_demonstration=True)

    assert BANNER in client.get("/accounts/login/").content.decode()


@pytest.mark.django_db
def test_a_demonstration_is_asked_for_once(django_assert_num_queries):
    make_user(is_demonstration=True)

    with django_assert_num_queries(1):
        assert demonstration
        assert demonstration


@pytest.mark.django_db
def test_no_demonstration_is_asked_for_once_a_minute(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert not demonstration
        assert not demonstration


def test_the_navigation_marks_where_the_reader_is(client, official):
    client.force_login(official)

    page = client.get("/cities/").content.decode()
    assert 'href="/cities/" aria-current="true"' in page
    assert page.count('aria-current="true"') == 1


def test_only_staff_see_the_administration(client, official, admin):
    client.force_login(official)
    assert 'href="/admin/"' not in client.get("/cities/").content.decode()

    client.force_login(admin)
    assert 'href="/admin/"' in client.get("/cities/").content.decode()


def test_links_keep_the_period_and_the_day(client, official):
    client.force_login(official)

    page = client.get("/cities/?as_of=2026-01-31&page=2").content.decode()
    assert 'href="/parks/?as_of=2026-01-31"' in page
    assert "As known on 31 January 2026" in page


def test_the_language_switch_comes_back_to_the_page(client, official):
    client.force_login(official)

    answer = client.post("/i18n/setlang/", {"language": "zh-hans", "next": "/cities/?page=2"})
    assert answer.url == "/cities/?page=2"
    assert client.cookies["django_language"].value == "zh-hans"


@pytest.mark.django_db
def test_the_language_can_be_changed_before_signing_in(client):
    answer = client.post("/i18n/setlang/", {"language": "zh-hans", "next": "/accounts/login/"})

    assert answer.url == "/accounts/login/"


def test_a_page_that_is_not_there_says_why_in_words(client, official):
    client.force_login(official)

    answer = client.get("/cities/?period=yesterday")
    assert answer.status_code == 404
    assert "Write the period as 2025Q3." in answer.content.decode()


@pytest.mark.parametrize(
    ("here", "part"),
    [
        ("/", "/"),
        ("/submissions/", "/submissions/"),
        ("/submissions/5/", "/submissions/"),
        ("/submissions/check/", "/submissions/check/"),
        ("/elsewhere/", None),
    ],
)
def test_a_page_is_in_the_innermost_part(here, part):
    assert part_of(here, ["/", "/submissions/", "/submissions/check/"]) == part
