"""A real Chromium, on a live server, that may reach nobody else."""

import os
import shutil
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from playwright.sync_api import sync_playwright

# Playwright's own loop makes Django think that it is in an async context.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Debian's Chromium without its windows: the same engine in the same version takes less processor
# time, since no tab strip is drawn and no process is started ahead of the page that will need it.
SHELL = "chromium-headless-shell"
WIDTHS = {"wide": 1440, "narrow": 390}


@pytest.fixture(scope="session")
def playwright():
    """What drives the browsers; there can be one in a process."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chromium(playwright):
    """The browser, one for the whole run."""
    browser = playwright.chromium.launch(executable_path=shutil.which(SHELL), args=ARGUMENTS)
    yield browser
    browser.close()


class Watched:
    """A page, with every request to another host and every complaint of the browser."""

    def __init__(self, page, host):
        self.page, self.host = page, host
        self.strangers, self.complaints = [], []
        page.on("request", self.note_request)
        page.on("console", self.note_console)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def note_request(self, request):
        where = urlsplit(request.url)
        if where.scheme in ("http", "https", "ws", "wss") and where.netloc != self.host:
            self.strangers.append(request.url)

    def note_console(self, message):
        # A 404 or 422 that a test asked for is not a complaint of the page's.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.complaints.append(f"{self.page.url}: {message.text}")

    def assert_quiet(self):
        """Nobody else was asked, and the browser refused nothing (CSP) and broke on nothing."""
        assert not self.strangers
        assert not self.complaints


@pytest.fixture
def browse(chromium, live_server):
    """Open a watched page; its tests end with assert_quiet of every page they opened."""
    opened = []

    def open_page(width="wide", language="zh-CN", colour="light", **options):
        context = chromium.new_context(
            viewport={"width": WIDTHS[width], "height": 900},
            locale=language,
            color_scheme=colour,
            # A colour that is still on its way to another is nobody's to judge.
            reduced_motion="reduce",
            base_url=live_server.url,
            **options,
        )
        watched = Watched(context.new_page(), urlsplit(live_server.url).netloc)
        opened.append((context, watched))
        return watched

    yield open_page
    for context, watched in opened:
        context.close()
        watched.assert_quiet()


@pytest.fixture
def signed_in(live_server):
    """Let a page's browser be that of somebody who has signed in: nothing is loaded."""

    def signed_in(page, username):
        client = Client()
        client.force_login(get_user_model().objects.get(username=username))
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}
        page.context.add_cookies([cookie])

    return signed_in


@pytest.fixture
def sign_in():
    """Sign in on the sign-in page, as a person does."""

    def sign_in(page, username, password="correct horse"):
        page.goto("/accounts/login/")
        page.fill("[name=username]", username)
        page.fill("[name=password]", password)
        page.press("[name=password]", "Enter")
        page.wait_for_load_state()
        assert "/accounts/login/" not in page.url

    return sign_in
