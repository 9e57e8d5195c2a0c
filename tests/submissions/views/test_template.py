import io
from urllib.parse import quote

import openpyxl
import pytest
import time_machine

from tests.factories import make_city, make_enterprise, make_period, make_plan, make_user

PATH = "/submissions/template/"


def get(client, user, **asked):
    client.force_login(user)
    return client.get(PATH, asked)


def firms(answer):
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content))["企业明细"]
    return [row[0].value for row in sheet.iter_rows(min_row=5)]


def test_a_bureau_gets_the_workbook_of_its_own_city(client, officer, city, period):
    own = make_enterprise(city)
    make_enterprise(make_city("370200"))

    answer = get(client, officer, period="2025Q3")
    assert firms(answer) == [own.credit_code]
    name = quote("济南市2025Q3.xlsx")
    assert answer["Content-Disposition"] == f"attachment; filename*=utf-8''{name}"
    assert "no-store" in answer["Cache-Control"]


def test_in_chinese_the_file_is_named_in_chinese(client, officer, city, period):
    client.cookies["django_language"] = "zh-hans"

    answer = get(client, officer, period="2025Q3")
    assert quote("济南市2025年三季度.xlsx") in answer["Content-Disposition"]


@pytest.mark.parametrize("city_asked", ["370100", "jinan"])
@pytest.mark.parametrize("role", ["officer", "reviewer", "official", "admin"])
def test_the_province_gets_any_citys(client, request, role, city, period, city_asked):
    own = make_enterprise(city)
    make_city("370200")

    answer = get(client, request.getfixturevalue(role), city=city_asked, period="2025Q3")
    assert firms(answer) == [own.credit_code]


def test_another_citys_workbook_is_404(client, stranger, city, period):
    assert get(client, stranger, city="370100", period="2025Q3").status_code == 404


def test_the_province_must_say_of_which_city(client, reviewer, city, stranger, period):
    assert get(client, reviewer, period="2025Q3").status_code == 404


def test_a_user_without_a_city_gets_404(client, city, period):
    assert get(client, make_user("bureau"), period="2025Q3").status_code == 404


@pytest.mark.parametrize("asked", ["2025Q9", "2031Q1", "x", "2025-09"])
def test_an_invalid_period_is_404(client, officer, period, asked):
    assert get(client, officer, period=asked).status_code == 404


def test_without_a_period_it_is_the_newest_that_has_ended(client, officer, period):
    assert get(client, officer).status_code == 200


def test_without_any_period_there_is_no_workbook(client, officer):
    assert get(client, officer).status_code == 404


def test_post_is_not_allowed(client, officer, period):
    client.force_login(officer)

    assert client.post(PATH).status_code == 405


def test_without_a_period_it_is_the_newest_that_is_owed(client, officer):
    make_plan()
    for code in ("2025Q3", "2025Q4", "2026Q1"):
        make_period(code)
    with time_machine.travel("2026-11-29 04:00", tick=False):
        answer = get(client, officer)
        asked = get(client, officer, period="2026Q1")

    assert quote("济南市2025Q4.xlsx") in answer["Content-Disposition"]
    assert quote("济南市2026Q1.xlsx") in asked["Content-Disposition"]
