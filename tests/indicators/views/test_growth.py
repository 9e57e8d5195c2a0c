import pytest

from tests.factories import make_city, make_enterprise, make_enterprise_return, make_period

pytestmark = pytest.mark.django_db
URL = "/growth/?period=2025Q3"


def newcomer(city, name):
    """An enterprise that joined, beside one that stayed."""
    stayed, joined = make_enterprise(city), make_enterprise(city, name=name)
    make_enterprise_return(stayed, make_period("2024Q3"), revenue="100.00")
    make_enterprise_return(stayed, make_period("2025Q3"), revenue="110.00")
    make_enterprise_return(joined, make_period("2025Q3"), revenue="50.00")


@pytest.fixture
def province():
    newcomer(make_city("370100"), "济南新企业")
    newcomer(make_city("370700"), "潍坊新企业")


def test_says_how_much_comes_from_who_was_counted(client, official, province):
    client.force_login(official)

    page = client.get(f"{URL}&of=jinan")

    assert page.context["chosen"].name == "Jinan"
    assert (
        "Jinan: +60.00% on the year of all enterprises; "
        "+10.00% of the 1 enterprises that can be compared; "
        "+50.00 percentage points come from who was counted" in page.content.decode()
    )


def test_names_enterprises_of_the_readers_cities_only(client, officer, official, province):
    client.force_login(officer)
    page = client.get(URL)
    assert "济南新企业" in page.content.decode()
    assert "潍坊新企业" not in page.content.decode()
    assert page.context["named"].rest == 1

    client.force_login(official)
    assert "潍坊新企业" in client.get(URL).content.decode()


def test_another_city_may_be_looked_at_but_not_into(client, officer, province):
    client.force_login(officer)

    page = client.get(f"{URL}&of=weifang")

    assert page.context["chosen"].comparable == 10
    assert "潍坊新企业" not in page.content.decode()


@pytest.mark.parametrize("asked", ["of=atlantis", "measure=happiness"])
def test_what_is_not_known_is_not_there(client, official, province, asked):
    client.force_login(official)
    assert client.get(f"{URL}&{asked}").status_code == 404


def test_without_a_year_to_compare_with_it_says_so(client, official):
    make_enterprise_return(make_enterprise(), make_period("2025Q3"))
    client.force_login(official)

    assert "there is nothing to compare" in client.get(URL).content.decode()


def test_the_table_of_places_comes_as_a_file(client, official, province):
    client.force_login(official)

    table = client.get(f"{URL}&download=places.json").json()

    assert [row[0] for row in table["rows"]][:3] == [
        "Province", "The clusters together", "Jinan"
    ]  # fmt: skip


@pytest.mark.parametrize("firms", [2, 40])
def test_needs_few_queries_whatever_the_number_of_enterprises(
    client, official, province, firms, django_assert_max_num_queries
):
    for n in range(firms):
        newcomer(make_city("370200"), f"青岛{n}")
    client.force_login(official)
    client.get(URL)

    with django_assert_max_num_queries(11):
        client.get(URL)
