"""A figure of 2023 uses the membership of 2023: in the province, a city, the register."""

from datetime import date

import pytest

from enterprises.models import CityMove, Enterprise, Tier, TierAward
from foundation.quarters import Quarter
from indicators.data.snapshot_reader import snapshot
from indicators.regions.regional_figures import enterprise_summary
from tests.factories import make_city, make_enterprise, make_period
from tests.indicators.results.shown import seen
from tests.province import make_province

pytestmark = pytest.mark.django_db
THEN, NOW = "?period=2023Q4", "?period=2025Q3"


@pytest.fixture
def leading(db):
    """The list of leading enterprises: Jinan lost one of two, and one moved to Qingdao in 2024."""
    make_province()
    make_period("2023Q4")
    tier = Tier.objects.create(code="leading", name="龙头", name_en="Leading")
    for name, since, until in (
        ("old", date(2022, 1, 1), date(2024, 12, 31)),
        ("moved", date(2022, 1, 1), None),
        ("new", date(2024, 1, 1), None),
    ):
        firm = make_enterprise(make_city("370100"), name=name)
        TierAward.objects.create(
            enterprise=firm,
            tier=tier,
            awarded_on=since,
            expires_on=until,
            document=f"文件{name}",
            source="省工信厅网站",
        )
    moved = Enterprise.objects.get(name="moved")
    CityMove.objects.create(
        enterprise=moved,
        from_city=moved.city,
        to_city=make_city("370200"),
        moved_on=date(2024, 7, 1),
    )
    Enterprise.objects.filter(pk=moved.pk).update(city=make_city("370200"))
    return tier


def number(rows):
    return [row.number for row in rows]


@pytest.mark.usefixtures("leading")
def test_the_province_counts_the_members_of_the_quarter():
    for query in (THEN, NOW):
        quarter = query.removeprefix("?period=")
        summary = enterprise_summary(snapshot(seen(quarter)), Quarter.parse(quarter))
        assert number(summary.tiers) == [2]


def test_a_citys_page_counts_who_was_there_then(client, official, leading):
    client.force_login(official)

    assert number(client.get("/cities/jinan/" + THEN).context["tiers"]) == [2]
    assert number(client.get("/cities/jinan/" + NOW).context["tiers"]) == [1]
    assert number(client.get("/cities/qingdao/" + NOW).context["tiers"]) == [1]


def test_the_register_lists_who_was_a_member_then_and_where(client, official, leading):
    client.force_login(official)

    def names(query):
        page = client.get("/enterprises/" + query + f"&tier={leading.pk}")
        return {row.record.name for row in page.context["table"].page.object_list}

    assert names(THEN) == {"old", "moved"}
    assert names(NOW) == {"moved", "new"}
    jinan = make_city("370100").pk
    assert names(THEN + f"&city={jinan}") == {"old", "moved"}
    assert names(NOW + f"&city={jinan}") == {"new"}
    assert "Jinan (now Qingdao)" in client.get("/enterprises/" + THEN).content.decode()
