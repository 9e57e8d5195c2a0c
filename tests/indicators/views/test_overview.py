import pytest
from django.urls import reverse
from django.utils.html import escape
from lxml import html

from clusters.models import Cluster, Plan
from indicators.results.answer import answer, answer_clauses
from tests.factories import (
    CITIES,
    make_city,
    make_city_return,
    make_park,
    make_period,
    make_plan,
    make_publication,
    make_target,
)
from tests.province import MANY_FIRMS, make_province

pytestmark = pytest.mark.django_db
URL = "/"


def make_things(kind, value):
    """A target that counts things of the plan."""
    things = {"kind": "established", "things": kind, "unit": "count", "value": value}
    return make_target(kind, position=4, **things)


def make_cluster_of(city):
    return Cluster.objects.create(
        plan=make_plan(), city=city, slug=city.slug, name=city.name, name_en=city.name_en
    )


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


def test_the_answer_is_the_heading_in_clauses(client, official):
    make_province(silent=["370600"])
    client.force_login(official)

    page = client.get(URL)
    [heading] = html.fromstring(page.content.decode()).xpath("//main//h1")
    assert heading.text_content() == answer(page.context["results"])
    assert len(heading.xpath("./span")) == len(answer_clauses(page.context["results"]))


def test_has_a_box_for_each_thing_with_its_name_and_its_word(client, official):
    make_province()
    make_things("clusters", "3")
    Cluster.objects.filter(slug="jinan").update(
        established_on="2025-01-01", established_evidence="文件"
    )
    Cluster.objects.filter(slug="zibo").update(not_established_on="2025-12-31")
    client.force_login(official)

    tree = html.fromstring(client.get(URL).content.decode())
    boxes = tree.xpath("//ol[@class='unit-boxes']/li")
    assert [" ".join(box.text_content().split()) for box in boxes] == [
        "Jinan Established",
        "Zibo Not established",
        "Qingdao Nothing on record",
    ]
    assert "1/3 established" in " ".join(tree.text_content().split())


def test_has_a_row_for_each_city_the_silent_ones_last(client, official):
    make_province(silent=["370600", "370100"])
    client.force_login(official)

    rows = client.get(URL).context["cities"].data
    assert [row.city.code for row in rows][-2:] == ["370100", "370600"]
    assert [row.is_silent for row in rows] == [False] * 14 + [True] * 2


def test_a_plan_of_five_clusters_and_thirty_parks_has_a_page_too(client, official):
    make_province()
    for code in ("370400", "370500"):
        make_cluster_of(make_city(code))
    for n in range(29):
        make_park(make_city(list(CITIES)[n % 16]))
    make_things("clusters", "5")
    make_things("parks", "30")
    client.force_login(official)

    page = client.get(URL)
    assert [task.of for task in page.context["tasks"]] == [5, 30]
    names = [box.name for box in page.context["tasks"][1].boxes]
    assert len(set(names)) == 30
    assert page.context["tasks"][1].size == "many"


def test_leaves_to_their_own_pages_what_is_no_answer(client, official):
    make_province()
    client.force_login(official)

    content = client.get(URL).content.decode()
    assert "data-figure" not in content
    assert "What the plan counts" not in content
    for page in ("/clusters/", "/parks/", "/enterprises/", "/methods/"):
        assert f'href="{page}"' in content


def test_the_map_is_shaded_by_the_measure_that_is_chosen_without_script(client, official):
    make_province(silent=["370600"])
    for code in CITIES:
        before = {"output_value": f"{90000000 + int(code[3]) * 1000000}.00"}
        make_city_return(make_city(code), make_period("2024Q3"), **before)
    make_publication()
    client.force_login(official)

    tree = html.fromstring(client.get(URL + "?period=2025Q3").content.decode())
    assert tree.xpath("//input[@name='map-measure']/@value") == ["growth", "share"]
    assert tree.xpath("//input[@name='map-measure']/@id") == ["map-measure-1", "map-measure-2"]
    cities = tree.xpath("//use[contains(@class, 'province-map__city')]")
    assert len(cities) == 16
    [silent] = [one for one in cities if one.get("data-silent")]
    assert silent.get("fill") == "url(#silent)"
    assert all("m1s" in one.get("class") for one in cities if one is not silent)
    assert len(tree.xpath("//*[contains(@class, 'province-map__names')]/text")) == 16


def test_an_empty_database_has_a_page_too(client, official):
    client.force_login(official)

    assert client.get(URL).status_code == 200


def test_a_plan_without_data_shows_its_targets_and_no_figure(client, official):
    make_period("2025Q3")
    make_target(baseline_value="0.4644", baseline_period="2022Q4")
    make_target("firms-over-100m")
    client.force_login(official)
    tree = html.fromstring(client.get(URL + "?period=2025Q3").content.decode())

    figures = tree.xpath("//*[@class='goal-card__words']")
    assert [one.text_content() for one in figures] == ["Not reported", "Not reported"]
    bar = tree.xpath("//*[@class='range-bar']")[0]
    assert [one.text_content() for one in bar.xpath(".//text")] == ["Target 50%", "Baseline 46.44%"]
    assert not tree.xpath("//*[@class='trend-line']")


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
    with django_assert_max_num_queries(12):
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

    with django_assert_max_num_queries(40):
        page = client.get(URL)
    assert len(page.context["results"]) == 8
    assert len(page.context["tasks"]) == 2
    assert len(page.context["goals"]) == 6
    with django_assert_max_num_queries(11):
        client.get(URL)


def test_reads_the_province_in_a_fixed_number_of_queries(
    client, official, django_assert_max_num_queries
):
    make_province(silent=["370600", "371300"], firms=30)
    client.force_login(official)

    with django_assert_max_num_queries(40):
        client.get(URL)
