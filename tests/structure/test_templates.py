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


# Longer ones are read by nobody; these have some left.
LONGEST_LINE = 160
LONG_LINES = {
    "clusters/block.html",
    "clusters/cluster.html",
    "clusters/cluster_list.html",
    "components/data_table.html",
    "enterprises/enterprise.html",
    "parks/park.html",
    "parks/park_list.html",
}
# Papers are drawn from their frozen blocks, not from rows of the database.
DRAW_TABLES = {"components/data_table.html", "submissions/_paper_table.html"}


def name(path):
    return str(path.relative_to(ROOT))


every_template = pytest.mark.parametrize("path", TEMPLATES, ids=name)


@every_template
def test_a_template_compiles(path):
    assert get_template(str(path.relative_to(ROOT / "templates")))


@pytest.mark.parametrize("path", COMPONENTS, ids=name)
def test_a_component_says_first_what_it_takes(path):
    contract = re.match(r"{% comment %}\n(.+?)\n{% endcomment %}", path.read_text(), re.DOTALL)

    assert contract, "a component begins with its contract"
    assert len(contract[1].splitlines()) >= 3, "what it is, and each parameter in a line"


@every_template
def test_a_template_has_no_line_that_is_too_long(path):
    lines = path.read_text().splitlines()

    if str(path.relative_to(ROOT / "templates")) not in LONG_LINES:
        assert not [number for number, line in enumerate(lines, 1) if len(line) > LONGEST_LINE]


def test_no_template_writes_a_table_by_hand():
    """A table is drawn from its rows: so its file has what the page shows."""
    assert {
        str(path.relative_to(ROOT / "templates"))
        for path in TEMPLATES
        if "<table" in path.read_text()
    } == DRAW_TABLES


@every_template
def test_a_template_has_no_inline_code(path):
    text = path.read_text()

    assert not re.search(r"\sstyle\s*=", text), "a strict style-src refuses it"
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text), "a strict script-src refuses it"
    assert "<style" not in text
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)


@every_template
def test_a_template_fetches_nothing_from_another_host(path):
    addresses = re.findall(r"https?://[^\s\"']*|[\"']//[^\"']+", path.read_text())

    assert not [one for one in addresses if not one.startswith(NAMES)]


@every_template
def test_a_template_trusts_no_text_blindly(path):
    assert "|safe" not in path.read_text()
    assert "autoescape off" not in path.read_text()


@every_template
def test_what_a_template_links_is_there(path):
    linked = re.findall(r"{% static \"([^\"|]+)\" %}", path.read_text())

    assert not [one for one in linked if not finders.find(one)]


@pytest.mark.parametrize("path", STYLES, ids=name)
def test_a_style_sheet_has_no_colour_of_its_own(path):
    if path.name == "tokens.css":
        return
    without_comments = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)

    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(", without_comments)
    assert "http" not in without_comments


@pytest.mark.parametrize("path", STYLES, ids=name)
def test_a_style_sheet_uses_only_tokens_that_there_are(path):
    known = set(re.findall(r"(--[\w-]+)\s*:", "".join(p.read_text() for p in STYLES)))

    assert not set(re.findall(r"var\((--[\w-]+)", path.read_text())) - known


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
