import re

import pytest
from django.utils.html import escape

from config.web.downloads import PARAMETER
from indicators.models import Target
from parks.models import Park
from tests.factories import CITIES, make_city, make_period, make_target
from tests.province import MANY_FIRMS, make_firms, make_province

pytestmark = pytest.mark.django_db
SHARE, FIRMS = "/indicators/cluster-output-share/", "/indicators/firms-over-100m/"


@pytest.mark.parametrize("url", [SHARE, FIRMS])
def test_shows_the_sentence_the_formula_and_two_charts(client, official, url):
    make_province(silent=["370600"])
    client.force_login(official)

    page = client.get(url)
    assert escape(str(page.context["indicator"].formula)) in page.content.decode()
    assert len(page.context["charts"]) == 2
    assert page.context["result"].provisional


def test_what_is_known_of_the_silent_cities_and_the_sentence_are_the_same_in_the_api(
    client, official
):
    make_province(silent=["370600", "371300"])
    client.force_login(official)

    page = client.get(SHARE)
    assert [one.city.slug for one in page.context["result"].silent] == ["yantai", "linyi"]
    content = page.content.decode()
    assert "no estimate: a silent city has no earlier figure to go by" in content
    assert "at most 21.5%" in content
    said = client.get("/api/v1" + SHARE).json()["explanation"]
    assert escape(said) in content


def test_how_many_of_a_silent_city_are_over_is_a_number_and_not_an_amount(client, official):
    make_province(period="2025Q3")
    report_all_but("370600", "2025Q4")
    client.force_login(official)

    page = client.get(f"{FIRMS}?period=2025Q4").content.decode()
    table = page.split('aria-labelledby="silent"')[2].split("</table>")[0]
    assert "Yantai" in table
    assert '<td class="number">0</td>' in table
    assert "0.00</td>" not in table


def report_all_but(silent, code):
    """All but one city report an enterprise of another quarter."""
    for city in CITIES:
        if city != silent:
            make_firms(make_city(city), make_period(code), 1)


def test_an_unknown_indicator_is_not_there(client, official):
    client.force_login(official)
    assert client.get("/indicators/happiness/").status_code == 404


def test_names_near_misses_of_the_readers_cities_only(client, officer, official):
    make_province(period="2025Q4")

    client.force_login(officer)
    page = client.get(FIRMS)
    assert [enterprise.name for enterprise, _ in page.context["near_misses"].data] == ["济南企业0"]
    assert page.context["near_misses_elsewhere"] == 15
    assert "青岛企业0" not in page.content.decode()

    client.force_login(official)
    assert len(client.get(FIRMS).context["near_misses"].data) == 16


def test_a_public_page_names_no_enterprise(client, settings):
    settings.PUBLIC_DASHBOARD = True
    make_province(period="2025Q4")

    page = client.get(FIRMS)
    assert page.status_code == 200
    assert page.context["near_misses"] == []
    assert page.context["near_misses_elsewhere"] == 16
    assert "企业0" not in page.content.decode()


@pytest.mark.parametrize("firms", [6, MANY_FIRMS])
def test_needs_few_queries_whatever_the_number_of_enterprises(
    client, official, firms, django_assert_max_num_queries
):
    make_province(period="2025Q4", firms=firms)
    client.force_login(official)
    client.get(FIRMS)

    with django_assert_max_num_queries(11):
        client.get(FIRMS)


def test_a_count_of_parks_lists_each_with_its_evidence(client, official):
    make_province()
    make_target("parks", kind="established", things="parks", value="10", unit="count")
    Park.objects.update(established_on="2025-05-01", established_evidence="验收意见三号")
    client.force_login(official)

    page = client.get("/indicators/parks/?period=2025Q3")
    assert [thing.status for thing in page.context["result"].things] == ["established"]
    content = page.content.decode()
    assert "验收意见三号" in content
    assert "/parks/qingdao-park/" in content
    assert len(page.context["charts"]) == 1


def test_its_versions_can_be_taken_along(client, official):
    make_province()
    target = Target.objects.get(indicator="firms-over-100m")
    target.value = 320
    target._change_reason = "省政府调整"
    target.save()
    client.force_login(official)

    taken = client.get(f"{FIRMS}?period=2025Q3&{PARAMETER}=versions.csv")
    assert taken["Content-Type"].startswith("text/csv")
    lines = taken.content.decode("utf-8-sig")
    assert "省政府调整" in lines
    assert "target value: 300 → 320" in lines


SECTION = re.compile(r'<section class="section" aria-labelledby="([a-z]+)">(.*?)</section>', re.S)
# Of these the method is there in full, or what stands is on record and not calculated.
OWN_METHOD = {"method", "versions"}


def make_targets_of_every_kind():
    """A province of two quarters with a silent city, and a target of each kind."""
    make_province(period="2025Q3")
    report_all_but("370600", "2025Q4")
    given = {"baseline_value": "1", "baseline_period": "2022Q4"}
    make_target("revenue", kind="level", measure="revenue", unit="yi", value="9", **given)
    make_target("parks", kind="established", things="parks", unit="count", value="10", **given)
    Target.objects.filter(indicator="cluster-output-share").update(
        baseline_value="0.1", baseline_period="2022Q4"
    )
    return ["cluster-output-share", "firms-over-100m", "revenue", "parks"]


def test_every_figure_leads_to_its_arithmetic_and_its_method(client, official):
    codes = make_targets_of_every_kind()
    client.force_login(official)
    methods = set(re.findall(r'id="([\w-]+)"', client.get("/methods/").content.decode()))

    for code in codes:
        page = client.get(f"/indicators/{code}/?period=2025Q4").content.decode()
        sections = dict(SECTION.findall(page))
        assert sections.keys() >= {"drawn", "method"}
        for name, content in sections.items():
            led_to = re.search(r'href="/methods/\?period=2025Q4#([\w-]+)"', content)
            assert name in OWN_METHOD or (led_to and led_to[1] in methods), (code, name)


def test_attainment_and_pace_are_shown_as_sums(client, official):
    make_targets_of_every_kind()
    client.force_login(official)

    page = client.get("/indicators/parks/?period=2025Q4")
    assert page.context["result"].attainment_sum in page.content.decode()
    share = client.get(f"{SHARE}?period=2025Q3").content.decode()
    assert "÷ (50% − 10%)" in share
    assert "10% + 91.67% × (50% − 10%) = 46.67%" in share
