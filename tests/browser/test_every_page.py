"""
Every page that links lead to, as everyone, in both languages, wide and narrow, light and dark.

The pages are not listed: each role starts at the overview and follows links, and one page of each
kind is asked for. A page that is added later is looked at as soon as something links to it.

Chromium draws a page if a part of it (what stands above, the content, what stands below) has a
shape that no page before it has: any other element, class or attribute. Before another role's pages
come the official's, which a walk of their own draws. `make test-deep` draws all of everyone's.
"""

from urllib.parse import urlsplit

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import resolve
from lxml import html

from submissions.models import Submission
from tests.browser.axe import BY_COLOUR, violations
from tests.depth import DEEP
from tests.factories import make_city, make_enterprise, make_enterprise_return, make_period
from tests.province import make_province
from tests.submissions.cast import ADVISORY, MANDATORY, make_finding, make_row, make_submission
from tests.walker.reading.pages import links_of_page

pytestmark = pytest.mark.browser

# Links to files and data, which are no pages.
NO_PAGES = {
    "submissions:template",
    "submissions:original",
    "submissions:marked",
    "api-v1:openapi-view",
    "api-v1:openapi-json",
    "api-v1:proof",
    "briefing:draft_docx",
    "briefing:docx",
    "briefing:data",
    "assessment:draft_docx",
    "assessment:docx",
    "assessment:data",
}
NO_LINKS = ("/admin/", "/static/")
# What stands above and below is the same on each page of a role's: judged on the first.
FRAME = (".masthead", ".colophon")
# Of others' pages these are printed and resized though an official has them, with no forms on them.
OF_BUREAUS = "submissions:"
# Of these every page is looked at and not only one.
EACH = {"indicators:indicator", "submissions:submission", "help_role"}
# What every reader must come by, or the links are broken.
EXPECTED = {
    "indicators:overview",
    "indicators:indicator",
    "indicators:methods",
    "indicators:movement",
    "indicators:city_list",
    "indicators:city",
    "clusters:cluster_list",
    "clusters:cluster",
    "parks:park_list",
    "parks:park",
    "enterprises:register",
    "enterprises:enterprise",
    "submissions:inbox",
    "submissions:check",
    "submissions:submission",
    "submissions:rules",
    "password_change",
    "help",
    "help_role",
}
ADMIN_PAGES = ["", "enterprises/enterprise/", "enterprises/enterprise/import/"]
OVERFLOW = "document.scrollingElement.scrollWidth - innerWidth"
COLOUR = "matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'"
OTHER = {"light": "dark", "dark": "light"}
SPOKEN = {"en": "en", "zh-CN": "zh-hans"}
# A telephone, 1440 at 200 %, a tablet, a wall, and a desk again. In CSS pixels.
EVERY_WIDTH = (390, 720, 768, 2560, 1440)
# Says where one is, on another page each time.
NO_SHAPE = {"aria-current"}
# Attributes whose values the style sheet and axe go by.
TELLING = ("class", "type", "role", "data-status")


@pytest.fixture
def province(city, officer, reviewer):
    """Something of everything in two quarters; in Jinan, a workbook of every state."""
    make_province(period="2025Q2", firms=2)
    quarter = make_period("2025Q3")
    firm = make_enterprise(city, name="示例环保装备制造集团（济南）有限责任公司")
    for period, revenue in (("2025Q2", "60000000.00"), ("2025Q3", "96000000.00")):
        make_enterprise_return(firm, make_period(period), revenue=revenue)
    make_period("2025Q4")
    states = [status for status in Submission.Status.values if status != "accepted"]
    for status in states:
        submission = make_submission(city, quarter, by=officer, status=status, reviewer=reviewer)
        make_row(submission, key=firm.credit_code)
        make_finding(submission, MANDATORY, sheet="企业明细", cell="D5", value="约一千二百万元")
        make_finding(submission, ADVISORY)
    make_submission(city, make_period("2025Q2"), by=officer, status="accepted", reviewer=reviewer)
    make_submission(make_city("370700"), quarter)
    return firm


def kind_of(address):
    """What page an address is of, its view's name; with its own path where each one counts."""
    path = urlsplit(address).path
    name = resolve(path).view_name
    return (name, path) if name in EACH else (name,)


def pages_of(username, language):
    """Return a page of each kind that links lead somebody to: kind -> (address, root element)."""
    client = Client(headers={"accept-language": language})
    client.force_login(get_user_model().objects.get(username=username))
    found, waiting = {}, ["/"]
    while waiting:
        address = waiting.pop(0)
        kind = kind_of(address)
        if kind in found or kind[0] in NO_PAGES:
            continue
        answer = client.get(address, follow=True)
        assert answer.status_code == 200, address
        page, here = answer.content.decode(), answer.request["PATH_INFO"]
        found[kind] = address, html.document_fromstring(page)
        waiting += [one for one in links_of_page(page, here) if not one.startswith(NO_LINKS)]
    return found


