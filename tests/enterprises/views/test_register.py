import csv
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from enterprises.models import Enterprise, FormerName, Tier, TierAward
from tests.factories import (
    make_city,
    make_enterprise,
    make_enterprise_return,
    make_park,
    make_period,
)
from tests.province import MANY_FIRMS, make_province

pytestmark = pytest.mark.django_db
URL = "/enterprises/?period=2025Q3"


def names(client, query=""):
    page = client.get(URL + query)
    assert page.status_code == 200
    return {row.record.name for row in page.context["table"].page.object_list}


@pytest.fixture
def firms(db):
    """Four enterprises of Jinan, over, near, below the threshold and silent; one of Weifang."""
    made = {}
    for name, revenue in [
        ("over", "100000000.01"),
        ("exact", "100000000.00"),
        ("below", "79999999.99"),
    ]:
        made[name] = make_enterprise(name=name)
        make_enterprise_return(made[name], make_period("2025Q3"), revenue=revenue)
    made["silent"] = make_enterprise(name="silent")
    made["elsewhere"] = make_enterprise(make_city("370700"), name="elsewhere")
    return made


def test_a_bureau_sees_its_own_citys_enterprises(client, officer, stranger, firms):
    client.force_login(officer)
    assert names(client) == {"over", "exact", "below", "silent"}
    client.force_login(stranger)
    assert names(client) == {"elsewhere"}


def test_a_user_without_a_role_sees_none(client, django_user_model, firms):
    client.force_login(django_user_model.objects.create_user("nobody"))
    assert names(client) == set()


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("over", {"over"}),
        ("near", {"exact"}),
        ("below", {"below"}),
        ("silent", {"silent", "elsewhere"}),
    ],
)
def test_filters_by_the_quarters_revenue(client, official, firms, wanted, found):
    client.force_login(official)
    assert names(client, f"&revenue={wanted}") == found


def test_filters_by_name_code_city_park_status_and_title(client, official, firms):
    client.force_login(official)
    over, elsewhere = firms["over"], firms["elsewhere"]
    park = make_park()
    Enterprise.objects.filter(pk=over.pk).update(park=park, status="pending")
    tier = Tier.objects.create(code="leader", name="链主", name_en="Chain leader")
    TierAward.objects.create(enterprise=over, tier=tier, awarded_on=date(2024, 1, 1))
    TierAward.objects.create(
        enterprise=elsewhere,
        tier=tier,
        awarded_on=date(2020, 1, 1),
        expires_on=date(2023, 1, 1),
    )
    assert names(client, "&q=OVE") == {"over"}
    assert names(client, f"&q={elsewhere.credit_code[:18].lower()}") == {"elsewhere"}
    assert names(client, f"&city={elsewhere.city_id}") == {"elsewhere"}
    assert names(client, f"&park={park.pk}") == {"over"}
    assert names(client, "&status=pending") == {"over"}
    assert names(client, f"&tier={tier.pk}") == {"over"}


def test_finds_an_enterprise_by_a_name_or_code_it_had(client, official, firms):
    FormerName.objects.create(
        enterprise=firms["over"], name="老字号公司", credit_code="91370100MA0000000X"
    )
    client.force_login(official)

    assert names(client, "&q=老字号") == {"over"}
    assert names(client, "&q=91370100ma0000000x") == {"over"}
    assert "over (formerly 老字号公司)" in client.get(URL + "&q=老字号").content.decode()


def test_each_filter_in_force_is_a_chip_that_takes_it_away(client, official, firms):
    client.force_login(official)

    page = client.get(URL + "&q=o&revenue=over&sort=-revenue&page=1")
    words, band = page.context["chips"]
    assert (words.words, band.words) == ("o", "Over 100 million")
    assert words.address == "?period=2025Q3&revenue=over&sort=-revenue"
    assert band.address == "?period=2025Q3&q=o&sort=-revenue"
    assert client.get(URL).context["chips"] == []
    file = client.get(URL + "&revenue=over&download=register.csv").content.decode()
    assert "Over 100 million" in file


@pytest.mark.parametrize("query", ["city=99999", "status=lost", "revenue=much"])
def test_an_impossible_filter_is_told_and_not_obeyed(client, official, firms, query):
    client.force_login(official)
    assert client.get(f"{URL}&{query}").status_code == 422


