"""The rules that plotly.js would put into a page are the ones that our file has."""

import re
from pathlib import Path

import pytest

VENDOR = Path(__file__).resolve().parent.parent.parent / "static/vendor"
DRAW = "Plotly.newPlot('plot', [{y: [1, 2]}, {type: 'bar', y: [2, 1]}])"
RULES = """
    [...document.getElementById('plotly.js-style-global').sheet.cssRules].map(rule => rule.cssText)
"""


@pytest.mark.browser
def test_our_file_has_the_rules_that_plotly_js_would_inject(chromium):
    page = chromium.new_page()
    page.set_content('<div id="plot"></div>')
    page.add_script_tag(path=next(VENDOR.glob("plotly-basic-*.min.js")))
    page.evaluate(DRAW)
    injected = page.evaluate(RULES)
    page.close()

    file = next(VENDOR.glob("plotly-[0-9]*.css")).read_text()
    kept = re.sub(r"/\*.*?\*/\n", "", file).splitlines()
    assert kept == injected, "\n".join(injected)
