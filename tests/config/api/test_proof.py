"""What a figure rests on, with its cells, for readers who may see it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clusters.models import City
from enterprises.models import EnterpriseReturn
from indicators.data.snapshot_reader import forget
from tests import verify_proof
from tests.factories import (
    make_cities,
    make_city,
    make_city_return,
    make_clusters,
    make_enterprise_return,
    make_park,
    make_period,
    make_target,
)
from tests.product.test_verify_proof import amounts, holds
from tests.submissions.cast import make_row, make_submission

SHARE, COUNT = "cluster-output-share", "firms-over-100m"


@pytest.fixture
def province(db):
    """Jinan and Yantai have reported; the other cities are silent."""
    make_cities()
    make_clusters()
    make_target(SHARE)
    make_target(COUNT)
    for code in ("370100", "370600"):
        make_city_return(make_city(code), output_value="100.00")
        for revenue in ("200000000.00", "300000000.00"):
            make_enterprise_return(enterprise=None, city=make_city(code), revenue=revenue)
    forget()


def ask(client, user, address):
    client.force_login(user)
    return client.get(f"/api/v1/indicators/{address}")


def test_a_bureau_sees_its_own_enterprises_and_of_others_that_they_count(client, province, officer):
    lines = ask(client, officer, f"{COUNT}/proof/?period=2025Q3").json()["enterprises"]
    own = [one for one in lines if one["city"] == "370100"]
    others = [one for one in lines if one["city"] == "370600"]

    assert {one["amount"] for one in own} == {"200000000.00", "300000000.00"}
    assert [(one["enterprise"], one["amount"]) for one in others] == [
        ("370600-1", None),
        ("370600-2", None),
    ]
    codes = EnterpriseReturn.objects.filter(city__code="370600")
    answer = client.get(f"/api/v1/indicators/{COUNT}/proof/?period=2025Q3").content.decode()
    for code in codes.values_list("enterprise__credit_code", flat=True):
        assert code not in answer


def test_what_a_bureau_is_given_holds_too(client, province, officer):
    for code in (SHARE, COUNT):
        assert holds(verify_proof, ask(client, officer, f"{code}/proof/?period=2025Q3").json())


def test_a_declared_nothing_stands_in_no_cell(client, province, official):
    city, period = make_city("370700"), make_period("2025Q3")
    submission = make_submission(city, period, status="accepted", nil="停产")
    make_city_return(
        city, period, output_value="0.00", nil=True, published_at=submission.published_at
    )

    cities = ask(client, official, f"{SHARE}/proof/?period=2025Q3").json()["cities"]
    [told] = [one["reported"] for one in cities if one["code"] == "370700"]

    assert (told["amount"], told["nil"], told["cell"]) == ("0.00", True, None)
    assert (told["submission"], told["sha256"]) == (submission.pk, submission.sha256)


def test_the_submission_in_force_then_is_named_and_not_a_later_one(client, province, official):
    city, period = make_city("370700"), make_period("2025Q3")
    first = make_submission(city, period, status="accepted")
    make_row(first, "city", "output_value", sheet="城市汇总", this_year="7.00")
    make_city_return(city, period, output_value="7.00", published_at=first.published_at)

    cities = ask(client, official, f"{SHARE}/proof/?period=2025Q3").json()["cities"]
    [told] = [one["reported"] for one in cities if one["code"] == "370700"]

    assert (told["submission"], told["sheet"], told["cell"]) == (first.pk, "城市汇总", "A5")


def test_established_things_come_with_their_dates_and_evidence(client, province, official):
    make_target(
        "parks", kind="established", measure="", things="parks", unit="count", value="2", position=3
    )
    make_park(established_on="2024-05-01", established_evidence="鲁环发〔2024〕1号")
    make_park()

    proof = ask(client, official, "parks/proof/?period=2025Q3").json()

    assert [(one["established_on"], one["evidence"]) for one in proof["things"]] == [
        ("2024-05-01", "鲁环发〔2024〕1号"),
        (None, ""),
    ]
    concluded = proof["concluded"]
    assert (concluded["certain_low"], concluded["certain_high"]) == ("1", "2")


def test_a_total_is_given_with_its_cities(client, province, official):
    make_target(
        "output", kind="level", measure="output_value", unit="yuan", value="2000", position=3
    )
    proof = ask(client, official, "output/proof/?period=2025Q3").json()

    assert len(list(amounts(proof["cities"]))) == 2
    assert proof["concluded"]["certain_low"] == "200.00"


def test_it_takes_the_same_number_of_queries_however_many_there_are(client, province, official):
    def queries(code):
        forget()
        with CaptureQueriesContext(connection) as asked:
            ask(client, official, f"{code}/proof/?period=2025Q3")
        return len(asked)

    few = {code: queries(code) for code in (SHARE, COUNT)}
    for city in City.objects.all():
        for period in map(make_period, ("2024Q3", "2025Q2", "2025Q3")):
            for _ in range(3):
                make_enterprise_return(period=period, city=city, revenue="200000000.00")
            if not city.returns.filter(period=period).exists():
                make_city_return(city, period, output_value="100.00")

    for code in (SHARE, COUNT):
        assert queries(code) <= few[code] + 2


def test_what_nobody_defines_has_no_proof(client, province, official):
    answer = ask(client, official, "growth/proof/")

    assert answer.status_code == 404
    assert answer.json()["detail"]


def test_the_api_describes_it_and_the_target_s_page_leads_to_it(client, province, official):
    client.force_login(official)
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    page = client.get(f"/indicators/{SHARE}/?period=2025Q3").content.decode()

    assert "/api/v1/indicators/{code}/proof/" in paths
    assert f"/api/v1/indicators/{SHARE}/proof/?period=2025Q3" in page
