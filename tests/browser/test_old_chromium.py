"""
The main pages in Chromium 86, the browser of 360 and UOS: they work, and stand where they should.

Playwright starts it, but its own clicking needs a newer one: what a person does is done by script.
"""

import base64
import io
import json
import re

import pytest
from pypdf import PdfReader

from tests.browser import old_chromium
from tests.browser.conftest import ARGUMENTS
from tests.factories import make_enterprise
from tests.province import make_province
from tests.submissions.fault_catalogue import forge
from tests.throwaway_postgres import Missing

pytestmark = [pytest.mark.browser, pytest.mark.oldest]

PERIOD = "2025Q3"
BOXES = "[...document.querySelectorAll({})].map((one) => one.getBoundingClientRect().toJSON())"
SIGN_IN = """() => {
    document.querySelector('[name=username]').value = 'official';
    document.querySelector('[name=password]').value = 'correct horse';
    document.querySelector('main form').submit();
}"""
CHOOSE = """() => {
    const bytes = Uint8Array.from(atob('%s'), (sign) => sign.charCodeAt(0));
    const transfer = new DataTransfer();
    transfer.items.add(new File([bytes], '济南.xlsx'));
    const field = document.querySelector('[name=file]');
    field.files = transfer.files;
    field.dispatchEvent(new Event('change', {bubbles: true}));
    document.querySelector('main form button[type=submit]').click();
}"""


@pytest.fixture(scope="module")
def chromium(playwright):
    """Chromium 86 in place of today's."""
    try:
        path = old_chromium.executable()
    except Missing as words:
        pytest.fail(str(words))
    browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
    assert browser.version.startswith("86.")
    yield browser
    browser.close()


@pytest.fixture
def province(city, officer, official):
    """A quarter in which Jinan is silent, and a firm of Jinan's."""
    make_province(period=PERIOD, silent=[city.code])
    return make_enterprise(city)


def boxes(page, selector):
    """The boxes of the elements that are shown."""
    found = page.evaluate(BOXES.format(json.dumps(selector)))
    return [one for one in found if one["width"] and one["height"]]


def comes(page, script):
    """Wait until a script is true, at most ten seconds."""
    for _ in range(100):
        if page.evaluate(script):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"never: {script}")


def assert_laid_out(page, width):
    """The page's content has its margins, and nothing stands beside the window."""
    [main] = boxes(page, "main > .frame")
    [heading, *_] = boxes(page, "main h1")
    assert heading["left"] >= main["left"] + 16
    assert main["left"] == pytest.approx(width - main["right"], abs=1)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_signing_in_leads_to_the_overview_with_every_part_in_one_row(browse, province):
    page = browse().page
    page.goto("/accounts/login/")
    assert all(one["height"] >= 40 for one in boxes(page, "main .field input"))
    with page.expect_navigation():
        page.evaluate(SIGN_IN)

    assert page.url.rstrip("/").count("/") == 2
    assert_laid_out(page, 1440)
    links = boxes(page, ".navigation a")
    assert len(links) == 13
    assert {one["top"] for one in links} == {links[0]["top"]}
    [masthead] = boxes(page, ".masthead")
    assert masthead["height"] <= 64


def test_a_targets_charts_are_drawn(browse, signed_in, province):
    page = browse().page
    signed_in(page, "official")
    page.goto(f"/indicators/cluster-output-share/?period={PERIOD}")
    assert_laid_out(page, 1440)

    page.evaluate("document.querySelector('.chart').scrollIntoView()")
    comes(page, "document.querySelector('.chart .main-svg') !== null")
    assert boxes(page, ".chart .main-svg")


def test_a_workbook_is_uploaded_and_its_findings_are_read_on_a_narrow_screen(
    browse, signed_in, province, tmp_path
):
    line = forge.enterprise(
        credit_code=province.credit_code,
        name=province.name,
        park=None,
        output_value="约4.2万",
        revenue=12_000,
        total_revenue=20_000,
        revenue_last_year=None,
    )
    workbook = forge.saved(forge.workbook(enterprises=[line]), tmp_path, "济南.xlsx")
    page = browse(width="narrow").page
    signed_in(page, "officer")
    page.goto(f"/submissions/new/?period={PERIOD}")
    page.evaluate(CHOOSE % base64.b64encode(workbook.read_bytes()).decode())
    page.wait_for_url(re.compile(r"/submissions/\d+/$"))

    assert_laid_out(page, 390)
    assert boxes(page, ".data-table--stacked td")
    assert not boxes(page, ".data-table--stacked:not(.data-table--sortable) thead")


def test_the_overview_is_printed_without_what_is_for_the_screen(browse, signed_in, province):
    page = browse().page
    signed_in(page, "official")
    page.goto(f"/?period={PERIOD}")
    page.emulate_media(media="print")

    assert not boxes(page, ".navigation a")
    assert not boxes(page, ".masthead__tools a")
    printed = PdfReader(io.BytesIO(page.pdf(format="A4")))
    text = "".join(sheet.extract_text() for sheet in printed.pages)
    assert "311" in text
