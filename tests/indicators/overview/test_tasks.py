import pytest

from clusters.models import Cluster
from enterprises.models import Tier, TierAward
from indicators.overview.tasks import boxes_of, task_cards
from indicators.results.scorecard import scorecard
from tests.factories import make_city, make_enterprise, make_park, make_target, make_title_target
from tests.indicators.results.shown import seen
from tests.province import make_province

pytestmark = pytest.mark.django_db
TODAY = "2025-01-01"


def cards(quarter="2025Q3"):
    return task_cards(scorecard(seen(quarter)))


def make_things(kind, value="3"):
    make_target(kind, kind="established", things=kind, unit="count", value=value)


def test_a_box_for_each_thing_established_first_and_nothing_on_record_last():
    make_province()
    make_things("clusters")
    Cluster.objects.filter(slug="zibo").update(established_on=TODAY, established_evidence="文件")
    Cluster.objects.filter(slug="qingdao").update(not_established_on="2025-12-31")

    [card] = cards()
    assert [(box.name, box.status) for box in card.boxes] == [
        ("Zibo", "established"),
        ("Qingdao", "not_established"),
        ("Jinan", "not_known"),
    ]
    assert (card.built, card.of, card.unknown, card.size) == (1, 3, 1, "few")


def test_things_not_built_when_the_deadline_is_over_have_the_word_of_the_answer():
    make_province(period="2025Q4")
    make_things("clusters")
    established = {"established_on": TODAY, "established_evidence": "文件"}
    Cluster.objects.exclude(slug="zibo").update(**established)
    Cluster.objects.filter(slug="zibo").update(not_established_on="2025-12-31")

    [card] = cards("2025Q4")
    assert card.result.status == "not_established_in_time"


def test_several_things_of_one_city_are_numbered():
    make_province()
    make_things("parks", "10")
    make_park(make_city("370200"), name="青岛第二园区", name_en="Second park")

    [card] = cards()
    assert {box.name for box in card.boxes} == {"Qingdao1", "Qingdao2"}
    assert len({box.title for box in card.boxes}) == 2


def test_a_number_of_titles_has_a_bar_and_its_target_in_the_heading():
    make_province()
    tier = make_title_target("4", "3", "5", name="龙头企业", name_en="Leading firms")
    for n in range(2):
        TierAward.objects.create(
            enterprise=make_enterprise(),
            tier=tier,
            awarded_on="2023-01-01",
            document=f"文件{n}",
            source="省厅",
        )

    [card] = cards()
    assert card.boxes == ()
    assert card.size == "number"
    assert card.heading == "Leading firms (target: about 4 enterprises)"
    assert round(card.bar.target / card.bar.length, 9) == 2


def test_without_a_record_there_is_no_bar():
    make_province()
    tier = Tier.objects.create(code="leading", name="龙头", name_en="Leading")
    more = {"things": "title", "tier": tier, "unit": "count", "value": "4"}
    make_target("leading", kind="established", **more)

    [card] = cards()
    assert card.bar is None


def test_no_things_have_no_boxes():
    assert boxes_of(()) == ()
