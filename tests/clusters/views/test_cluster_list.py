import pytest

from clusters.models import BlockReturn, BuildingBlock
from tests.audit.rewritten import rewrite
from tests.province import MANY_FIRMS, make_province

pytestmark = pytest.mark.django_db


def test_shows_the_plans_clusters_with_their_figures(client, official):
    make_province(period="2025Q4")
    client.force_login(official)

    page = client.get("/clusters/")
    assert [cluster.slug for cluster, _parts in page.context["clusters"]] == [
        "jinan",
        "qingdao",
        "zibo",
    ]
    told = client.get("/clusters/?download=clusters.json").json()
    [jinan, *_others] = told["rows"]
    row = dict(zip(told["columns"], jinan, strict=True)) if isinstance(jinan, list) else jinan
    assert row["Building blocks in operation"] == "1/2"
    # Its charts stand on its own page, once.
    assert "data-figure" not in page.content.decode()


def test_shows_how_far_each_part_is(client, official):
    make_province()
    client.force_login(official)

    page = client.get("/clusters/")
    for _cluster, table in page.context["clusters"]:
        [centres] = table.data
        assert (centres.operating, centres.planned, centres.overdue, centres.stale) == (1, 2, 0, 0)
    assert "1 of 2 in operation" in page.content.decode()


def test_without_a_plan_there_is_no_cluster_and_no_error(client, official):
    client.force_login(official)
    assert list(client.get("/clusters/").context["clusters"]) == []


@pytest.mark.parametrize("firms", [6, MANY_FIRMS])
def test_needs_few_queries_whatever_the_number_of_enterprises(
    client, official, firms, django_assert_max_num_queries
):
    make_province(firms=firms)
    client.force_login(official)
    client.get("/clusters/")

    with django_assert_max_num_queries(11):
        client.get("/clusters/")


def test_what_is_in_operation_without_evidence_is_counted_apart(client, official):
    make_province()
    client.force_login(official)
    block = BuildingBlock.objects.get(category__cluster__slug="zibo", content="中心1")
    BuildingBlock.objects.filter(pk=block.pk).update(evidence="验收纪要")

    for address, words in (
        ("/clusters/", "1 of 2 in operation, 0 of them with evidence"),
        ("/clusters/zibo/", "1 of 2 in operation, 1 of them with evidence"),
        ("/clusters/jinan/", "1 of 2 in operation, 0 of them with evidence"),
    ):
        assert words in client.get(address).content.decode()
    chinese = client.get("/clusters/jinan/", headers={"accept-language": "zh-hans"})
    assert "其中有佐证0个" in chinese.content.decode()


def test_of_none_in_operation_nothing_is_said_of_evidence(client, official):
    make_province()
    rewrite(BlockReturn.objects, status="building")
    client.force_login(official)

    page = client.get("/clusters/").content.decode()
    assert "0 of 2 in operation" in page
    assert "with evidence" not in page
