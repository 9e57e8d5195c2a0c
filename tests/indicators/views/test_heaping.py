import pytest

from tests.factories import make_city, make_enterprise, make_enterprise_return, make_period
from tests.province import make_province

pytestmark = pytest.mark.django_db
URL = "/indicators/firms-over-100m/heaping/"


@pytest.fixture
def province(db):
    """Sixteen enterprises of 90 million, and three about 100 million."""
    make_province(period="2025Q4")
    for revenue in ("99999999.00", "100000000.00", "100000000.01", "101000000.00", "150000000.00"):
        enterprise = make_enterprise(make_city("370100"))
        make_enterprise_return(enterprise, make_period("2025Q4"), revenue=revenue)


@pytest.mark.parametrize("role", ["reviewer", "official", "admin"])
def test_shows_the_province_how_enterprises_lie_around_the_threshold(
    client, request, province, role
):
    client.force_login(request.getfixturevalue(role))

    page = client.get(URL)
    strip = page.context["strip"]
    assert (strip.just_under, strip.exactly, strip.just_over) == (2, 1, 2)
    [chart] = page.context["charts"]
    dots = [len(trace["x"]) for trace in chart.figure["data"] if trace["mode"] == "markers"]
    assert dots == [18, 2]
    assert sum(number for _low, _high, number in chart.table.rows) == 20
    assert "68.75%" in page.content.decode() or "68.8%" in page.content.decode()


def test_is_not_there_for_a_bureau(client, officer, province):
    client.force_login(officer)

    assert client.get(URL).status_code == 404
    assert "heaping" not in client.get("/indicators/firms-over-100m/firms/").content.decode()


def test_is_not_there_for_a_share(client, official, province):
    client.force_login(official)
    assert client.get("/indicators/cluster-output-share/heaping/").status_code == 404
