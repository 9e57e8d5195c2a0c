from decimal import Decimal

import pytest
from django.utils import timezone

from clusters.models import CityReturn, Publication
from clusters.viewpoint import Viewpoint
from enterprises.models import Enterprise, EnterpriseReturn
from foundation.quarters import Quarter
from indicators.data.snapshot_reader import snapshot
from indicators.formulas.what_if import Scenario
from indicators.outlook.what_if import scenario_snapshot
from indicators.verdict.goal import Standing
from tests.audit.rewritten import rewrite
from tests.factories import (
    make_city,
    make_enterprise,
    make_enterprise_return,
    make_period,
    make_publication,
    make_target,
)
from tests.province import make_province

pytestmark = pytest.mark.django_db
URL = "/what-if/?period=2025Q4"


@pytest.fixture
def over(db):
    """Every city made 100 million; Jinan has an enterprise over the threshold that made 40."""
    make_province(period="2025Q4", silent=["370600"])
    enterprise = make_enterprise(make_city("370100"), name="济南过")
    make_enterprise_return(
        enterprise, make_period("2025Q4"), revenue="120000000.00", output_value="40000000.00"
    )
    return enterprise


def both(page):
    """What the reporting cities have of the share, actual and supposed, then of the count."""
    return [(actual.reported_only, then.reported_only) for actual, then in page.context["targets"]]


def test_nothing_supposed_is_as_it_is(client, official, over):
    client.force_login(official)

    page = client.get(URL)
    assert page.context["is_empty"]
    assert both(page) == [(Decimal("0.2"), Decimal("0.2")), (1, 1)]


def test_an_enterprise_left_out_is_counted_nowhere(client, official, over):
    client.force_login(official)

    page = client.get(f"{URL}&without={over.credit_code.lower()}")
    share, firms = page.context["targets"]
    assert share[1].reported_only == Decimal(260_000_000) / 1_460_000_000
    assert (firms[1].reported_only, firms[1].certain.low, firms[1].secured) == (0, 0, 0)
    assert firms[1].denominator == firms[0].denominator - 1
    assert (firms[0].reported_only, firms[0].certain.low) == (1, 1)
    assert f'value="{over.credit_code}" checked' in page.content.decode()


def test_a_citys_value_moves_the_share_its_range_and_its_standing(client, official, over):
    client.force_login(official)

    page = client.get(f"{URL}&output-jinan=1,000,000&output-yantai=０")
    (share, then), _firms = page.context["targets"]
    assert (share.coverage.accepted, then.coverage.accepted) == (15, 16)
    assert then.value == Decimal(10_200_000_000) / Decimal(11_400_000_000)
    assert (share.certain.high, then.certain.is_exact) == (Decimal("0.2"), True)
    assert (share.standing, then.standing) == (Standing.BEHIND, Standing.ACHIEVED)
    assert then.explanation in page.content.decode()
    # Nobody accepted what is only supposed.
    assert then.supposed == 1
    assert "15/16 cities accepted, 1 supposed" in then.explanation


def test_it_is_marked_and_nothing_is_saved(client, official, over):
    client.force_login(official)
    before = [model.objects.count() for model in (CityReturn, EnterpriseReturn, Publication)]

    page = client.get(f"{URL}&without={over.credit_code}&output-jinan=5").content.decode()
    assert 'data-mark="Calculated, not actual data"' in page
    assert "测算，非实际数据" in page
    assert before == [m.objects.count() for m in (CityReturn, EnterpriseReturn, Publication)]
    assert both(client.get(URL)) == [(Decimal("0.2"), Decimal("0.2")), (1, 1)]
    assert client.post(URL).status_code == 405


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("output-jinan=many", "number"),
        ("output-jinan=-1", "greater than or equal to 0"),
        ("output-jinan=1e99", "10000000000000"),
        ("output-jinan=NaN", "number"),
        ("output-nowhere=5", "nowhere: there is no such city"),
        ("without=913701000000000000", "no enterprise of yours"),
        ("&".join(f"without={n}" for n in range(201)), "At most 200"),
    ],
)
def test_what_cannot_be_supposed_is_explained(client, official, over, asked, told):
    client.force_login(official)

    page = client.get(f"{URL}&{asked}")
    assert page.status_code == 422
    assert told in page.content.decode()
    assert page.context["is_empty"]


