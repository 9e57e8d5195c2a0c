import pytest

from tests.province import make_province

pytestmark = pytest.mark.django_db
URL = "/parks/qingdao-park/"


def test_shows_the_parks_figures_and_progress(client, official):
    make_province()
    client.force_login(official)

    page = client.get(URL)
    assert page.context["latest"].output_value == 5_000_000
    assert "data-figure" in page.content.decode()


def test_a_quarter_without_a_report_has_none(client, official):
    make_province()
    client.force_login(official)

    before = client.get(URL + "?period=2025Q3&as_of=2025-12-31")
    assert before.context["latest"] is None
    assert before.context["reports"] == []


def test_an_unknown_park_is_not_there(client, official):
    client.force_login(official)
    assert client.get("/parks/nowhere/").status_code == 404


def test_needs_few_queries(client, official, django_assert_max_num_queries):
    make_province()
    client.force_login(official)
    client.get(URL)

    with django_assert_max_num_queries(6):
        client.get(URL)
