import re

import pytest

from clusters.models import Cluster
from tests.factories import make_city, make_period, make_plan
from tests.province import make_province

pytestmark = pytest.mark.django_db


def test_shows_every_citys_totals_and_opens_the_readers_own(client, officer):
    make_province(silent=["370600"])
    client.force_login(officer)

    page = client.get("/cities/")
    assert len(page.context["table"].data) == 16
    assert page.context["own"] == {"370100"}
    assert "/cities/jinan/" in page.content.decode()
    assert "/cities/weifang/" not in page.content.decode()
    silent = next(row for row in page.context["table"].data if row.city.code == "370600")
    assert (silent.totals.revenue, silent.over, silent.share) == (None, None, None)


def test_a_column_of_shares_says_of_whose_output_value_they_are(client, official):
    make_province(silent=["370600"])
    client.force_login(official)

    page = client.get("/cities/")
    table = client.get("/cities/?download=cities.json").json()

    heading = "Share of the output value of the 15 cities that reported"
    assert heading in table["columns"]
    assert page.content.decode().count(heading) == 1
    # Only an estimate may say so: nobody's year before is known here.
    assert "Share of the province" not in page.content.decode()


def test_the_province_opens_all_of_them(client, official):
    make_province()
    client.force_login(official)
    assert len(client.get("/cities/").context["own"]) == 16


def test_needs_few_queries(client, official, django_assert_max_num_queries):
    make_province(firms=50)
    client.force_login(official)
    client.get("/cities/")

    with django_assert_max_num_queries(9):
        client.get("/cities/")


def test_cities_lie_on_a_map_and_silence_shows_on_it(client, official):
    make_province(silent=["370600"])
    client.force_login(official)

    page = client.get("/cities/").content.decode()

    assert len(re.findall(r'<use class="province-map__city', page)) == 16
    assert len(re.findall(r'fill="url\(#silent\)"', page)) == 1


@pytest.mark.parametrize(
    ("setting", "words"), [("", "to be filled in"), ("鲁SG(2026)001号", "001号")]
)
def test_the_map_bears_its_approval_number(client, official, settings, setting, words):
    settings.MAP_CAPTION = setting
    make_province()
    client.force_login(official)

    assert words in client.get("/cities/").content.decode()


def test_each_plans_clusters_have_a_colour_by_their_order(client, official):
    make_province()
    make_period("2026Q1")
    plan = make_plan(code="next", title="next", first_year=2026, last_year=2030)
    for code in ("370600", "371300"):
        city = make_city(code)
        Cluster.objects.create(plan=plan, city=city, slug=city.slug, name=code, name_en=code)
    client.force_login(official)

    for period, number in (("2025Q3", 3), ("2026Q1", 2)):
        page = client.get(f"/cities/?period={period}").content.decode()
        colours = sorted(re.findall(r'class="cluster-mark" data-cluster="(\d*)"', page))
        assert colours == [str(one) for one in range(1, number + 1)]
        # On the map as well.
        assert sorted(re.findall(r'data-cluster="(\d*)"', page)) == sorted(colours * 2)
    own = client.get("/cities/linyi/?period=2026Q1").content.decode()
    assert 'class="cluster-mark" data-cluster="2"' in own
    own = client.get("/clusters/linyi/?period=2026Q1").content.decode()
    assert 'class="cluster-mark" data-cluster="2"' in own