def test_a_bureau_supposes_only_of_its_own(client, officer, stranger, over):
    client.force_login(officer)
    page = client.get(f"{URL}&without={over.credit_code}&output-jinan=20000")
    assert page.status_code == 200
    assert [row.city.slug for row in page.context["cities"].data] == ["jinan"]
    assert {row.enterprise.city.slug for row in page.context["firms"].data} == {"jinan"}

    client.force_login(stranger)
    for asked in (f"without={over.credit_code}", "output-jinan=20000"):
        page = client.get(f"{URL}&{asked}")
        assert page.status_code == 422
        assert "济南过" not in page.content.decode()


def test_an_enterprise_that_only_may_pass_can_be_left_out_too(client, official):
    make_province(period="2025Q2")
    one = Enterprise.objects.filter(name="济南企业0").get()
    client.force_login(official)

    page = client.get(f"/what-if/?period=2025Q2&without={one.credit_code}")
    _share, (actual, then) = page.context["targets"]
    assert [one.on_pace + one.secured for one in (actual, then)] == [16, 15]


def test_the_file_is_marked_too(client, official, over):
    client.force_login(official)

    file = client.get(f"{URL}&without={over.credit_code}&download=what-if.json")
    assert "not actual data" in file.content.decode()
    assert [row[1] for row in file.json()["rows"]] == ["actual", "supposed"] * 2


@pytest.mark.parametrize("number", [1, 100])
def test_needs_few_queries_whatever_is_supposed(
    client, official, over, number, django_assert_num_queries
):
    codes = [over.credit_code]
    for n in range(number - 1):
        one = make_enterprise(make_city("370100"), name=f"多{n}")
        make_enterprise_return(one, make_period("2025Q4"), revenue="110000000.00")
        codes.append(one.credit_code)
    address = URL + "".join(f"&without={code}" for code in codes)
    client.force_login(official)
    client.get(address)

    # Four of them begin the page, permissions for its navigation among them.
    with django_assert_num_queries(8):
        client.get(address)


@pytest.fixture
def half(db):
    """At the deadline the clusters have just over half, and Yantai outside them is silent."""
    make_province(period="2025Q4", silent=["370600"])
    rewrite(CityReturn.objects.filter(city__clusters__isnull=False), output_value="500000000.00")
    make_publication(period=make_period("2025Q4"))


@pytest.mark.parametrize(
    ("times", "standing"),
    [("0.999", Standing.ACHIEVED), ("1.001", Standing.BEHIND)],
)
def test_the_verdict_turns_at_the_break_even_and_nowhere_else(
    client, official, half, times, standing
):
    client.force_login(official)
    share = client.get(URL).context["targets"][0][0]
    assert share.standing is Standing.CANNOT_JUDGE

    supposed = share.break_even.amount * Decimal(times) / 10_000
    page = client.get(f"{URL}&output-yantai={supposed:.6f}")
    then = page.context["targets"][0][1]
    assert then.standing is standing


def test_nothing_made_of_a_supposition_is_kept(over):
    quarter = Quarter(2025, 4)
    of = snapshot(Viewpoint(quarter, None, timezone.now()))
    scenario = Scenario(instead={"370100": Decimal("5")})
    assert scenario_snapshot(of, quarter, scenario).is_ephemeral
    assert not of.is_ephemeral


def test_whoever_counts_for_any_target_can_be_left_out(client, official, over):
    counted = {"kind": "count", "measure": "revenue", "unit": "count", "value": 400}
    make_target("firms-over-50m", position=3, threshold=50_000_000, **counted)
    small = make_enterprise(make_city("370200"), name="青岛小")
    make_enterprise_return(small, make_period("2025Q4"), revenue="60000000.00")
    client.force_login(official)

    page = client.get(URL)

    assert page.context["counted"].code == "firms-over-50m"
    assert {"济南过", "青岛小"} <= {row.enterprise.name for row in page.context["firms"].data}
