"""The briefing as it comes out of the browser's own print: one A4 page in either language."""

import pytest

from tests.factories import CITIES
from tests.papers_printed import long_winded, whole_page
from tests.province import make_province

pytestmark = pytest.mark.browser

LAST_LINES = {"zh-CN": "所知。", "en": "Data version"}


@pytest.fixture
def printed(browse, signed_in, settings, tmp_path, reviewer):
    """Return a function: print a quarter's draft in a language, and return the file."""
    settings.LANGUAGE_CODE = "zh-hans"

    def act(language):
        page = browse(language=language).page
        signed_in(page, "reviewer")
        page.goto("/briefing/2025Q3/")
        to = tmp_path / "briefing.pdf"
        page.pdf(path=to, prefer_css_page_size=True)
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
