"""The briefing as it comes out of the browser's own print: one A4 page in either language."""

import pytest

from tests.factories import CITIES
from tests.province import make_province
from tests.submissions.papers.printed_papers import long_winded, whole_page

pytestmark = pytest.mark.browser

LAST_LINES = {"zh-CN": "所知。", "en": "Data version"}


# The density of the first briefing's lines, its changes in print, and what is said of the others.
SET = """() => {
  const paper = document.querySelector("[data-one-page]");
  const [said, printed] = paper.querySelectorAll("[data-more=changes]");
  const rows = Array.from(paper.querySelectorAll("[data-spare=changes] tbody tr"));
  return {
    density: paper.className.replace(/paper-*/g, "").trim(),
    all: rows.length + (said ? Number(said.dataset.number) : 0),
    shown: rows.filter((row) => !row.classList.contains("paper__left-out")).length,
    more: printed && !printed.hidden ? printed.textContent : "",
  };
}"""


@pytest.fixture
def opened(browse, signed_in, settings, reviewer):
    """Return a function: open a quarter's draft in a language, and return the page."""
    settings.LANGUAGE_CODE = "zh-hans"

    def act(language="zh-CN"):
        page = browse(language=language).page
        signed_in(page, "reviewer")
        page.goto("/briefing/2025Q3/")
        return page

    return act


@pytest.fixture
def printed(opened, tmp_path):
    """Return a function: print a quarter's draft in a language, and return the file."""

    def act(language):
        to = tmp_path / "briefing.pdf"
        opened(language).pdf(path=to, prefer_css_page_size=True)
        return to

    return act


@pytest.mark.parametrize("language", LAST_LINES)
def test_an_ordinary_quarter_is_one_page(printed, language):
    make_province(silent=["370600", "371300"])
    whole_page(printed(language), of=[LAST_LINES[language]], alike=True)


@pytest.mark.parametrize("language", LAST_LINES)
@pytest.mark.parametrize("speaking", [[], list(CITIES)], ids=["nobody", "all"])
def test_the_longest_is_one_page(printed, reviewer, speaking, language):
    long_winded(reviewer, speaking=speaking)
    whole_page(printed(language), of=[LAST_LINES[language]], alike=True)


def test_a_short_one_stands_roomy(opened):
    make_province()
    assert opened().evaluate(SET)["density"] == "roomy"


def test_of_the_longest_lines_are_left_out_in_print_and_counted(opened, reviewer):
    long_winded(reviewer, speaking=list(CITIES))
    page = opened()

    set_as = page.evaluate(SET)
    assert set_as["density"] == "tight"
    assert 0 < set_as["shown"] < set_as["all"]
    assert f"另有{set_as['all'] - set_as['shown']}项" in set_as["more"]
    # On the screen everything is there, and nothing of the measuring is left.
    assert page.locator("[data-spare=changes] tbody tr").last.is_visible()
    assert page.locator(".masthead").is_visible()
