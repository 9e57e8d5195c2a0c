import pytest
from django.urls import reverse
from django.utils.html import escape

from clusters.models import Plan
from tests.factories import (
    make_city,
    make_city_return,
    make_period,
    make_publication,
    make_target,
)
from tests.province import MANY_FIRMS, make_province

pytestmark = pytest.mark.django_db
URL = "/"


def test_shows_both_targets_with_their_sentence_and_who_is_missing(client, official):
    make_province(silent=["370600"])
    client.force_login(official)

    page = client.get(URL)
    content = page.content.decode()
    for result in page.context["results"]:
        assert escape(str(result.indicator.name)) in content
        assert result.coverage.accepted == 15
    assert "15/16" in content
    assert "Yantai" in content


def test_has_rows_of_clusters_parks_cities_and_enterprises(client, official):
    make_province()
    client.force_login(official)

    context = client.get(URL).context
    assert [row.cluster.slug for row in context["clusters"]] == ["jinan", "qingdao", "zibo"]
    assert [row.park.slug for row in context["parks"].data] == ["qingdao-park"]
    assert len(context["cities"]) == 16
    assert context["enterprises"].reporting == 16
    assert context["enterprises"].over == 0


def test_an_empty_database_has_a_page_too(client, official):
    client.force_login(official)

    assert client.get(URL).status_code == 200


def test_a_plan_without_targets_has_a_page_too(client, official):
    make_city_return(make_city())
    client.force_login(official)

    assert "no target" in client.get(URL).content.decode()
    assert not Plan.objects.exists()


def test_asks_for_a_sign_in(client, db):
    answer = client.get(URL)
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("login"))


def test_is_open_to_everybody_where_the_dashboard_is_public(client, settings):
    settings.PUBLIC_DASHBOARD = True
    make_province()
    assert client.get(URL).status_code == 200


def test_looks_at_the_quarter_and_the_day_asked_for(client, official):
    make_province()
    make_city_return(make_city(), make_period("2025Q2"), output_value="7.00")
    make_publication()
    client.force_login(official)

    share = client.get(URL + "?period=2025Q2").context["results"][0]
    assert share.denominator == 7
    before = client.get(URL + "?period=2025Q2&as_of=2025-01-01").context["results"][0]
    assert before.value is None


def test_a_day_looked_back_to_leads_to_what_moved_each_target_since(client, official):
    make_province()
    make_target("staff", position=3, kind="level", measure="employees", unit="count", value=9)
    things = {"kind": "established", "things": "clusters", "unit": "count", "value": 3}
    make_target("clusters", position=4, **things)
    client.force_login(official)

    content = client.get(URL + "?period=2025Q3&as_of=2025-10-31").content.decode()

    asked = "?period=2025Q3&amp;from=2025Q3&amp;since=2025-10-31"
    for code in ("cluster-output-share", "firms-over-100m", "staff"):
        assert f"/indicators/{code}/movement/{asked}" in content
    assert "/indicators/clusters/movement/" not in content


@pytest.mark.parametrize("firms", [6, MANY_FIRMS])
def test_needs_few_queries_whatever_the_number_of_enterprises(
    client, official, firms, django_assert_max_num_queries
):
    make_province(firms=firms)
    client.force_login(official)
    client.get(URL)

    # Three of them are those of the completeness strip.
    with django_assert_max_num_queries(11):
        client.get(URL)


@pytest.mark.parametrize("firms", [6, MANY_FIRMS])
def test_drawing_all_of_it_anew_takes_few_queries_too(
    client, official, firms, django_assert_max_num_queries
):
    make_province(firms=firms, silent=["370600"])
    client.force_login(official)
    client.get(URL)

    # What asks for more than a viewpoint is never cached (config.web.page_key).
    with django_assert_max_num_queries(11):
        assert "What needs attention" in client.get(URL + "?drawn=anew").content.decode()


def make_targets_of_every_kind():
    """Three more thresholds, a total with an interim point, the plan's counts."""
    for n in (1, 2, 5):
        make_target(
            f"firms-over-{n}m",
            kind="count",
            measure="revenue",
            threshold=f"{n}000000",
            value="9",
            unit="count",
        )
    total = make_target("total", kind="level", measure="revenue", unit="yi", value="9")
    total.interim_points.create(period="2024Q4", value="5")
    for things in ("clusters", "parks"):
        make_target(things, kind="established", things=things, value="3", unit="count")


def test_more_targets_cost_no_more_queries(client, official, django_assert_max_num_queries):
    make_province(silent=["370600", "371300"], firms=30)
    make_targets_of_every_kind()
    client.force_login(official)

    with django_assert_max_num_queries(37):
        page = client.get(URL)
    assert len(page.context["results"]) == 8
    assert len(page.context["counts"]) == 2
    with django_assert_max_num_queries(11):
        client.get(URL)


def test_reads_the_province_in_a_fixed_number_of_queries(
    client, official, django_assert_max_num_queries
):
    make_province(silent=["370600", "371300"], firms=30)
    client.force_login(official)

    with django_assert_max_num_queries(37):
        client.get(URL)
