import csv
import io
from decimal import Decimal

import pytest

from enterprises.models import Enterprise, EnterpriseReturn, IndustryField
from foundation.tables import WITHHELD
from tests.audit.rewritten import rewrite
from tests.factories import (
    make_cities,
    make_city,
    make_enterprise,
    make_enterprise_return,
    make_park,
    make_period,
    make_publication,
    make_user,
)

pytestmark = pytest.mark.django_db
URL = "/enterprises/totals/?period=2025Q3"


@pytest.fixture
def province(db):
    """Jinan has four enterprises, one of them in a park; Qingdao four, Zibo one of 7,000,000."""
    make_cities()
    period = make_period("2025Q3")
    field = IndustryField.objects.create(code="s", name="环境服务业", name_en="Services")
    for code, number in (("370100", 4), ("370200", 4), ("370300", 1)):
        for n in range(number):
            firm = make_enterprise(make_city(code), field=field if n else None)
            amount = "7000000.00" if number == 1 else "1000000.00"
            make_enterprise_return(firm, period, revenue=amount, output_value=amount)
    park = make_park(make_city("370100"), name_en="Park of Jinan")
    first = EnterpriseReturn.objects.filter(city__code="370100").order_by("pk")[:1]
    rewrite(EnterpriseReturn.objects.filter(pk__in=first.values("pk")), park=park)
    make_publication(period=period)


HIDDEN = [WITHHELD] * 3


def rows(page):
    """The figures of each row, by its names: firms, output value and revenue."""
    data = page.context["table"].data
    return {tuple(map(str, row[:-3])): list(row[-3:]) for row in data}


def test_inside_every_sum_is_shown(client, official, province):
    client.force_login(official)

    page = client.get(URL)
    found = rows(page)
    assert found[("Zibo",)][2] == Decimal("7000000.00")
    assert page.context["table"].data[-1][-1] == Decimal("15000000.00")
    assert "Not disclosed" not in page.content.decode()


def test_outside_one_enterprise_is_hidden_and_another_row_with_it(client, official, province):
    client.force_login(official)

    found = rows(client.get(URL + "&for=outside"))
    assert found[("Zibo",)] == HIDDEN
    assert list(found.values()).count(HIDDEN) == 2
    content = client.get(URL + "&for=outside").content.decode()
    assert "700.00" not in content


def test_outside_a_citys_park_is_hidden_with_the_rest_of_the_city(client, official, province):
    client.force_login(official)

    found = rows(client.get(URL + "&for=outside&by=park"))
    assert found[("Jinan", "Park of Jinan")] == HIDDEN
    assert found[("Jinan", "outside the parks")] == HIDDEN


def test_by_field_the_unclassified_are_a_row(client, official, province):
    client.force_login(official)

    page = client.get(URL + "&by=field")
    assert rows(page)[("not classified",)][0] == 3
    assert "not classified" in page.content.decode()


def test_a_bureau_gets_only_the_table_for_outside(client, officer, province):
    client.force_login(officer)

    page = client.get(URL)
    assert rows(page)[("Zibo",)] == HIDDEN
    assert "for=outside" not in page.content.decode()


def test_a_bureau_sees_its_own_city_and_may_not_hand_that_on(client, province):
    client.force_login(make_user("bureau", make_city("370300")))

    page = client.get(URL)
    assert rows(page)[("Zibo",)] != HIDDEN
    assert "Inside use" in client.get(URL + "&download=totals.csv").content.decode()
    outside = client.get(URL + "&for=outside")
    assert rows(outside)[("Zibo",)] == HIDDEN
    file = client.get(URL + "&for=outside&download=totals.csv").content.decode()
    assert "May leave the province" in file


def test_the_file_hides_what_the_page_hides_and_says_by_what_rule(client, official, province):
    client.force_login(official)

    answer = client.get(URL + "&for=outside&download=totals.csv")
    text = answer.content.decode("utf-8-sig")
    table = list(csv.reader(io.StringIO(text)))
    assert ["Zibo", "Not disclosed", "Not disclosed", "Not disclosed"] in table
    assert "fewer than 3 enterprises" in text
    inside = client.get(URL + "&download=totals.csv").content.decode()
    assert "Inside use" in inside


def test_a_quarter_without_figures_says_so(client, official, province):
    make_period("2024Q1")
    client.force_login(official)

    assert (
        "No enterprise has been reported"
        in client.get("/enterprises/totals/?period=2024Q1").content.decode()
    )


def test_an_unknown_grouping_is_by_city(client, official, province):
    client.force_login(official)
    assert client.get(URL + "&by=size").context["by"] == "city"


def test_needs_few_queries(client, official, province, django_assert_max_num_queries):
    client.force_login(official)
    client.get(URL + "&by=field")

    with django_assert_max_num_queries(11):
        client.get(URL + "&by=field&for=outside")
    assert Enterprise.objects.count() == 9


@pytest.mark.parametrize("by", ["city", "park"])
def test_a_silent_city_stands_in_the_table_without_a_figure(client, official, province, by):
    client.force_login(official)

    table = client.get(f"{URL}&by={by}&download=totals.json").json()["rows"]

    yantai = next(row for row in table if row[0] == "Yantai")
    assert set(yantai[1:]) == {"Not reported"}
    assert table[-1][0] == "Total of the 3 cities that reported"


def test_by_field_the_total_says_of_how_many_cities_it_is(client, official, province):
    client.force_login(official)

    table = client.get(URL + "&by=field&download=totals.json").json()["rows"]

    assert table[-1][0] == "Total of the 3 cities that reported"
    assert "Yantai" not in {row[0] for row in table}
