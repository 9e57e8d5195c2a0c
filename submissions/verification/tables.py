"""The tables of published figures, and how each names city and thing."""

from clusters.models import BlockReturn, CityReturn
from enterprises.models import EnterpriseReturn
from parks.models import ParkReturn

# model -> path to its city
PUBLISHED = {
    CityReturn: "city",
    EnterpriseReturn: "city",
    ParkReturn: "park__city",
    BlockReturn: "block__category__cluster__city",
}
