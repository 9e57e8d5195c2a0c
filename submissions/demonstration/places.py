"""The demonstration's cities with parks, building blocks and tasks, from the database."""

from clusters.models import BuildingBlock, City
from parks.models import Park
from submissions.demonstration import ledger
from submissions.demonstration.province import PROFILES
from submissions.demonstration.workbooks import DemoBlock, Place


def parks() -> dict[str, Park]:
    """Return the park of each city that has one, by the city's code: the first, if several."""
    found = Park.objects.filter(city__code__in=PROFILES).select_related("city").order_by("-pk")
    return {park.city.code: park for park in found}


def places() -> dict[str, Place]:
    """Return city code -> Place, with park, building blocks and, once entered, its tasks."""
    blocks: dict[str, list[DemoBlock]] = {}
    for block in BuildingBlock.objects.select_related("category__cluster__city"):
        named = DemoBlock(block.content, block.category.name, block.name)
        blocks.setdefault(block.category.cluster.city.code, []).append(named)
    park_of, steps = parks(), ledger.newest_rows()
    return {
        city.code: Place(
            code=city.code,
            name=city.name,
            park=park_of[city.code].name if city.code in park_of else None,
            blocks=tuple(blocks.get(city.code, ())),
            steps=tuple(steps.get(city.code, ())),
        )
        for city in City.objects.filter(code__in=PROFILES)
    }
