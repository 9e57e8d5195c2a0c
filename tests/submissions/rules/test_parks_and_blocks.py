import pytest

from submissions.rules.block_status import WORDS, Status, status_of
from tests.submissions.rules.workshop import block, firm, only, park, reading, violations


def test_the_plans_own_parks_and_blocks_raise_nothing():
    blocks = [
        block(),
        block("专业园区2", category=None, status=None),
        block("创新中心1", category="创新中心"),
    ]
    assert (
        violations(reading(enterprises=[firm(park="园区甲")], parks=[park()], blocks=blocks)) == []
    )


def test_w165_a_park_outside_the_plan_is_one_finding_for_each_name():
    lines = [firm(1), firm(2, park="园区乙"), firm(3, park=" 园区乙"), firm(4, park="园区甲")]
    found = only(violations(reading(enterprises=lines)), "W165")
    assert (found.cell, found.params["lines"]) == ("C6", "2")


def test_w166_park_progress_names_a_park_of_nobody():
    found = only(violations(reading(enterprises=[firm()], parks=[park("园区乙")])), "W166")
    assert (found.sheet, found.cell) == ("园区进展", "A5")
    assert "园区甲" in found.message


def test_w167_a_city_without_a_park_reports_on_one():
    found = only(
        violations(reading(enterprises=[firm()], parks=[park("园区乙")]), parks={}), "W167"
    )
    assert (found.sheet, found.cell) == ("园区进展", None)


def test_w168_a_city_without_a_cluster_reports_on_one():
    looked_at = reading(enterprises=[firm()], blocks=[block("某物", category="某类")])
    found = only(violations(looked_at, categories=None), "W168")
    assert (found.sheet, found.cell) == ("集群建设", None)


def test_w169_a_category_the_cluster_does_not_have():
    looked_at = reading(enterprises=[firm()], blocks=[block(category="研究院")])
    found = only(violations(looked_at), "W169")
    assert found.cell == "B5"
    assert "专业园区、创新中心" in found.message


@pytest.mark.parametrize("category", ["专业园区", None])
def test_w170_a_block_the_plan_does_not_have(category):
    looked_at = reading(enterprises=[firm()], blocks=[block("专业园区9", category=category)])
    assert only(violations(looked_at), "W170").cell == "A5"


def test_w171_a_new_block_joins_an_open_category():
    looked_at = reading(enterprises=[firm()], blocks=[block("创新中心7", category="创新中心")])
    found = only(violations(looked_at), "W171")
    assert (found.cell, found.params["category"]) == ("A5", "创新中心")


def test_e172_an_unknown_status():
    found = only(violations(reading(enterprises=[firm()], blocks=[block(status="良好")])), "E172")
    assert found.cell == "D5"
    assert "未开工、在建、建成运营、停建" in found.remedy


def test_e173_a_park_stands_twice():
    found = only(violations(reading(enterprises=[firm()], parks=[park(), park()])), "E173")
    assert (found.cell, found.params["first"]) == ("A6", "A5")


def test_e174_a_block_stands_twice_with_its_category_and_without():
    looked_at = reading(enterprises=[firm()], blocks=[block(), block(category=None)])
    assert only(violations(looked_at), "E174").params["first"] == "A5"


def test_every_status_has_words_and_no_word_means_two():
    assert set(WORDS) == set(Status)
    assert sum(map(len, WORDS.values())) == len({w for words in WORDS.values() for w in words})
    assert status_of(" 建设 中") == Status.BUILDING
