import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.utils import translation

from indicators.paper_height import CHINESE, ENGLISH, fitting, height


def sheet(**given):
    return {
        "plan": {"title": "三年行动计划"},
        "demonstration": False,
        "targets": [{"name": "产值占比", "sentences": ["字" * 40]}],
        "clusters": [{"name": "济南"}],
        "enterprises": {"tiers": [{"name": "龙头骨干企业"}]},
        "laggards": [],
        "changes": [],
        "sha256": "",
    } | given


def change(kind="count", thing="产值"):
    return {"kind": kind, "thing": thing}


@pytest.fixture(autouse=True)
def _in_chinese():
    with translation.override("zh-hans"):
        yield


def test_a_short_one_stands_roomy_and_one_that_no_page_holds_nowhere():
    assert fitting(sheet()) == "roomy"
    assert fitting(sheet(changes=[change()] * 200)) == ""


def test_the_more_there_is_the_closer_the_lines():
    found = [fitting(sheet(changes=[change()] * number)) for number in range(50)]
    assert sorted(set(found), key=found.index) == [*CHINESE, ""]
    assert found == sorted(found, key=[*CHINESE, ""].index)


@pytest.mark.parametrize(
    ("more", "lines"),
    [
        # 48 signs in a line, 46 in an item of a list.
        ({"plan": {"title": "字" * 100}}, 2),
        ({"targets": [{"name": "产值占比", "sentences": ["字" * 100]}]}, 2),
        ({"targets": [{"name": "产值占比", "sentences": ["x" * 100]}]}, 1),
        ({"laggards": [{}] * 16}, 3),
        ({"sha256": "ab"}, 1),
        ({"blocks": {"blocks": 6, "overdue": 0}}, 1.2),
        ({"blocks": {"blocks": 6, "overdue": 1}}, 2.2),
        # A heading and three lines of words; and the line that says how many more there are.
        ({"notes": [{"name": "字", "text": "字" * 100, "by": "ab"}]}, 4.9),
        ({"notes": [], "more_notes": 1}, 2.9),
        ({"demonstration": True}, 1),
    ],
)
def test_what_takes_more_lines_stands_higher(more, lines):
    higher = height(sheet(**more), CHINESE["roomy"]) - height(sheet(), CHINESE["roomy"])
    assert higher / CHINESE["roomy"].line == pytest.approx(lines, abs=0.05)


@pytest.mark.parametrize(
    "more",
    [
        {"changes": [change(thing="字" * 20)]},
        {"clusters": [{"name": "字" * 20}]},
        {"enterprises": {"tiers": [{"name": "字" * 50}]}},
        {"targets": [{"name": "字" * 40, "sentences": ["字" * 40]}]},
    ],
)
def test_a_long_name_takes_a_second_line(more):
    short = {
        "changes": [change()],
        "clusters": [{"name": "济南"}],
        "enterprises": {"tiers": [{"name": "龙头"}]},
        "targets": [{"name": "产值占比", "sentences": ["字" * 40]}],
    }
    as_short = {name: short[name] for name in more}
    higher = height(sheet(**more), CHINESE["roomy"]) - height(sheet(**as_short), CHINESE["roomy"])
    assert 1.2 < higher < 1.5


def test_amounts_leave_names_less_room_in_english():
    counts, amounts = ([change(kind, "a name")] for kind in ("count", "amount"))
    for language, as_high in (("zh-hans", True), ("en", False)):
        with translation.override(language):
            heights = [height(sheet(changes=one), ENGLISH["roomy"]) for one in (counts, amounts)]
        assert (heights[0] == heights[1]) is as_high


@pytest.mark.parametrize(("densities", "english"), [(CHINESE, False), (ENGLISH, True)])
def test_the_style_sheet_says_the_same(densities, english):
    css = Path(finders.find("css/components/paper.css")).read_text().partition("@media print")[2]
    for name, density in densities.items():
        own = f".paper--{name}"
        selectors = [".paper", own, f":lang(en) {own}"][: 3 if english else 2]
        rules = [re.findall(rf"\n  {re.escape(one)} \{{([^}}]+)\}}", css) for one in selectors]
        said = "".join(text for rule in rules for text in rule)
        assert float(re.findall(r"font-size: ([\d.]+)pt", said)[-1]) == density.letters
        assert float(re.findall(r"line-height: ([\d.]+)", said)[-1]) == density.line
