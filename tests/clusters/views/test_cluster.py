from datetime import timedelta
from decimal import Decimal

import pytest

from clusters.models import BlockReturn, Cluster
from clusters.models.provenance import Provenance
from tests.factories import (
    PUBLISHED_AT,
    make_city,
    make_clusters,
    make_period,
    make_plan,
    make_publication,
)
from tests.province import make_province

pytestmark = pytest.mark.django_db
URL = "/clusters/jinan/"


def test_shows_each_part_of_the_slogan_with_its_blocks(client, official):
    make_province()
    client.force_login(official)

    page = client.get(URL)
    [(centres, _table)] = page.context["categories"]
    assert (centres.planned, centres.operating, centres.share) == (2, 1, Decimal("0.5"))
    reported, silent = centres.blocks
    assert reported.latest.status == BlockReturn.BlockStatus.OPERATING
    assert silent.latest is None
    assert str(Provenance.UNVERIFIED.label) in page.content.decode()


def test_an_open_number_is_a_count_without_a_percentage(client, official):
    make_province()
    client.force_login(official)
    client.get(URL).context["categories"][0][0].category.__class__.objects.update(
        planned_count=None
    )

    [(centres, _table)] = client.get(URL).context["categories"]
    assert (centres.planned, centres.operating, centres.share) == (None, 1, None)


def test_yesterday_a_block_stood_as_it_was_known_yesterday(client, official):
    quarter = make_province()
    old = BlockReturn.objects.get(block__category__cluster__slug="jinan")
    later = PUBLISHED_AT + timedelta(days=5)
    old.superseded_at = later
    old.save()
    BlockReturn.objects.create(
        block=old.block, period=quarter, status="stopped", published_at=later
    )
    make_publication(published_at=later)
    client.force_login(official)

    assert client.get(URL).context["categories"][0][0].operating == 0
    before = client.get(URL + "?period=2025Q3&as_of=2026-01-21")
    assert before.context["categories"][0][0].operating == 1


def test_a_cluster_without_any_part_has_a_page_too(client, official):
    make_clusters()
    client.force_login(official)

    assert client.get(URL).context["categories"] == []


def test_a_cluster_of_two_plans_is_shown_as_the_plan_of_the_quarter_has_it(client, official):
    make_province()
    make_period("2026Q1")
    plan = make_plan(code="next", title="next", first_year=2026, last_year=2030)
    Cluster.objects.create(plan=plan, city=make_city(), slug="jinan", name="新", name_en="New")
    client.force_login(official)

    assert client.get(URL + "?period=2026Q1").context["plan"] == plan
    assert client.get(URL + "?period=2026Q1").context["categories"] == []
    assert len(client.get(URL + "?period=2025Q3").context["categories"]) == 1


def test_an_unknown_cluster_is_not_there(client, official):
    client.force_login(official)
    assert client.get("/clusters/atlantis/").status_code == 404


def test_needs_few_queries(client, official, django_assert_max_num_queries):
    make_province(firms=50)
    client.force_login(official)
    client.get(URL)

    with django_assert_max_num_queries(11):
        client.get(URL)
