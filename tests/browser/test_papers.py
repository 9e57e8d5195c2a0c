"""Papers as they come out of the browser's own print: on A4, legible, and filling their pages."""

from itertools import product

import pytest
from pypdf import PdfReader

from tests.factories import CITIES
from tests.province import make_province
from tests.submissions.papers.printed_papers import A4, filled, long_winded, plain, whole_page

pytestmark = pytest.mark.browser

LAST_LINES = {"zh-CN": "所知。", "en": "Data version"}
# 10.5 pt, 五号: the smallest letter of a paper.
SMALLEST = 14
# The sizes in pixels of all texts of the paper.
SIZES = """() => {
  const texts = document.createTreeWalker(document.querySelector(".paper"), NodeFilter.SHOW_TEXT);
  const sizes = [];
  while (texts.nextNode()) {
    if (texts.currentNode.textContent.trim()) {
      sizes.push(parseFloat(getComputedStyle(texts.currentNode.parentElement).fontSize));
    }
  }
  return sizes;
}"""
DENSITY = """() => {
  const set = document.querySelector("[data-fit]").className;
  return set.replace(/paper__first(--)?/g, "").trim();
}"""
BRIEFING, ASSESSMENT = "/briefing/2025Q3/", "/assessment/311/"


@pytest.fixture
def opened(browse, signed_in, settings, reviewer):
    """Return a function: open a draft in a language, and return the page."""
    settings.LANGUAGE_CODE = "zh-hans"

    def act(language="zh-CN", address=BRIEFING):
        page = browse(language=language).page
        signed_in(page, "reviewer")
        page.goto(address)
        return page

    return act


@pytest.fixture
def printed(opened, tmp_path):
    """Return a function: print a draft in a language, and return the file."""

    def act(language, address=BRIEFING):
        to = tmp_path / "paper.pdf"
        opened(language, address).pdf(path=to, prefer_css_page_size=True)
        return to

    return act


@pytest.mark.parametrize("language", LAST_LINES)
def test_an_ordinary_quarter_is_one_page(printed, language):
    make_province(silent=["370600", "371300"])
    whole_page(printed(language), of=[LAST_LINES[language]], alike=True)


@pytest.mark.parametrize("language", LAST_LINES)
@pytest.mark.parametrize("speaking", [[], list(CITIES)], ids=["nobody", "all"])
def test_the_longest_goes_on_to_a_second_page_and_fills_a_third_of_it(
    printed, reviewer, speaking, language
):
    long_winded(reviewer, speaking=speaking)

    pages = PdfReader(printed(language)).pages
    assert len(pages) == 2
    assert filled(pages[1]) > 1 / 3
    text = plain("".join(page.extract_text() for page in pages), alike=True)
    assert plain(LAST_LINES[language], alike=True) in text


def test_no_letter_is_smaller_than_ten_and_a_half_points(opened, reviewer):
    long_winded(reviewer, speaking=["370700"])
    smallest = {}
    for language, address in product(LAST_LINES, [BRIEFING, ASSESSMENT]):
        page = opened(language, address)
        page.emulate_media(media="print")
        sizes = page.evaluate(SIZES)
        assert len(sizes) > 100
        smallest[language, address] = min(sizes)

    assert {paper: size for paper, size in smallest.items() if size < SMALLEST} == {}


def test_a_short_one_stands_roomy(opened):
    make_province()
    assert opened().evaluate(DENSITY) in ("widest", "wide", "roomy")


@pytest.mark.parametrize("language", LAST_LINES)
def test_an_assessment_is_signed_on_its_first_page_and_fills_all_but_the_last(
    printed, reviewer, language
):
    make_province(period="2025Q4", silent=["370600"])

    pages = PdfReader(printed(language, ASSESSMENT)).pages
    signed = {"zh-CN": "编制", "en": "Prepared by"}[language]
    assert [signed in page.extract_text() for page in pages].index(True) == 0
    for page in pages:
        assert (round(page.mediabox.width), round(page.mediabox.height)) == A4
    assert all(filled(page) > 1 / 3 for page in pages[:-1])


def test_nothing_of_the_sites_frame_is_printed(opened):
    make_province()
    for address in (BRIEFING, ASSESSMENT):
        page = opened(address=address)
        page.emulate_media(media="print")

        assert not page.locator(".masthead").is_visible(), address
        assert not page.locator(".colophon").is_visible(), address
        assert not page.locator("[data-fit] ~ .screen-only, main h1").first.is_visible(), address
        assert page.locator(".paper").is_visible(), address
