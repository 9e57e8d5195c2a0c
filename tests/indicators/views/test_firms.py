import html
from decimal import Decimal

import pytest

from enterprises.models import Enterprise
from foundation.quarters import Quarter
from indicators.formulas.firm_outlook import Prospect
from parks.models import Park
from tests.factories import make_city, make_enterprise, make_enterprise_return, make_period
from tests.province import make_province

pytestmark = pytest.mark.django_db
URL = "/indicators/firms-over-100m/firms/"


def firm(city, revenue, period="2025Q4", **given):
    """An enterprise with a revenue in yuan."""
    enterprise = make_enterprise(make_city(city), **given)
    make_enterprise_return(enterprise, make_period(period), revenue=revenue)
    return enterprise


def names(page):
    return [row.record.enterprise.name for row in page.context["table"].page.object_list]


@pytest.fixture
def province(db):
    """Each of sixteen cities has an enterprise of 90 million; Jinan and Qingdao two more each."""
    make_province(period="2025Q4")
    firm("370100", "99000000.00", name="济南近")
    firm("370100", "120000000.00", name="济南过", park=Park.objects.get())
    firm("370200", "100000000.00", name="青岛恰")
    firm("370200", "5000000.00", name="青岛远")


def test_the_nearest_come_first_with_what_they_lack(client, official, province):
    client.force_login(official)

    page = client.get(URL)
    rows = [row.record for row in page.context["table"].page.object_list]
    assert names(page)[:2] == ["青岛恰", "济南近"]
    assert (rows[0].gap, rows[1].gap) == (0, Decimal("1000000.00"))
    assert rows[-1].prospect is Prospect.SECURED
    assert "100.00" in page.content.decode()


def test_before_the_years_end_says_how_many_more_must_pass_and_what_the_nearest_lack(
    client, official
):
    make_province(period="2025Q3")
    client.force_login(official)

    page = client.get(f"{URL}?period=2025Q3")

    must = page.context["must"]
    assert (must.wanted, must.to_cross) == (300, 300)
    assert "300 more must pass" in page.content.decode()


def test_once_the_year_is_over_nothing_must_happen_and_nothing_is_expected(
    client, official, province
):
    client.force_login(official)

    page = client.get(URL)
    content = page.content.decode()

    assert page.context["must"] is None
    assert "must pass" not in content
    assert "Expected over" not in content
    assert "Expected for the year" not in content
    assert "On pace</p>" not in content
    assert page.context["result"].explanation in html.unescape(content)
    assert page.context["table"].file_columns()[-1].header.startswith("Below the")


def test_while_a_city_is_silent_nothing_is_said_to_be_lacking(client, official):
    make_province(period="2025Q3", silent=["370600"])
    client.force_login(official)

    page = client.get(f"{URL}?period=2025Q3")
    content = page.content.decode()

    assert page.context["must"] is None
    assert "must pass" not in content
    assert "there is nobody just short" not in content
    assert "of the 15 cities that reported" in content


def test_a_bureau_sees_its_own_by_name_and_the_others_by_number(client, officer, province):
    client.force_login(officer)

    page = client.get(URL)
    assert set(names(page)) == {"济南企业0", "济南近", "济南过"}
    assert page.context["elsewhere"] == [(Prospect.NEAR_MISS, 16)]
    assert "青岛恰" not in page.content.decode()
    assert [row.near_miss for row in page.context["cities"].data][:2] == [2, 2]
    assert page.context["parks"].data[0].secured == 1


def test_an_enterprise_that_has_moved_is_named_to_neither_city(client, officer, province):
    Enterprise.objects.filter(name="济南近").update(city=make_city("370200"))
    client.force_login(officer)

    assert "济南近" not in client.get(URL).content.decode()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("prospect=secured", ["济南过"]),
        ("city=jinan&prospect=near_miss", ["济南近", "济南企业0"]),
        ("park=qingdao-park", ["济南过"]),
        ("city=qingdao&prospect=out_of_reach", []),
        ("city=jinan&sort=-cumulative", ["济南过", "济南近", "济南企业0"]),
    ],
)
def test_is_filtered_and_sorted_by_the_address(client, official, province, asked, found):
    client.force_login(official)
    assert names(client.get(f"{URL}?{asked}")) == found


@pytest.mark.parametrize("asked", ["city=qingdao", "city=nowhere", "prospect=rich", "park=x"])
def test_an_impossible_filter_is_explained_and_shows_nothing(client, officer, province, asked):
    client.force_login(officer)

    page = client.get(f"{URL}?{asked}")
    assert page.status_code == 422
    assert page.context["form"].errors
    assert names(page) == []


def test_before_the_years_end_each_has_a_range_and_so_has_their_number(client, official):
    make_province(period="2025Q2")
    slow = firm("370100", "45000000.00", "2025Q2", name="前低后高")
    for period, revenue in (("2024Q2", "30000000.00"), ("2024Q4", "100000000.00")):
        make_enterprise_return(slow, make_period(period), revenue=revenue)
    client.force_login(official)

    page = client.get(f"{URL}?period=2025Q2&city=jinan")
    by_name = {row.record.enterprise.name: row.record for row in page.context["table"].rows}
    found = by_name["前低后高"]
    assert (found.low, found.projection, found.high) == (Decimal("150000000.00"),) * 3
    assert page.context["least"] <= page.context["expected"] <= page.context["most"]


def test_each_row_leads_to_its_quarter_and_the_file_holds_every_row(client, official, province):
    client.force_login(official)

    page = client.get(f"{URL}?period=2025Q4")
    near = Enterprise.objects.get(name="济南近")
    assert f'href="{near.get_absolute_url()}?period=2025Q4"' in page.content.decode()
    assert f"without={near.credit_code}" in page.content.decode()
    file = client.get(f"{URL}?period=2025Q4&city=jinan&download=firms.json").json()
    assert [row[0] for row in file["rows"]] == ["济南近", "济南企业0", "济南过"]
    assert file["rows"][0][6] == "100.00"


def test_a_share_has_no_enterprises_near_a_threshold(client, official, province):
    client.force_login(official)
    assert client.get("/indicators/cluster-output-share/firms/").status_code == 404
    assert client.get("/indicators/happiness/firms/").status_code == 404


def test_when_nobody_has_reported_nothing_is_zero(client, official):
    make_period("2025Q4")
    client.force_login(official)

    page = client.get(f"{URL}?period=2025Q4")
    assert "Not reported" in page.content.decode()
    assert page.context["must"] is None


@pytest.mark.parametrize("number", [6, 400])
def test_needs_few_queries_whatever_the_number(client, official, number, django_assert_num_queries):
    make_province(period="2025Q4")
    for n in range(number // 6):
        firm("370100", "90000000.00", name=f"多{n}")
    client.force_login(official)
    client.get(URL)

    # Four of them begin the page, permissions for its navigation among them.
    with django_assert_num_queries(6):
        client.get(URL)


def test_the_quarter_is_that_of_the_address(client, official, province):
    client.force_login(official)
    make_period("2025Q3")
    page = client.get(f"{URL}?period=2025Q3")
    assert page.context["result"].quarter == Quarter(2025, 3)
    assert page.context["result"].secured is None
