from datetime import date

import pytest

from enterprises.models import Tier, TierAward
from tests.factories import make_enterprise, make_enterprise_return, make_period

pytestmark = pytest.mark.django_db


@pytest.fixture
def firm(city):
    firm = make_enterprise(city)
    for code, revenue in [("2025Q1", "10.00"), ("2025Q3", "60.00")]:
        make_enterprise_return(firm, make_period(code), revenue=revenue)
    return firm


def test_shows_the_history_cumulative_and_by_quarter(client, officer, firm):
    client.force_login(officer)

    page = client.get(firm.get_absolute_url())
    content = page.content.decode()
    assert firm.credit_code in content
    assert "data-figure" in content
    assert page.context["latest"].revenue == 60


def test_titles_say_whether_they_were_held_at_the_quarters_end(client, officer, firm):
    tier = Tier.objects.create(code="leader", name="链主", name_en="Chain leader")
    TierAward.objects.create(
        enterprise=firm, tier=tier, awarded_on=date(2020, 1, 1), expires_on=date(2025, 9, 29)
    )
    client.force_login(officer)

    [(_award, held)] = client.get(firm.get_absolute_url() + "?period=2025Q3").context["awards"]
    assert not held


def test_is_not_there_for_another_city(client, stranger, firm):
    client.force_login(stranger)
    assert client.get(firm.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("code", ["nonsense", "91370100MA00000000"])
def test_an_unknown_code_is_not_there(client, official, code):
    client.force_login(official)
    assert client.get(f"/enterprises/{code}/").status_code == 404


def test_an_enterprise_that_never_reported_has_a_page_too(client, officer, city):
    client.force_login(officer)
    page = client.get(make_enterprise(city).get_absolute_url())
    assert page.status_code == 200
    assert page.context["latest"] is None


def test_needs_few_queries(client, officer, firm, django_assert_max_num_queries):
    client.force_login(officer)
    client.get(firm.get_absolute_url())

    with django_assert_max_num_queries(12):
        client.get(firm.get_absolute_url())


@pytest.mark.parametrize(
    ("nil", "word"), [("nothing", "No business"), ("closed", "Closed"), ("moved", "Moved away")]
)
def test_an_answer_without_figures_is_a_word_and_never_0(client, official, city, nil, word):
    firm = make_enterprise(city)
    make_enterprise_return(firm, make_period("2025Q3"), revenue=None, output_value=None, nil=nil)
    client.force_login(official)

    page = client.get(f"{firm.get_absolute_url()}?period=2025Q3").content.decode()
    assert f'data-status="{nil}"' in page
    assert word in page
    assert "0.00" not in page
