from datetime import date

import pytest

from enterprises.models import Tier, TierAward
from tests.factories import make_city, make_enterprise, make_period

pytestmark = pytest.mark.django_db
URL = "/enterprises/tiers/?period=2025Q3"


@pytest.fixture
def tier(city):
    """Of Jinan one stayed, one joined in 2025, one left in 2024; of Weifang one joined."""
    make_period("2025Q3")
    tier = Tier.objects.create(code="leading", name="龙头", name_en="Leading")
    for name, where, since, until in (
        ("stayed", city, date(2022, 1, 1), None),
        ("joined", city, date(2025, 1, 1), None),
        ("left", city, date(2022, 1, 1), date(2024, 12, 31)),
        ("elsewhere", make_city("370700"), date(2025, 1, 1), None),
    ):
        TierAward.objects.create(
            enterprise=make_enterprise(where, name=name),
            tier=tier,
            awarded_on=since,
            expires_on=until,
            document="鲁工信〔2025〕3号",
        )
    return tier


def names(awards):
    return [award.enterprise.name for award in awards]


def test_says_who_joined_and_left_since_a_year_earlier(client, official, tier):
    client.force_login(official)

    page = client.get(URL)
    [(row, _tables)] = page.context["moves"]
    assert (row.before, row.members) == (2, 3)
    assert (names(row.joined), names(row.left)) == (["elsewhere", "joined"], ["left"])
    assert "鲁工信〔2025〕3号" in page.content.decode()


def test_since_another_quarter(client, official, tier):
    client.force_login(official)

    [(row, _tables)] = client.get(URL + "&since=2025Q2").context["moves"]
    assert (row.joined, row.left) == ((), ())


def test_a_bureau_sees_its_own_citys(client, officer, tier):
    client.force_login(officer)

    [(row, _tables)] = client.get(URL).context["moves"]
    assert names(row.joined) == ["joined"]
    assert "elsewhere" not in client.get(URL).content.decode()


def test_an_impossible_quarter_is_not_there(client, official, tier):
    client.force_login(official)
    assert client.get(URL + "&since=soon").status_code == 404


def test_without_any_tier_it_says_so(client, official):
    client.force_login(official)
    assert "No tier has been entered." in client.get("/enterprises/tiers/").content.decode()


def test_needs_few_queries(client, official, tier, django_assert_max_num_queries):
    client.force_login(official)
    client.get(URL)

    with django_assert_max_num_queries(11):
        client.get(URL)
