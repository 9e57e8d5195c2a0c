"""Pages as they are printed on A4, upright and on its side: nothing cut, no sheet nearly empty."""

import pytest
from pypdf import PdfReader

from tests.factories import CITIES, make_city, make_city_return, make_period
from tests.province import make_province
from tests.submissions.papers.printed_papers import filled

pytestmark = pytest.mark.browser

PAGES = [
    "/indicators/cluster-output-share/",
    "/indicators/firms-over-100m/",
    "/clusters/",
    "/cities/",
    "/cities/jinan/",
    "/enterprises/",
    "/methods/",
]
# Pixels of what is written on: A4 within the margins of base.css.
WIDTHS = {"upright": 688, "on its side": 1017}
# How far each chart, table and picture reaches over the sheet, where one does.
REACH = """async () => {
  window.dispatchEvent(new Event("beforeprint"));
  await new Promise((resolve) => setTimeout(resolve, 300));
  const edge = document.documentElement.clientWidth;
  const over = (one) => one.getBoundingClientRect().right - edge;
  return Array.from(document.querySelectorAll("main svg, main table, main figure"))
    .filter((one) => one.getClientRects().length)
    .filter((one) => over(one) > 1)
    .map((one) => [one.className.baseVal || one.className, over(one)]);
}"""
CONTROLS = "main form, .navigation, .btn, .plain-button, .pages ul, .breadcrumb"


@pytest.fixture
def opened(browse, signed_in, official):
    """Return a function: open a page of a province of two quarters, with its charts drawn."""
    make_province(period="2025Q2")
    for code in CITIES:
        make_city_return(make_city(code), make_period("2025Q3"), output_value="150000000.00")

    def act(address):
        page = browse().page
        signed_in(page, "official")
        page.goto(f"{address}?period=2025Q3", wait_until="networkidle")
        return page

    return act


@pytest.mark.parametrize("address", PAGES)
def test_nothing_is_cut_no_control_is_left_and_no_sheet_is_nearly_empty(opened, tmp_path, address):
    page = opened(address)
    nearly_empty = {name: sheets_with_little(page, tmp_path, name) for name in WIDTHS}
    assert nearly_empty == dict.fromkeys(WIDTHS, [])
    page.emulate_media(media="print")
    for width in WIDTHS.values():
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(REACH) == []
    assert not [one for one in page.locator(CONTROLS).all() if one.is_visible()]


def sheets_with_little(page, folder, name):
    """Print a page; return how full each sheet but the last is that is not a third full."""
    to = folder / f"{name}.pdf"
    page.pdf(path=to, format="A4", landscape=name == "on its side")
    return [round(full, 2) for full in map(filled, PdfReader(to).pages[:-1]) if full <= 1 / 3]
