import pytest
from django.urls import get_resolver, reverse

from config.web.navigation import NAVIGATION, demonstration, part_of
from tests.factories import make_enterprise, make_user

MARK = "示例数据"


@pytest.fixture(autouse=True)
def _ask():
    demonstration.forget()


@pytest.mark.django_db
def test_a_real_database_has_no_mark(client):
    make_user()
    make_enterprise()

    assert MARK not in client.get("/accounts/login/").content.decode()


@pytest.mark.django_db
def test_a_demonstration_account_puts_the_mark_on_every_page(client):
    make_user(is_demonstration=True)

    assert MARK in client.get("/accounts/login/").content.decode()


@pytest.mark.django_db
def test_demonstration_enterprises_do_too(client):
    make_user()
    make_enterprise(is_demonstration=True)

    assert MARK in client.get("/accounts/login/").content.decode()


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
    assert 'href="/cities/" aria-current="page"' in page
    assert page.count("aria-current=") == 1


def test_a_page_below_an_entry_marks_the_entry_as_its_part(client, official, city):
    client.force_login(official)

    page = client.get(f"/cities/{city.slug}/").content.decode()
    assert 'href="/cities/" aria-current="true"' in page


@pytest.mark.parametrize("role", ["official", "reviewer", "admin"])
def test_the_provinces_readers_reach_every_part_from_every_page(client, request, role):
    client.force_login(request.getfixturevalue(role))

    page = client.get("/help/").content.decode()
    missing = {part.page for part in NAVIGATION if f'href="{reverse(part.page)}"' not in page}
    assert missing == (set() if role == "admin" else {"audit", "proposals:proposals"})


def test_an_entry_that_the_reader_may_not_open_is_not_shown(client, officer):
    client.force_login(officer)

    page = client.get("/help/").content.decode()
    assert 'href="/submissions/"' in page
    assert 'href="/briefing/"' not in page
    assert 'href="/assessment/"' not in page


def test_every_entry_opens_on_a_database_without_figures(client, admin):
    client.force_login(admin)

    for part in NAVIGATION:
        if part.page == "proposals:proposals":
            continue
        answer = client.get(reverse(part.page), follow=True)
        assert answer.status_code == 200, part.page


def test_every_page_with_a_name_in_the_navigation_exists():
    resolver = get_resolver()
    known = set(resolver.reverse_dict) | {
        f"{space}:{name}"
        for space, (_prefix, inner) in resolver.namespace_dict.items()
        for name in inner.reverse_dict
    }
    named = {page for part in NAVIGATION for page in (part.page, *part.pages)}
    spaces = {one for one in named if one.endswith(":")}
    assert not {one for one in named - spaces if one not in known}
    assert {one.rstrip(":") for one in spaces} <= set(resolver.namespace_dict)


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
    ("page", "entry"),
    [
        ("indicators:overview", "indicators:overview"),
        ("indicators:indicator", "indicators:targets"),
        ("indicators:movement", "indicators:first_movement"),
        ("submissions:restatements", "indicators:first_movement"),
        ("submissions:check", "submissions:inbox"),
        ("submissions:submission", "submissions:inbox"),
        ("briefing:issued", "briefing:newest"),
        ("help", None),
        ("", None),
    ],
)
def test_a_page_belongs_to_the_first_part_that_names_it(page, entry):
    part = part_of(page)
    assert (part.page if part else None) == entry
