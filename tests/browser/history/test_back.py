"""The browser's Back with the back/forward cache on, as users have it; Playwright turns it off."""

import shutil

import pytest
from django.test import Client

from tests.browser.conftest import ARGUMENTS
from tests.factories import make_enterprise
from tests.submissions.cast import make_submission

pytestmark = pytest.mark.browser


@pytest.fixture
def as_users_have_it(playwright):
    """A Chromium whose back/forward cache is on."""
    browser = playwright.chromium.launch(
        executable_path=shutil.which("chromium"),
        args=ARGUMENTS,
        ignore_default_args=["--disable-back-forward-cache"],
    )
    yield browser
    browser.close()


@pytest.fixture
def open_as(as_users_have_it, live_server):
    """Open a page as somebody; return it and the addresses asked of the server."""

    def act(user, path):
        client = Client()
        client.force_login(user)
        context = as_users_have_it.new_context(viewport={"width": 1280, "height": 900})
        value = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": value, "url": live_server.url}])
        page, asked = context.new_page(), []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{live_server.url}{path}")
        return page, asked

    return act


def test_back_after_sign_out_asks_the_server(open_as, live_server, officer, city):
    firm = make_enterprise(city, name="济南清泉水务有限公司")
    page, asked = open_as(officer, "/enterprises/")
    assert firm.name in page.content()
    page.click("header button:has-text('Sign out'), header button:has-text('退出')")
    page.wait_for_url("**/accounts/login/**")
    asked.clear()
    page.go_back(wait_until="load")
    page.wait_for_timeout(500)
    assert f"{live_server.url}/enterprises/" in asked
    assert firm.name not in page.content()
    assert "/accounts/login/" in page.url


@pytest.mark.parametrize("how", ["link", "address"])
def test_back_after_an_ordinary_link_keeps_what_was_typed(open_as, live_server, reviewer, how):
    submission = make_submission(status="submitted")
    page, _asked = open_as(reviewer, f"/submissions/{submission.pk}/")
    typed = "第二季度的收入缺少原件，请补充。"
    opens_with = page.locator("details:has(textarea[name=reason]) > summary")
    if opens_with.count():
        opens_with.click()
    page.fill("textarea[name=reason]", typed)
    if how == "link":
        page.click("header a.masthead__name")
        page.wait_for_url(f"{live_server.url}/")
    else:
        page.goto(f"{live_server.url}/cities/")
    page.go_back(wait_until="load")
    assert page.input_value("textarea[name=reason]") == typed
