from datetime import UTC, datetime
from decimal import Decimal

import pytest

from enterprises.models import EnterpriseReturn
from tests.factories import (
    make_city,
    make_city_return,
    make_enterprise,
    make_enterprise_return,
    make_period,
    make_target,
)
from tests.province import make_province

pytestmark = pytest.mark.django_db
SHARE = "/indicators/cluster-output-share/movement/"
FIRMS = "/indicators/firms-over-100m/movement/"
MOMENTS = "?period=2025Q3&from=2024Q3"


@pytest.fixture
def province():
    """A quarter of sixteen cities, and a year later two, with an enterprise that grew in each."""
    make_province(period="2024Q3")
    for code in ("370100", "370700"):
        grown = make_enterprise(make_city(code), name=f"{make_city(code).short_name}成长")
        make_enterprise_return(grown, make_period("2024Q3"), revenue="90000000.00")
        make_enterprise_return(grown, make_period("2025Q3"), revenue="120000000.00")


def test_says_in_words_by_how_much_it_moved_and_why(client, official, province):
    client.force_login(official)

    page = client.get(FIRMS + MOMENTS)

    assert "From 0 firms" in page.context["sentence"]
    assert "+2 firms: Change between the years +2 firms" in page.context["sentence"]
    assert page.context["sentence"].startswith("Same 2 cities: ")
    assert "Yantai" in page.context["left_out"]
    assert page.context["grid"].whole == 2
    assert page.context["charts"][0].table.rows[-1][1:] == (2, 2)


@pytest.mark.parametrize("url", [SHARE, FIRMS])
def test_without_moments_it_compares_with_a_year_earlier(client, official, url):
    make_province(period="2025Q2")
    client.force_login(official)

    page = client.get(f"{url}?period=2025Q2")

    assert page.status_code == 200
    assert str(page.context["earlier"].quarter) == "2024Q2"


def test_different_months_are_not_compared_but_what_can_be_is_offered(client, official, province):
    make_city_return(make_city(), make_period("2025Q2"))
    client.force_login(official)

    page = client.get(SHARE + "?period=2025Q3&from=2025Q2")

    assert page.status_code == 200
    assert "different months" in page.context["sentence"]
    assert page.context["grid"] is None
    assert [str(q) for q in page.context["choices"]] == ["2025Q3", "2024Q3"]
    presets = {one.label: one.query for one in page.context["presets"]}
    assert presets["A year earlier"] == "period=2025Q3&from=2024Q3"
    assert "Since last quarter" not in presets
    assert "What can be compared:" in page.content.decode()


def test_names_enterprises_of_the_readers_cities_only(client, officer, official, province):
    client.force_login(officer)
    page = client.get(FIRMS + MOMENTS)
    assert [row.enterprise.name for row in page.context["contributors"].rows] == ["济南成长"]
    assert [(str(c), n) for c, n in page.context["contributors"].elsewhere] == [("Weifang", 1)]
    assert "潍坊成长" not in page.content.decode()

    client.force_login(official)
    assert len(client.get(FIRMS + MOMENTS).context["contributors"].rows) == 2


def test_a_public_page_names_no_enterprise(client, settings, province):
    settings.PUBLIC_DASHBOARD = True

    page = client.get(FIRMS + MOMENTS)

    assert page.context["contributors"].rows == ()
    assert "成长" not in page.content.decode()


def test_what_was_corrected_since_a_day_is_a_correction(client, official, province):
    later = datetime(2026, 3, 1, tzinfo=UTC)
    old = EnterpriseReturn.objects.filter(revenue="120000000.00").first()
    EnterpriseReturn.objects.filter(pk=old.pk).update(superseded_at=later)
    make_enterprise_return(old.enterprise, old.period, revenue="1.00", published_at=later)
    client.force_login(official)

    page = client.get(FIRMS + "?period=2025Q3&from=2025Q3&since=2026-02-01")

    assert "Corrections −1 firm" in page.context["sentence"]


@pytest.mark.parametrize("asked", ["from=2025Q2&since=2999-01-01", "from=1999Q1", "from=x"])
def test_moments_that_cannot_be_are_refused_with_a_word(client, official, province, asked):
    client.force_login(official)

    page = client.get(f"{FIRMS}?period=2025Q3&{asked}")

    assert page.status_code == 422
    assert page.context["form"].errors
    assert 'role="alert"' in page.content.decode()


def test_the_movement_of_all_leads_to_the_first_target_and_keeps_the_viewpoint(
    client, official, province
):
    client.force_login(official)
    assert client.get("/movement/?period=2025Q3").url == f"{SHARE}?period=2025Q3"
    assert client.get("/movement/").url == SHARE


def test_without_a_target_that_is_split_it_says_who_enters_one(client, official):
    make_target("clusters", kind="established", things="clusters", value=Decimal(3), measure="")
    make_period("2025Q4")
    client.force_login(official)
    assert (
        "No target of this quarter can be split."
        in client.get("/movement/?period=2025Q4").content.decode()
    )


def test_it_leads_to_the_movement_of_the_other_targets(client, official, province):
    client.force_login(official)

    page = client.get(SHARE + "?period=2025Q3").content.decode()
    assert f'href="{FIRMS}?period=2025Q3"' in page
    assert f'href="{SHARE}?period=2025Q3" aria-current="page"' in page


def test_an_unknown_indicator_is_not_there(client, official):
    client.force_login(official)
    assert client.get("/indicators/happiness/movement/").status_code == 404


def test_the_table_of_cities_comes_as_a_file_that_adds_up(client, official, province):
    client.force_login(official)

    table = client.get(FIRMS + MOMENTS + "&download=cities.json").json()

    *cities, total = table["rows"]
    assert sum(int(row[-1]) for row in cities) == int(total[-1]) == 2


@pytest.mark.parametrize("firms", [6, 60])
@pytest.mark.parametrize("since", ["", "&since=2026-02-01"])
def test_needs_few_queries_whatever_the_number_of_enterprises(
    client, official, province, firms, since, django_assert_max_num_queries
):
    for _ in range(firms):
        grown = make_enterprise(make_city("370200"))
        make_enterprise_return(grown, make_period("2025Q3"), revenue="120000000.00")
    client.force_login(official)
    client.get(FIRMS + MOMENTS + since)

    with django_assert_max_num_queries(11):
        client.get(FIRMS + MOMENTS + since)


@pytest.mark.parametrize("address", [SHARE, FIRMS])
def test_does_not_calculate_a_result_of_which_it_needs_the_baseline_alone(
    client, official, province, monkeypatch, address
):
    def costly(*_arguments):
        raise AssertionError

    monkeypatch.setattr("indicators.results.scorecard._calculated", costly)
    client.force_login(official)
    assert client.get(address + MOMENTS).status_code == 200
