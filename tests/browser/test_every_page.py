"""
Every page that links lead to, as everyone, in both languages, wide and narrow, light and dark.

The pages are not listed: each role starts at the overview and follows links, and one page of each
kind is looked at. A page that is added later is looked at as soon as something links to it.
"""

from urllib.parse import urlsplit

import pytest
from django.urls import resolve

from submissions.models import Submission
from tests.browser.axe import violations
from tests.depth import DEEP
from tests.factories import make_city, make_enterprise, make_enterprise_return, make_period
from tests.province import make_province
from tests.submissions.cast import ADVISORY, MANDATORY, make_finding, make_row, make_submission

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
# Of these every page is looked at and not only one.
EACH = {"indicators:indicator", "submissions:submission", "help_role"}
# The official's walk prints and resizes; pages that others see otherwise, theirs do as well.
OF_BUREAUS = "submissions:"
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
# A telephone, a tablet, 1440 at 200 %, a desk, a wall. In CSS pixels.
EVERY_WIDTH = (390, 720, 768, 1440, 2560)
HREFS = "links => links.map(link => link.href)"


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


def links(page, host):
    """The addresses on this host that a page links to."""
    for href in page.locator("a[href]").evaluate_all(HREFS):
        where = urlsplit(href)
        if where.netloc == host and not where.path.startswith(("/admin/", "/static/")):
            yield href


def looked_at(watched, address, both=True):
    """Open an address; hold that it answers, is drawn (in both colours?), is quiet and fits."""
    page = watched.page
    assert page.goto(address).status == 200, address
    assert page.locator("h1").count() == 1, address
    for _colour in OTHER:
        for chart in page.locator("figure[data-figure]").all():
            chart.scroll_into_view_if_needed()
            chart.locator("svg.main-svg").first.wait_for()
            assert chart.locator("details table tbody tr").count(), address
        assert page.evaluate(OVERFLOW) <= 0, f"{address} is wider than its window"
        assert violations(page) == [], address
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


def printed_and_resized(page, address):
    """Hold that an open page can be read on paper too, and fits windows of every width."""
    page.emulate_media(media="print")
    assert violations(page) == [], f"{address}, printed"
    page.emulate_media(media="screen")
    before = page.viewport_size
    for width in EVERY_WIDTH:
        page.set_viewport_size({"width": width, "height": 900})
        assert settled(page) <= 0, f"{address} is wider than {width} pixels"
    page.set_viewport_size(before)


WIDE, NARROW = ("wide", "light", "en"), ("narrow", "dark", "zh-CN")


@pytest.mark.parametrize(
    ("role", "width", "colour", "language"),
    [
        ("official", *WIDE),
        ("official", *NARROW),
        ("officer", *WIDE),
        ("officer", *NARROW),
        ("admin", *WIDE),
        # The official's pages once more, with a button here and there; the admin site is below.
        *([("admin", *NARROW)] if DEEP else []),
    ],
)
def test_every_page_answers_is_drawn_fits_and_asks_nobody(
    browse, sign_in, province, request, settings, role, width, colour, language
):
    settings.LANGUAGE_CODE = "zh-hans"
    request.getfixturevalue(role)
    watched = browse(width, language, colour)
    sign_in(watched.page, role)

    seen, waiting = set(), [watched.page.url]
    while waiting:
        address = waiting.pop(0)
        kind = kind_of(address)
        if kind in seen or kind[0] in NO_PAGES:
            continue
        seen.add(kind)
        # The two walks of a role are one in each colour.
        looked_at(watched, address, both=DEEP)
        assert watched.page.get_attribute("html", "lang") == SPOKEN[language], address
        if DEEP or (width == "wide" and (role == "official" or kind[0].startswith(OF_BUREAUS))):
            printed_and_resized(watched.page, address)
        waiting.extend(links(watched.page, watched.host))

    names = {kind[0] for kind in seen}
    assert names >= EXPECTED, EXPECTED - names
    assert len([kind for kind in seen if kind[0] == "indicators:indicator"]) == 2
    assert ("submissions:upload" in names) == (role == "officer")


@pytest.mark.parametrize(("width", "colour"), [("wide", "light"), ("narrow", "dark")])
def test_the_admin_site_answers_fits_and_asks_nobody(
    browse, sign_in, province, admin, width, colour
):
    watched = browse(width, colour=colour)
    sign_in(watched.page, "admin")
    change = f"enterprises/enterprise/{province.pk}/change/"

    for path in (*ADMIN_PAGES, change):
        looked_at(watched, f"/admin/{path}")


def test_the_rules_find_what_breaks_them(browse, sign_in, official):
    page = browse().page
    sign_in(page, "official")
    page.evaluate("document.querySelector('h1').innerHTML = '<img src=\\'data:,\\'>'")

    assert any(one.startswith("image-alt") for one in violations(page))
