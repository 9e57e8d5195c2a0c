"""Charts as one uses them: saved as a picture, walked through by keys, printed on white paper."""

import re
import struct
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

from config.web.navigation import demonstration
from tests.factories import CITIES, make_city, make_city_return, make_period
from tests.product.two_years import CHARTS, make_two_years
from tests.province import make_province

pytestmark = pytest.mark.browser
SHARE = "/indicators/cluster-output-share/?period=2025Q3"
MOVEMENT = "/indicators/cluster-output-share/movement/?period=2025Q3&from=2024Q3"
SVG = "{http://www.w3.org/2000/svg}"
WHITE, DARK = "rgb(255, 255, 255)", "rgb(19, 21, 25)"
BEHIND = "document.querySelector('figure[data-drawn] svg.main-svg').style.background"
PRINTED = "window.addEventListener('beforeprint', () => { window.printed = " + BEHIND + "; })"
HOVERED = "document.querySelector('.hoverlayer').textContent.includes('{}')"
VENDOR = Path(__file__).resolve().parent.parent.parent / "static/vendor"
DRAW = "Plotly.newPlot('plot', [{y: [1, 2]}, {type: 'bar', y: [2, 1]}])"
RULES = """
    [...document.getElementById('plotly.js-style-global').sheet.cssRules].map(rule => rule.cssText)
"""
RANGE = "document.querySelector('[data-plot]').layout.xaxis.range"


@pytest.fixture
def chart(browse, signed_in, official):
    """Open the page of the share in a theme; return the page and its first chart, drawn."""
    make_province(silent=["370600"])
    make_city_return(make_city("370100"), make_period("2025Q2"), output_value="50000000.00")

    def open_chart(colour="light", language="en", address=SHARE, **more):
        page = browse(colour=colour, language=language, **more).page
        signed_in(page, "official")
        page.goto(address)
        drawn = page.locator("figure[data-figure]").first
        drawn.scroll_into_view_if_needed()
        drawn.locator("[data-plot][role=img]").wait_for()
        return page, drawn

    return open_chart


def saved(page, chart, form):
    """What a button saves: its file's name and content."""
    with page.expect_download() as download:
        chart.get_by_role("button", name=form.upper()).click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def until(page, expression):
    """Wait for something to hold: a page's CSP lets nobody wait for an expression inside it."""
    for _moment in range(50):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(100)
    raise AssertionError(expression)


def texts(picture) -> str:
    """All that is written in an SVG, without the spaces between its lines."""
    return "".join("".join(picture.itertext()).split())


def test_a_picture_is_saved_as_png(chart):
    page, drawn = chart()

    name, content = saved(page, drawn, "png")
    assert name.endswith("-Cluster-share,-last-four-quarters-together-2025Q3.png")
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", content[16:24])
    assert width == 2400
    assert height > 1200


@pytest.mark.parametrize("colour", ["light", "dark"])
def test_a_picture_is_saved_as_svg_on_white_with_its_title_and_source(chart, colour):
    demonstration.note(True)
    page, drawn = chart(colour)

    name, content = saved(page, drawn, "svg")
    picture = ElementTree.fromstring(content)
    assert name.startswith("示例数据-")
    assert picture.tag == f"{SVG}svg"
    assert picture.find(f"{SVG}rect").get("fill") == "#ffffff"
    assert "#131519" not in content.decode()
    told = texts(picture)
    title = drawn.locator(".chart__title").inner_text()
    for words in (title, "January–September 2025", "15/16 cities accepted", "示例数据"):
        assert "".join(words.split()) in told
    assert picture.find(f"{SVG}svg") is not None


def test_a_chinese_title_is_broken_into_lines_that_fit(chart):
    page, drawn = chart(language="zh-CN")

    _name, content = saved(page, drawn, "svg")
    every = ElementTree.fromstring(content).findall(f"{SVG}text")
    lines = [one.text for one in every if one.get("font-weight") == "600"]
    assert len(lines) == 2
    assert "".join(lines) == drawn.locator(".chart__title").inner_text()


def report(period, *codes):
    """Let cities report a quarter."""
    for code in codes:
        make_city_return(make_city(code), make_period(period), output_value="40000000.00")


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_on_a_telephone_no_name_touches_another_and_no_number_is_cut(chart, language):
    report("2024Q3", *CITIES)
    report("2025Q3", "370600")
    page, drawn = chart(language=language, address=MOVEMENT, width="narrow")

    boxes = [one.bounding_box() for one in drawn.locator(".xtick text").all()]
    for one, after in pairwise(boxes):
        assert one["x"] + one["width"] < after["x"]
    top = drawn.locator("[data-plot]").bounding_box()["y"]
    numbers = drawn.locator(".textpoint text, .bartext").all()
    assert len(numbers) == len(boxes)
    assert all(number.bounding_box()["y"] >= top for number in numbers)


def test_there_are_no_buttons_before_there_is_a_drawing(browse, signed_in, official):
    make_province()
    page = browse(java_script_enabled=False).page
    signed_in(page, "official")
    page.goto(SHARE)

    assert page.locator("[data-picture]").count()
    assert not page.locator("[data-picture]").first.is_visible()


