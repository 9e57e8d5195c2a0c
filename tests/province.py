"""A province with something of everything, for the pages that show it."""

from decimal import Decimal

from clusters.models import BlockCategory, BlockReturn, BuildingBlock, CityReturn
from enterprises.models import Enterprise, EnterpriseReturn
from parks.models import ParkReturn
from tests.depth import DEEP
from tests.factories import (
    PUBLISHED_AT,
    credit_code,
    make_cities,
    make_city,
    make_clusters,
    make_park,
    make_period,
    make_publication,
    make_target,
)

# In each city, for what must not grow with their number: 1,008 in all, or 10,000.
MANY_FIRMS = 625 if DEEP else 63


def make_province(*, period="2025Q3", silent=(), firms=1):
    """
    Sixteen cities that report a quarter, but for the silent ones.

    Each city made 100 million yuan; each has one enterprise of 90 million and so many more of
    one million.
    """
    cities = make_cities()
    clusters = make_clusters()
    make_target("cluster-output-share")
    make_target("firms-over-100m")
    quarter = make_period(period)
    for cluster in clusters:
        make_category(cluster, quarter)
    park = make_park(make_city("370200"), slug="qingdao-park", name="青岛园区")
    ParkReturn.objects.create(
        park=park, period=quarter, output_value="5000000.00", remark="on", published_at=PUBLISHED_AT
    )
    speaking = [city for city in cities if city.code not in silent]
    CityReturn.objects.bulk_create(
        CityReturn(
            city=city, period=quarter, output_value="100000000.00", published_at=PUBLISHED_AT
        )
        for city in speaking
    )
    make_firms_of(speaking, quarter, firms)
    make_publication(period=quarter)
    return quarter


def make_category(cluster, period, planned=2):
    """A category of two blocks, the first of which is in operation."""
    category = BlockCategory.objects.create(
        cluster=cluster, position=1, name="中心", name_en="Centres", planned_count=planned
    )
    blocks = [BuildingBlock.objects.create(category=category, content=f"中心{n}") for n in (1, 2)]
    BlockReturn.objects.create(
        block=blocks[0],
        period=period,
        status=BlockReturn.BlockStatus.OPERATING,
        published_at=PUBLISHED_AT,
    )
    return category


def make_firms(city, period, number):
    """An enterprise of 90 million yuan, and so many more of one million."""
    return make_firms_of([city], period, number)


def make_firms_of(cities, period, number):
    """In each city an enterprise of 90 million yuan, and so many more of one million."""
    made = Enterprise.objects.bulk_create(
        Enterprise(credit_code=credit_code(), name=f"{city.short_name}企业{n}", city=city)
        for city in cities
        for n in range(number)
    )
    EnterpriseReturn.objects.bulk_create(
        EnterpriseReturn(
            enterprise=enterprise,
            period=period,
            city=enterprise.city,
            revenue=Decimal("1000000.00" if at % number else "90000000.00"),
            published_at=PUBLISHED_AT,
        )
        for at, enterprise in enumerate(made)
    )
    return made
