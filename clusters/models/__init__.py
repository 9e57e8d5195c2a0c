from clusters.models.block_category import BlockCategory
from clusters.models.block_return import BlockReturn
from clusters.models.building_block import BuildingBlock
from clusters.models.city import City
from clusters.models.city_return import CityReturn
from clusters.models.cluster import Cluster
from clusters.models.plan import Plan
from clusters.models.plan_measure import PlanMeasure
from clusters.models.publication import Publication
from clusters.models.published import Published, PublishedQuerySet
from clusters.models.recorded import SeenFrom
from clusters.models.reporting_period import ReportingPeriod

__all__ = [
    "BlockCategory",
    "BlockReturn",
    "BuildingBlock",
    "City",
    "CityReturn",
    "Cluster",
    "Plan",
    "PlanMeasure",
    "Publication",
    "Published",
    "PublishedQuerySet",
    "ReportingPeriod",
    "SeenFrom",
]