def test_keys_go_from_point_to_point_and_zoom(chart):
    for period in ("2024Q2", "2024Q3", "2024Q4"):
        report(period, *CITIES)
    report("2025Q2", *CITIES.keys() - {"370100"})
    report("2025Q3", "370600")
    page, drawn = chart()
    plot = drawn.locator("[data-plot]")
    hint = drawn.locator(".chart__keys")

    plot.focus()
    page.keyboard.press("ArrowLeft")
    # The forecast.
    until(page, HOVERED.format("Q4 2025"))
    page.keyboard.press("ArrowLeft")
    until(page, HOVERED.format("Q3 2025"))
    page.keyboard.press("ArrowLeft")
    until(page, HOVERED.format("Q2 2025"))
    told = drawn.locator("[aria-live=polite]").inner_text()
    assert re.fullmatch(r"Q2 2025: Cluster share: \d+\.\d%", told)
    whole = page.evaluate(RANGE)
    page.keyboard.press("+")
    until(page, f"{RANGE}[1] - {RANGE}[0] < {whole[1] - whole[0]}")
    page.keyboard.press("0")
    until(page, f"{RANGE}[1] - {RANGE}[0] == {whole[1] - whole[0]}")
    page.keyboard.press("Escape")
    assert plot.get_attribute("role") == "img"
    assert plot.get_attribute("aria-describedby") == hint.get_attribute("id")
    assert "table beneath" in hint.inner_text()
    page.keyboard.press("Tab")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename.endswith(".png")


def test_the_keys_tell_each_point_to_those_who_hear_the_page(chart):
    report("2025Q2", *CITIES.keys() - {"370100"})
    report("2025Q3", "370600")
    page, drawn = chart(address="/cities/?period=2025Q3")
    drawn.locator("[data-plot]").focus()
    told = drawn.locator("[aria-live=polite]")
    assert told.inner_text() == ""

    page.keyboard.press("ArrowRight")
    first = told.inner_text()
    assert first.startswith(("Jinan: ", "Qingdao: ", "Zibo: "))
    assert first.endswith(drawn.get_attribute("data-unit"))
    page.keyboard.press("ArrowRight")
    assert told.inner_text() != first


EVERY_CHART = [
    *CHARTS,
    "/cities/jinan/?period=2025Q4&amounts=quarter",
    "/cities/jinan/?period=2025Q4&amounts=year",
    "/clusters/qingdao/?period=2025Q3&amounts=rolling",
]
DRAW = """() => document.querySelectorAll("figure[data-figure]").forEach(
  (one) => one.scrollIntoView({ block: "center" }))"""
AGAIN = "document.dispatchEvent(new Event('themechange'))"
# The texts of every drawing that touch, and those beyond its edge. A text of several lines is
# as many texts: its box would be as wide as its widest line all the way down.
BADLY_PLACED = """() => Array.from(document.querySelectorAll("[data-drawn]")).map((figure) => {
  const whole = figure.querySelector("[data-plot]").getBoundingClientRect();
  const texts = Array.from(figure.querySelectorAll("[data-plot] .main-svg text")).map((text) => {
    const lines = Array.from(text.querySelectorAll("tspan.line"));
    return (lines.length ? lines : [text]).map((line) => ({
      text, words: line.textContent.trim(), box: line.getBoundingClientRect() }));
  }).flat().filter(({ words, box }) => words && box.width && box.height);
  const found = [];
  texts.forEach((one, n) => {
    const a = one.box;
    if (a.left < whole.left - 1 || a.right > whole.right + 1
        || a.top < whole.top - 1 || a.bottom > whole.bottom + 1) {
      found.push(`cut: ${one.words}`);
    }
    texts.slice(n + 1).filter((two) => two.text !== one.text).forEach((two) => {
      const b = two.box;
      if (Math.min(a.right, b.right) - Math.max(a.left, b.left) > 0
          && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 2) {
        found.push(`touch: ${one.words} | ${two.words}`);
      }
    });
  });
  return found.map((words) => `${figure.dataset.figure}: ${words}`);
}).flat()"""


def test_on_no_chart_of_any_page_do_texts_touch_or_leave_the_drawing(browse, signed_in, official):
    make_two_years()
    found = []
    for language in ("zh-CN", "en"):
        page = browse(language=language).page
        signed_in(page, "official")
        for address in EVERY_CHART:
            page.set_viewport_size({"width": 1440, "height": 900})
            page.goto(address)
            expected = page.locator("figure[data-figure]").count()
            assert expected, address
            page.evaluate(DRAW)
            until(page, f"document.querySelectorAll('[data-plot][role=img]').length == {expected}")
            for width in (1440, 768, 390):
                page.set_viewport_size({"width": width, "height": 900})
                page.evaluate(AGAIN)
                page.wait_for_timeout(250)
                badly = page.evaluate(BADLY_PLACED)
                found += [f"{language} {width} {address} {one}" for one in badly]
    assert not found, "\n" + "\n".join(found)


def test_a_chart_of_a_dark_screen_is_printed_dark_on_white_and_is_dark_again(chart):
    page, _drawn = chart("dark")
    assert page.evaluate(BEHIND) == DARK
    page.evaluate(PRINTED)

    page.pdf()
    assert page.evaluate("window.printed") == WHITE
    until(page, f"{BEHIND} == '{DARK}'")


def test_what_has_not_been_drawn_is_printed_as_its_table(browse, signed_in, official):
    make_province()
    page = browse("narrow").page
    signed_in(page, "official")
    page.goto("/cities/?period=2025Q3")
    undrawn = page.locator("figure[data-figure]:not([data-drawn]) details")
    assert undrawn.count()

    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert all(one.get_attribute("open") is not None for one in undrawn.all())


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
