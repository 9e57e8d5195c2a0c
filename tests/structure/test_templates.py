"""What holds for every template: contracts, no inline code, nothing from another host."""

import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template import engines
from django.template.loader import get_template

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
COMPONENTS = sorted((ROOT / "templates/components").glob("*.html"))
STYLES = sorted((ROOT / "static/css").rglob("*.css"))
# Their addresses are names, not places: nothing is fetched from them.
NAMES = ("http://www.w3.org/",)


LONGEST_LINE = 160
# Papers are drawn from their frozen blocks, not from rows of the database.
DRAW_TABLES = {"components/data_table.html", "submissions/_paper_table.html"}


def those(paths, test):
    """The names of the files of which something is true, or what it finds there."""
    found = {str(path.relative_to(ROOT)): test(path) for path in paths}
    return {name: what for name, what in found.items() if what}


def test_every_template_compiles():
    for path in TEMPLATES:
        assert get_template(str(path.relative_to(ROOT / "templates")))


def test_every_component_says_first_what_it_takes():
    """What it is, and each parameter in a line."""

    def is_without_contract(path):
        contract = re.match(r"{% comment %}\n(.+?)\n{% endcomment %}", path.read_text(), re.DOTALL)
        return not contract or len(contract[1].splitlines()) < 3

    assert COMPONENTS
    assert those(COMPONENTS, is_without_contract) == {}


@pytest.mark.parametrize(
    "code",
    [
        pytest.param(r"\sstyle\s*=", id="a strict style-src refuses it"),
        pytest.param(r"\son[a-z]+\s*=\s*[\"']", id="a strict script-src refuses it"),
        "<style",
        r"<script(?![^>]*\ssrc=)",
    ],
)
def test_no_template_has_inline_code(code):
    assert those(TEMPLATES, lambda path: re.findall(code, path.read_text())) == {}


def test_no_template_has_a_line_that_is_too_long():
    def too_long(path):
        return [
            n for n, line in enumerate(path.read_text().splitlines(), 1) if len(line) > LONGEST_LINE
        ]

    assert those(TEMPLATES, too_long) == {}


def test_no_template_writes_a_table_by_hand():
    """A table is drawn from its rows: so its file has what the page shows."""
    assert {
        str(path.relative_to(ROOT / "templates"))
        for path in TEMPLATES
        if "<table" in path.read_text()
    } == DRAW_TABLES


def test_no_template_fetches_anything_from_another_host():
    def asked(path):
        addresses = re.findall(r"https?://[^\s\"']*|[\"']//[^\"']+", path.read_text())
        return [one for one in addresses if not one.startswith(NAMES)]

    assert those(TEMPLATES, asked) == {}


@pytest.mark.parametrize("word", [r"\|safe", "autoescape off"])
def test_no_template_trusts_a_text_blindly(word):
    assert those(TEMPLATES, lambda path: re.findall(word, path.read_text())) == {}


def test_what_a_template_links_is_there():
    def missing(path):
        linked = re.findall(r"{% static \"([^\"|]+)\" %}", path.read_text())
        return [one for one in linked if not finders.find(one)]

    assert those(TEMPLATES, missing) == {}


def without_comments(path):
    return re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)


@pytest.mark.parametrize("value", [r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(", "http"])
def test_no_style_sheet_has_a_colour_of_its_own(value):
    sheets = [path for path in STYLES if path.name != "tokens.css"]

    assert sheets
    assert those(sheets, lambda path: re.findall(value, without_comments(path))) == {}


def test_style_sheets_use_only_tokens_that_there_are():
    known = set(re.findall(r"(--[\w-]+)\s*:", "".join(p.read_text() for p in STYLES)))

    def unknown(path):
        return set(re.findall(r"var\((--[\w-]+)", path.read_text())) - known

    assert those(STYLES, unknown) == {}


def blocks(text):
    """The declarations of the light block and of the two dark ones."""
    light = re.search(r"color-scheme: light;(.*?)\n}", text, re.DOTALL)[1]
    darks = re.findall(r"color-scheme: dark;(.*?)\n  }", text, re.DOTALL)
    return [dict(re.findall(r"(--[\w-]+): (#[0-9a-f]{6});", one)) for one in (light, *darks)]


LIGHT, BY_SYSTEM, BY_CHOICE = blocks((ROOT / "static/css/tokens.css").read_text())


def test_dark_by_system_and_dark_by_choice_are_the_same():
    assert BY_SYSTEM == BY_CHOICE
    assert BY_SYSTEM.keys() == LIGHT.keys()


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


themes = pytest.mark.parametrize("theme", [LIGHT, BY_SYSTEM], ids=["light", "dark"])
TEXT = [
    "ink",
    "ink-soft",
    *(f"status-{t}" for t in ("good", "fair", "poor", "bad", "wait", "open")),
]


@themes
@pytest.mark.parametrize("text", TEXT)
def test_text_can_be_read(theme, text):
    papers = ["paper", "paper-raised", "paper-sunken", f"{text}-paper"]

    assert (
        min(contrast(theme[f"--{text}"], theme[f"--{p}"]) for p in papers if f"--{p}" in theme)
        >= 4.5
    )


@themes
def test_marks_can_be_seen(theme):
    marks = [
        "rule-strong",
        "focus",
        "chart-target",
        "chart-muted",
        "chart-6",
        *(f"cluster-{n}" for n in range(1, 7)),
    ]

    assert min(contrast(theme[f"--{mark}"], theme["--paper"]) for mark in marks) >= 3


@themes
def test_the_first_clusters_differ_in_grey_too(theme):
    greys = sorted(luminance(theme[f"--cluster-{number}"]) for number in (1, 2, 3))

    assert greys[1] - greys[0] >= 0.05
    assert greys[2] - greys[1] >= 0.05


def test_no_style_sheet_and_no_chart_names_a_place():
    cities = [
        row["slug"] for row in json.loads((ROOT / "fixtures/cities.json").read_text())["cities"]
    ]
    charts = (ROOT / "indicators/charts").glob("*.py")

    for path in [*STYLES, *charts]:
        assert not [slug for slug in cities if slug in path.read_text()], path.name


def rendered(template, **context):
    return engines["django"].from_string(template).render(context)


def test_a_status_is_a_word_and_a_shape_as_well_as_a_colour():
    page = rendered('{% include "components/status.html" with status="behind" only %}')

    assert "Behind" in page
    assert 'data-shape="diamond"' in page
    assert 'data-tone="poor"' in page


def test_a_figure_that_nobody_reported_is_no_zero():
    figure = (
        '{% include "components/figure.html" with label="Revenue" value=x|money reported=x only %}'
    )

    assert "Not reported" in rendered(figure, x=None)
    assert "Not reported" in rendered(figure)
    assert "0.00" in rendered(figure, x=0)


def test_a_bar_says_in_words_what_it_shows():
    bar = '{% include "components/attainment_bar.html" with attainment=x due=y name="Share" only %}'

    assert "no baseline" in rendered(bar, x=None, y=None)
    page = rendered(bar, x=0.25, y=0.5)
    assert "25.0% of the way" in page
    assert 'width="25.00"' in page
    assert "50.0% due by now" in page
