"""What a reader has to do, on the overview; what pages say while there are no figures."""

import pytest
import time_machine
from django.urls import get_resolver

from config.web.start.purposes import PURPOSES
from tests.factories import make_cities, make_city_return, make_enterprise, make_period, make_user
from tests.submissions.cast import make_submission


@pytest.fixture(autouse=True)
def today():
    """One day after 2025Q3 was due."""
    with time_machine.travel("2025-10-16 04:00", tick=False):
        yield


def overview(client, user):
    client.force_login(user)
    return client.get("/").content.decode()


def test_an_administrator_is_told_what_is_left_to_do_and_led_there(client, admin, city):
    shown = overview(client, admin)

    assert "Before there are figures" in shown
    for words in ("Entered: 0", "Cities with an account: 0 of 1", "Workbooks received: 0"):
        assert words in shown
    assert 'href="/admin/enterprises/enterprise/import/"' in shown
    assert shown.count('href="/admin/accounts/user/add/"') == 3
    assert shown.count('data-status="step_open"') == 5


def test_a_step_that_is_done_says_so(client, admin, official, reviewer, officer):
    make_enterprise()

    shown = overview(client, admin)
    assert shown.count('data-status="step_done"') == 4
    assert "Entered: 1" in shown


def test_the_cities_without_an_account_are_named(client, admin, officer):
    make_cities()
    make_user("bureau", make_cities()[1], is_active=False)

    assert "Cities with an account: 1 of 16; without one: Qingdao" in overview(client, admin)


def test_an_official_is_told_what_the_page_will_show_and_who_is_doing_what(client, official):
    shown = overview(client, official)

    assert "Here you will see where each target stands" in shown
    assert "/admin/" not in shown.partition("<main")[2]


def test_a_bureau_is_led_to_template_check_and_upload(client, officer, city):
    shown = overview(client, officer)

    for address in ("/submissions/template/", "/submissions/check/", "/submissions/"):
        assert f'<a href="{address}">' in shown
    assert shown.count('data-status="step_open"') == 4


def test_a_bureau_sees_its_next_duty_above_the_overview(client, officer, city):
    make_submission(city, make_period("2025Q3"), status="sent_back")

    shown = overview(client, officer)
    assert 'data-status="sent_back"' in shown
    assert "1 thing to do" in shown


@pytest.mark.parametrize("role", ["admin", "official", "reviewer", "officer"])
def test_once_a_return_is_accepted_the_list_is_gone(client, request, role, city):
    make_city_return(city, make_period("2025Q3"))
    assert "Before there are figures" not in overview(client, request.getfixturevalue(role))


@pytest.mark.parametrize(
    ("role", "next_page"), [("official", 'href="/"'), ("officer", 'href="/submissions/"')]
)
def test_a_page_without_figures_says_what_it_is_for_and_what_is_left_to_do(
    client, request, role, next_page
):
    client.force_login(request.getfixturevalue(role))

    shown = client.get("/clusters/").content.decode().partition("<main")[2]
    assert str(PURPOSES["clusters:cluster_list"]) in shown
    assert f"<a {next_page}>What is left to do</a>" in shown


def test_with_figures_no_page_speaks_of_their_absence(client, official, city):
    make_city_return(city, make_period("2025Q3"))
    client.force_login(official)

    assert "What is left to do" not in client.get("/clusters/").content.decode()


def test_every_page_that_has_a_purpose_exists():
    spaces = get_resolver().namespace_dict
    for page in PURPOSES:
        space, _, name = page.partition(":")
        assert name in spaces[space][1].reverse_dict, page


def test_an_empty_register_says_how_enterprises_come_into_it(client, official):
    client.force_login(official)

    assert "An administrator imports or enters it" in client.get("/enterprises/").content.decode()
    filtered = client.get("/enterprises/?q=x").content.decode()
    assert "No enterprise matches." in filtered