def shape(element):
    """Return what decides how an element is drawn and judged, without words and repetitions."""
    told = tuple(element.get(name) for name in TELLING)
    names = tuple(sorted({*element.keys()} - NO_SHAPE))
    within = dict.fromkeys(shape(one) for one in element if isinstance(one.tag, str))
    return (element.tag, told, names, *within)


def shapes(page):
    """Return the shapes of a page's parts."""
    return {shape(part) for part in page.body}


def differing(pages, seen):
    """Return of these pages those of which a part has another shape than all that come before."""
    known = set().union(*(shapes(page) for _address, page in seen.values()))
    found = {}
    for kind, (address, page) in pages.items():
        if not shapes(page) <= known:
            known |= shapes(page)
            found[kind] = address, page
    return found


def looked_at(watched, address, both=DEEP, without=()):
    """
    Open an address; hold that it answers, is drawn, is quiet and fits.

    both     in the other colour too
    without  of which parts the rules are not asked
    """
    page = watched.page
    assert page.goto(address).status == 200, address
    assert page.locator("h1").count() == 1, address
    for _colour in OTHER:
        for chart in page.locator("figure[data-figure]").all():
            chart.scroll_into_view_if_needed()
            chart.locator("svg.main-svg").first.wait_for()
            assert chart.locator("details table tbody tr").count(), address
        assert page.evaluate(OVERFLOW) <= 0, f"{address} is wider than its window"
        assert violations(page, without=without) == [], address
        if not both:
            break
        page.emulate_media(color_scheme=OTHER[page.evaluate(COLOUR)])
    watched.assert_quiet()


def settled(page) -> int:
    """Return by how much a page is too wide, once its charts have been drawn for its window."""
    for _moment in range(30):
        if page.evaluate(OVERFLOW) <= 0:
            return 0
        page.wait_for_timeout(100)
    return page.evaluate(OVERFLOW)


def printed_and_resized(page, address, without=()):
    """Hold that an open page can be read on paper too, and fits windows of every width."""
    page.emulate_media(media="print")
    rules = () if DEEP else BY_COLOUR
    assert violations(page, rules, without) == [], f"{address}, printed"
    page.emulate_media(media="screen")
    before = page.viewport_size
    for width in EVERY_WIDTH:
        page.set_viewport_size({"width": width, "height": 900})
        assert settled(page) <= 0, f"{address} is wider than {width} pixels"
    page.set_viewport_size(before)


WIDE, NARROW = ("wide", "light", "en"), ("narrow", "dark", "zh-CN")


@pytest.mark.parametrize(("width", "colour", "language"), [WIDE, NARROW])
@pytest.mark.parametrize("role", ["official", "officer", "admin"])
def test_every_page_answers_is_drawn_fits_and_asks_nobody(
    browse, signed_in, province, request, official, settings, role, width, colour, language
):
    settings.LANGUAGE_CODE = "zh-hans"
    request.getfixturevalue(role)
    pages, officials = pages_of(role, language), pages_of("official", language)
    all_are_there(role, pages, language)
    seen = {} if role == "official" else officials
    watched, without = browse(width, language, colour), ()
    signed_in(watched.page, role)

    for kind, (address, _page) in (pages if DEEP else differing(pages, seen)).items():
        looked_at(watched, address, without=without)
        is_resized = kind not in seen or kind[0].startswith(OF_BUREAUS)
        if DEEP or (width == "wide" and is_resized):
            printed_and_resized(watched.page, address, without)
        without = () if DEEP else FRAME


def all_are_there(role, pages, language):
    """Hold that links lead a role to all they should come by, in their language."""
    for address, page in pages.values():
        assert page.get("lang") == SPOKEN[language], address
    names = {kind[0] for kind in pages}
    assert names >= EXPECTED, EXPECTED - names
    assert len([kind for kind in pages if kind[0] == "indicators:indicator"]) == 2
    assert ("submissions:upload" in names) == (role == "officer")


@pytest.mark.parametrize(("width", "colour"), [("wide", "light"), ("narrow", "dark")])
def test_the_admin_site_answers_fits_and_asks_nobody(
    browse, signed_in, province, admin, width, colour
):
    watched = browse(width, colour=colour)
    signed_in(watched.page, "admin")
    change = f"enterprises/enterprise/{province.pk}/change/"

    for path in (*ADMIN_PAGES, change):
        looked_at(watched, f"/admin/{path}")


def test_the_rules_find_what_breaks_them(browse, signed_in, official):
    page = browse().page
    signed_in(page, "official")
    page.goto("/")
    page.evaluate("document.querySelector('h1').innerHTML = '<img src=\\'data:,\\'>'")

    assert any(one.startswith("image-alt") for one in violations(page))
