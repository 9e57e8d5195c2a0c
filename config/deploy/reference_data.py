"""
Loads the plan's reference data from fixtures/: creates what is missing, overwrites nothing.

What an administrator has changed since stays as it is.
"""

import json
from collections import Counter
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Model

from clusters.models import (
    BlockCategory,
    BuildingBlock,
    City,
    Cluster,
    Plan,
    PlanMeasure,
    ReportingPeriod,
)
from enterprises.models import IndustryField, Tier
from foundation.quarters import Quarter
from indicators.models import Target
from measures.models import Department
from parks.models import Park

FIXTURES = settings.BASE_DIR / "fixtures"
PLANS = ["plan_311.json"]


def read(name: str) -> dict:
    """Return the content of a file of fixtures/."""
    return json.loads((FIXTURES / name).read_text(encoding="utf-8"))


@transaction.atomic
def load() -> Counter[type[Model]]:
    """Load what is missing. Return the number of new rows by model."""
    made: Counter[type[Model]] = Counter()
    load_cities(made)
    load_calendar(made)
    load_register(made)
    for name in PLANS:
        load_plan(read(name), made)
    return made


def load_cities(made: Counter[type[Model]]) -> None:
    """Load the cities, each known by its code."""
    known = set(City.objects.values_list("code", flat=True))
    for row in read("cities.json")["cities"]:
        if row["code"] not in known:
            City.objects.create(**row)
            made[City] += 1


def load_calendar(made: Counter[type[Model]]) -> None:
    """Load the reporting periods: each is due RETURN_DUE_DAYS days after its quarter's end."""
    calendar = read("calendar.json")
    known = set(ReportingPeriod.objects.values_list("code", flat=True))
    first, last = Quarter.parse(calendar["first"]), Quarter.parse(calendar["last"])
    for quarter in Quarter.range(first, last):
        if str(quarter) not in known:
            due = quarter.last_day + timedelta(days=settings.RETURN_DUE_DAYS)
            ReportingPeriod.objects.create(code=str(quarter), due_on=due)
            made[ReportingPeriod] += 1


def load_register(made: Counter[type[Model]]) -> None:
    """Load the fields of the industry and the tiers, each known by its code."""
    register = read("register.json")
    for model, key in ((IndustryField, "fields"), (Tier, "tiers")):
        known = set(model.objects.values_list("code", flat=True))
        for row in register[key]["rows"]:
            if row["code"] not in known:
                model.objects.create(**row)
                made[model] += 1


def load_plan(data: dict, made: Counter[type[Model]]) -> None:
    """Load a plan with its targets, measures, clusters and parks."""
    sources = data["sources"]
    plan = Plan.objects.filter(code=data["plan"]["code"]).first()
    if plan is None:
        plan = Plan(**_sourced(data["plan"], sources))
        # Validated first, for a readable message where another plan has the same years.
        plan.full_clean()
        plan.save()
        made[Plan] += 1
    load_targets(plan, data, made)
    load_measures(plan, data["measures"], made)
    load_departments(data, made)
    cities = {city.code: city for city in City.objects.all()}
    known = set(plan.clusters.values_list("city__code", flat=True))
    for row in data["clusters"]:
        if row["city"] not in known:
            load_cluster(plan, cities[row["city"]], row, sources, made)
    load_parks(plan, cities, data, made)


def load_targets(plan: Plan, data: dict, made: Counter[type[Model]]) -> None:
    """Load a plan's targets, each known by its indicator. None has a published baseline."""
    known = set(plan.targets.values_list("indicator", flat=True))
    tiers = {tier.code: tier for tier in Tier.objects.all()}
    for row in data["targets"]:
        if row["indicator"] not in known:
            values = _sourced(row, data["sources"])
            if "tier" in row:
                values["tier"] = tiers[row["tier"]]
            Target.objects.create(plan=plan, **values)
            made[Target] += 1


def load_measures(plan: Plan, measures: dict, made: Counter[type[Model]]) -> None:
    """Load a plan's support areas and organisational measures, each known by its position."""
    known = set(plan.measures.values_list("kind", "position"))
    for kind in PlanMeasure.MeasureKind:
        for position, title in enumerate(measures[kind], start=1):
            if (kind.value, position) not in known:
                PlanMeasure.objects.create(plan=plan, kind=kind, position=position, title=title)
                made[PlanMeasure] += 1


def load_departments(data: dict, made: Counter[type[Model]]) -> None:
    """Load the departments that are published, each known by its slug. Tasks are not published."""
    known = set(Department.objects.values_list("slug", flat=True))
    for row in data.get("departments", ()):
        if row["slug"] not in known:
            Department.objects.create(**_sourced(row, data["sources"]))
            made[Department] += 1


def load_cluster(
    plan: Plan, city: City, row: dict, sources: dict, made: Counter[type[Model]]
) -> None:
    """Create a cluster with its categories and blocks."""
    values = _sourced(row, sources, without=("city", "categories"))
    cluster = Cluster.objects.create(plan=plan, city=city, **values)
    made[Cluster] += 1
    for position, part in enumerate(row["categories"], start=1):
        category = BlockCategory.objects.create(
            cluster=cluster,
            position=position,
            name=part["name"],
            name_en=part["name_en"],
            planned_count=part["planned_count"],
        )
        made[BlockCategory] += 1
        for block in part["blocks"]:
            BuildingBlock.objects.create(
                category=category, **_sourced({"source": "unnamed"} | block, sources)
            )
            made[BuildingBlock] += 1


def load_parks(plan: Plan, cities: dict[str, City], data: dict, made: Counter[type[Model]]) -> None:
    """Load a plan's parks, each known by its slug."""
    known = set(Park.objects.values_list("slug", flat=True))
    shared = {"source": data["parks"]["source"], "note": data["parks"]["note"]}
    for row in data["parks"]["rows"]:
        if row["slug"] not in known:
            values = _sourced(row | shared, data["sources"], without=("city",))
            Park.objects.create(plan=plan, city=cities[row["city"]], **values)
            made[Park] += 1


def _sourced(row: dict, sources: dict[str, str], without: tuple[str, ...] = ()) -> dict:
    """Return a row's fields, with the full text of its source followed by its note."""
    values = {key: value for key, value in row.items() if key not in (*without, "note")}
    note = row.get("note")
    return values | {"source": sources[row["source"]] + (f"。{note}" if note else "")}
