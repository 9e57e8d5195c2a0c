from decimal import Decimal

import pytest

from foundation.quarters import Quarter
from tests.factories import (
    make_city,
    make_city_return,
    make_enterprise,
    make_enterprise_return,
    make_period,
)
from tests.province import MANY_FIRMS, make_province

pytestmark = pytest.mark.django_db


def test_shows_what_the_city_makes_and_who_is_near_the_threshold(client, officer):
    make_province(period="2025Q4")
    client.force_login(officer)

    context = client.get("/cities/jinan/").context
    assert context["figures"].totals.output_value == Decimal("100000000.00")
    assert context["figures"].share == Decimal(1) / 16
    assert [enterprise.name for enterprise, _ in context["near_misses"].data] == ["济南企业0"]


def test_another_city_is_not_there_for_a_bureau(client, stranger, city):
    client.force_login(stranger)
    assert client.get("/cities/jinan/").status_code == 404


def test_a_silent_city_has_a_page_too(client, official):
    make_province(silent=["370600"])
    client.force_login(official)

    page = client.get("/cities/yantai/")
    assert page.context["figures"].totals.output_value is None
    assert not page.context["figures"].output_reported


@pytest.mark.parametrize("firms", [6, MANY_FIRMS])
def test_needs_few_queries_whatever_the_number_of_enterprises(
    client, officer, firms, django_assert_max_num_queries
):
    make_province(period="2025Q4", firms=firms)
    client.force_login(officer)
    client.get("/cities/jinan/")

    with django_assert_max_num_queries(11):
        client.get("/cities/jinan/")


def test_a_declared_nothing_is_marked_and_silent_enterprises_are_counted(client, official):
    quarter = make_province(silent=("371000",))
    city = make_city("371000")
    declared = make_city_return(city, quarter, output_value="0", revenue="0", nil=True)
    firm = make_enterprise(city)
    make_enterprise_return(firm, quarter, revenue=None, output_value=None, nil="closed")
    client.force_login(official)

    page = client.get(f"{city.get_absolute_url()}?period=2025Q3").content.decode()
    assert 'data-status="nil"' in page
    assert "zero by this declaration" in page
    assert "1 of its enterprises is without business" in page
    assert declared.nil


@pytest.mark.parametrize(
    ("way", "amount"),
    [("cumulative", "90"), ("quarter", "50"), ("rolling", "110"), ("year", None)],
)
def test_amounts_are_shown_in_the_way_that_is_asked_for(client, official, way, amount):
    for code, output in [("2024Q3", "80"), ("2024Q4", "100"), ("2025Q2", "40"), ("2025Q3", "90")]:
        make_city_return(make_city(), make_period(code), output_value=output)
    client.force_login(official)

    page = client.get(f"/cities/jinan/?period=2025Q3&amounts={way}")

    row = page.context["charts"][0].table.rows[-1]
    assert row[:2] == (("2024", 100) if way == "year" else (Quarter(2025, 3), Decimal(amount)))


def test_a_way_that_is_none_is_not_there(client, official):
    make_city_return()
    client.force_login(official)
    assert client.get("/cities/jinan/?amounts=daily").status_code == 404
