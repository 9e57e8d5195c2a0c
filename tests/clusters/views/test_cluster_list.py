import pytest

from tests.province import make_province

pytestmark = pytest.mark.django_db


def test_shows_the_plans_clusters_with_their_figures(client, official):
    make_province()
    client.force_login(official)

    page = client.get("/clusters/")
    assert [cluster.slug for cluster, _parts in page.context["clusters"]] == [
        "jinan",
        "qingdao",
        "zibo",
    ]
    assert "data-figure" in page.content.decode()


def test_shows_how_far_each_part_is(client, official):
    make_province()
    client.force_login(official)

    page = client.get("/clusters/")
    for _cluster, [centres] in page.context["clusters"]:
        assert (centres.operating, centres.planned, centres.overdue, centres.stale) == (1, 2, 0, 0)
    assert "1 of 2 in operation" in page.content.decode()


def test_without_a_plan_there_is_no_cluster_and_no_error(client, official):
    client.force_login(official)
    assert list(client.get("/clusters/").context["clusters"]) == []


@pytest.mark.parametrize("firms", [6, 625])
def test_needs_few_queries_whatever_the_number_of_enterprises(
    client, official, firms, django_assert_max_num_queries
):
    make_province(firms=firms)
    client.force_login(official)
    client.get("/clusters/")

    with django_assert_max_num_queries(8):
        client.get("/clusters/")
