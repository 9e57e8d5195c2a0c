"""An official sees what is red, whose it is and since when on the first screen, and opens it."""

from datetime import date

import pytest

from tests.factories import CITIES, make_cities, make_city, make_period
from tests.measures.cast import make_area, make_department, make_task

pytestmark = pytest.mark.browser
FOLD = {"wide": 900, "narrow": 844}


@pytest.fixture
def ledger():
    """Three measures; tasks of a department and of all cities, some of them long overdue."""
    make_cities()
    make_period("2025Q3")
    department = make_department()
    areas = [make_area(n, f"保障{n}") for n in (1, 2, 3)]
    for number, area in enumerate(areas, start=1):
        for n in (1, 2, 3, 4):
            late = (number, n) in ((1, 1), (2, 3))
            due = date(2025, 6, 30) if late else date(2099, 6, 30)
            cities = [make_city(code) for code in CITIES] if n == 3 and not late else []
            begins = "2025Q1" if late else "2025Q3"
            given = {"area": area, "due": due, "lead": department, "begins": begins}
            make_task(f"{number}-0{n}", cities=cities, **given)
    return department


@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_what_is_red_stands_on_the_first_screen_with_whose_it_is_and_since_when(
    browse, signed_in, official, ledger, width
):
    page = browse(width).page
    signed_in(page, official.username)
    page.goto("/measures/?period=2025Q3")

    red = page.locator(".lights__overdue li")
    assert red.count() == 2
    last = red.last.bounding_box()
    assert last["y"] + last["height"] <= FOLD[width]
    for text in red.all_text_contents():
        assert ledger.name in text
        assert "应于2025年6月30日完成" in text
    matrix = page.locator("[aria-labelledby=measures] table").bounding_box()
    assert matrix["y"] <= FOLD[width]

    red.first.locator("a").click()
    page.wait_for_load_state()
    assert page.locator("h1").text_content().strip().startswith("1-01")
    assert "light_red" in page.content()
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
