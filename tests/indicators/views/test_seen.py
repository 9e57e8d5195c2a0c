"""Marking the overview as seen: kept with the account, and only what was shown."""

from decimal import Decimal

import pytest
from django.utils import timezone

from tests.factories import make_city, make_city_return, make_period, make_publication, make_user
from tests.province import MANY_FIRMS, make_province

pytestmark = pytest.mark.django_db
URL, OVERVIEW = "/seen/", "/"


@pytest.fixture
def page(client, official):
    """The overview as the official sees it for the first time."""
    make_province(silent=["370600"])
    client.force_login(official)
    return client.get(OVERVIEW)


def test_keeps_the_values_that_were_shown_and_says_so(client, official, page):
    answer = client.post(URL, {"shown": page.context["since"].stamp}, follow=True)

    official.refresh_from_db()
    assert official.last_look["quarter"] == "2025Q3"
    seen = official.last_look["seen"]["cluster-output-share"]
    assert Decimal(seen["figure"]) == Decimal("0.2")
    assert len(seen["cities"]) == 15
    assert not seen["is_complete"]
    assert set(seen["words"]) == {"en", "zh-hans"}
    assert "20.0%" in seen["words"]["en"]
    assert "Noted." in answer.content.decode()
    assert "No target has changed since" in answer.content.decode()


def test_what_was_published_meanwhile_was_not_seen(client, official, page):
    make_publication(published_at=timezone.now())

    answer = client.post(URL, {"shown": page.context["since"].stamp}, follow=True)

    official.refresh_from_db()
    assert official.last_look is None
    assert "Look once more" in answer.content.decode()


def test_it_is_no_page(client, official, page):
    assert client.get(URL)["Location"] == "/"


def test_a_stranger_without_an_account_keeps_nothing(client, db):
    assert client.post(URL, {"shown": ""})["Location"].startswith("/accounts/login/")


def test_then_and_now_are_each_readers_own(client, official, page):
    client.post(URL, {"shown": page.context["since"].stamp})
    make_city_return(make_city("370600"), make_period("2025Q3"), output_value="100000000.00")
    make_publication(published_at=timezone.now())

    mine = client.get(OVERVIEW).content.decode()
    client.force_login(make_user("official", username="second"))
    other = client.get(OVERVIEW).content.decode()
    assert "at most 20.0%" in mine.split('id="since-last"')[1]
    assert "18.8%" in mine.split('id="since-last"')[1]
    # Of other cities, which is no change.
    assert "−1.3 percentage points" not in mine
    assert "— (other cities)" in mine or '<td class="number">—</td>' in mine
    assert "You have not marked this page as seen yet." in other
    assert "percentage points" not in other.split('id="since-last"')[1]


@pytest.mark.parametrize("firms", [6, MANY_FIRMS])
def test_costs_the_overview_no_query(client, official, firms, django_assert_num_queries):
    make_province(firms=firms)
    client.force_login(official)
    page = client.get(OVERVIEW)
    client.post(URL, {"shown": page.context["since"].stamp})
    client.get(OVERVIEW)

    # Session, user, their permissions (two), their cities; and what the page rests on.
    with django_assert_num_queries(6):
        assert client.get(OVERVIEW).context["since"].visit
