"""What an official sees without scrolling: the answer, both ranges, counts, attention, the map."""

import pytest

from clusters.models import Cluster
from tests.factories import CITIES, make_city, make_park, make_target, make_user
from tests.indicators.story_rows import write_both_targets

pytestmark = pytest.mark.browser
SCREEN, TELEPHONE_PAGE = 900, 3500
ON_THE_FIRST_SCREEN = {
    "main h1": 1,
    ".goal-card__figure": 2,
    ".goal-card .range-bar": 2,
    ".task-card": 3,
    ".attention": 1,
    ".province-map": 1,
    ".overview__cities tbody tr": 16,
}
ENDS = "all => all.map(one => one.getBoundingClientRect().bottom)"
HEIGHT = "document.scrollingElement.scrollHeight"


@pytest.fixture
def overview(browse, signed_in, live_server):
    """Open the demonstration's newest quarter, three cities silent, in a width and a language."""
    write_both_targets()
    make_user("official", username="official")
    done = {"established_on": "2025-06-30", "established_evidence": "文件"}
    Cluster.objects.exclude(city__code="370300").update(**done)
    for number, code in enumerate(list(CITIES)[:10]):
        make_park(make_city(code), **(done if number < 7 else {}))
    counted = {"kind": "established", "unit": "count"}
    for position, (things, value) in enumerate((("clusters", 3), ("parks", 10)), 4):
        make_target(things, things=things, value=str(value), position=position, **counted)
    about = {"comparator": "about", "band_low": "2", "band_high": "4"}
    make_target("three", things="clusters", value="3", position=6, **counted, **about)

    def opened(width, language="zh-CN"):
        page = browse(width, language).page
        signed_in(page, "official")
        page.goto("/?period=2025Q4")
        return page

    return opened


def test_the_first_screen_holds_what_the_plan_asks_in_chinese(overview):
    page = overview("wide")

    ends = {one: page.locator(one).evaluate_all(ENDS) for one in ON_THE_FIRST_SCREEN}
    assert {one: len(found) for one, found in ends.items()} == ON_THE_FIRST_SCREEN
    assert {one: max(found) for one, found in ends.items() if max(found) > SCREEN} == {}


def test_on_a_telephone_the_page_is_four_screens_at_most(overview):
    page = overview("narrow")

    assert page.evaluate(HEIGHT) <= TELEPHONE_PAGE
    assert page.locator(".task-card").count() == 3
