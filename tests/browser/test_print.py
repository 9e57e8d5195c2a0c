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
def test_nothing_is_cut_and_no_control_is_left(opened, address):
    page = opened(address)
    page.emulate_media(media="print")
    for width in WIDTHS.values():
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(REACH) == []
    assert not [one for one in page.locator(CONTROLS).all() if one.is_visible()]


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("landscape", [False, True], ids=list(WIDTHS))
def test_every_sheet_but_the_last_is_more_than_a_third_full(opened, tmp_path, address, landscape):
    to = tmp_path / "page.pdf"
    opened(address).pdf(path=to, format="A4", landscape=landscape)
    sheets = PdfReader(to).pages
    assert [round(filled(one), 2) for one in sheets[:-1] if filled(one) <= 1 / 3] == []
