import pytest

from tests.factories import make_city, make_park
from tests.province import make_province

pytestmark = pytest.mark.django_db


def test_shows_every_park_with_what_was_reported_of_it(client, official):
    make_province()
    make_park(make_city("370400"), slug="silent-park")
    client.force_login(official)

    page = client.get("/parks/")
    rows = {row.park.slug: row.report for row in page.context["table"].data}
    assert rows["qingdao-park"].output_value == 5_000_000
    assert rows["silent-park"] is None
    assert page.context["reported"] == 1


def test_needs_few_queries(client, official, django_assert_max_num_queries):
    make_province()
    client.force_login(official)
    client.get("/parks/")

    with django_assert_max_num_queries(11):
        client.get("/parks/")