def test_another_city_cannot_be_filtered_for(client, officer, firms):
    client.force_login(officer)
    answer = client.get(f"{URL}&city={firms['elsewhere'].city_id}")
    assert answer.status_code == 422
    assert "elsewhere" not in answer.content.decode()


@pytest.mark.parametrize("page", ["0", "-1", "99999", "last", ""])
def test_a_page_that_is_not_there_is_the_nearest_that_is(client, official, firms, page):
    client.force_login(official)
    assert client.get(f"{URL}&page={page}").status_code == 200


def test_the_size_of_a_page_is_ours(client, official):
    make_province(firms=6)
    client.force_login(official)
    assert len(client.get(f"{URL}&per_page=1000").context["table"].page.object_list) == 50


def test_what_was_not_reported_comes_last_in_either_direction(client, official, firms):
    client.force_login(official)
    for sort in ("revenue", "-revenue"):
        page = client.get(f"{URL}&sort={sort}").context["table"].page
        order = [row.record.name for row in page.object_list]
        assert set(order[-2:]) == {"silent", "elsewhere"}


@pytest.mark.parametrize("firms", [6, MANY_FIRMS])
def test_needs_few_queries_whatever_the_number_of_enterprises(
    client, official, firms, django_assert_max_num_queries
):
    make_province(firms=firms)
    client.force_login(official)
    client.get(URL)

    with django_assert_max_num_queries(11):
        page = client.get(f"{URL}&sort=-revenue&revenue=below")
    assert page.context["total"] == 16 * (firms - 1)


def test_an_answer_without_figures_is_told_from_silence_and_from_0(client, official, city):
    period = make_period("2025Q3")
    closed, silent = make_enterprise(city), make_enterprise(city)
    make_enterprise_return(closed, period, revenue=None, output_value=None, nil="closed")
    client.force_login(official)

    page = client.get("/enterprises/?period=2025Q3").content.decode()
    assert page.count('data-status="closed"') == 1
    assert "Not reported" in page
    assert "0.00" not in page
    assert silent.name in page
    answer = client.get("/enterprises/?period=2025Q3&download=register.csv")
    rows = {
        row[0]: row for row in csv.reader(answer.content.decode("utf-8-sig").splitlines()) if row
    }
    for firm, words in ((closed, "Confirmed Closed"), (silent, "Confirmed Not reported")):
        assert rows[firm.name][1:4] == ["Not reported", "–", ""]
        assert rows[firm.name][-3:] == ["Not reported", words, firm.credit_code]


def test_an_enterprise_over_the_line_or_near_it_is_marked_with_its_growth(client, official, city):
    now, before = make_period("2025Q3"), make_period("2024Q3")
    amounts = {"100000000.01": "over_line", "100000000.00": "near_line", "79999999.99": ""}
    firms = {amount: make_enterprise(city) for amount in amounts}
    for amount, firm in firms.items():
        make_enterprise_return(firm, now, revenue=amount)
        make_enterprise_return(firm, before, revenue="50000000.00")
    client.force_login(official)

    page = client.get("/enterprises/?period=2025Q3")
    rows = {
        row.record.name: dict(zip(page.context["table"].columns.names(), cells, strict=True))
        for row, cells in ((r, [v for _c, v in c]) for r, c in page.context["table"].shown_rows)
    }
    for amount, mark in amounts.items():
        assert rows[firms[amount].name]["line"] == mark
    assert rows[firms["100000000.00"].name]["growth"] == 1
    assert page.content.decode().count('data-status="over_line"') == 1


@pytest.mark.parametrize(("query", "joins"), [("", 0), ("&sort=revenue", 0), ("&revenue=over", 1)])
def test_enterprises_are_counted_without_joins_that_no_filter_needs(
    client, official, firms, query, joins
):
    client.force_login(official)
    with CaptureQueriesContext(connection) as asked:
        client.get(URL + query)

    of_firms = [one["sql"] for one in asked if 'FROM "enterprises_enterprise"' in one["sql"]]
    [counted] = [sql for sql in of_firms if sql.startswith("SELECT COUNT(*)") and "city_id" in sql]
    [shown] = [sql for sql in of_firms if "LIMIT" in sql and "output_value" in sql]
    assert counted.count('JOIN "enterprises_enterprisereturn"') == joins
    # The quarter, and a year earlier.
    assert shown.count('JOIN "enterprises_enterprisereturn"') == 2
