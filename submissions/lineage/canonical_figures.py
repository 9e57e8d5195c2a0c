"""
The figures of a publication as one text, whose hash the publication carries.

The text never changes its form, or old hashes could not be computed again:

    line 1       the city's code, the period, the declared moment, with blanks between
    other lines  a row each: the table, a blank, its columns as JSON; by table, then by id

Of a row everything but city, period, published_at and superseded_at. JSON has its keys in order,
no blanks and no escapes of Chinese; numbers are texts, amounts with two places. What is not
reported, an empty text or false is left out, so that a column added later changes no older text.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db.models import QuerySet

from clusters.models import City, ReportingPeriod
from clusters.models.publication import moment

# model -> path to its city, in the order of the tables
TABLES = {
    "clusters.BlockReturn": "block__category__cluster__city",
    "clusters.CityReturn": "city",
    "enterprises.EnterpriseReturn": "city",
    "measures.TaskReport": "city",
    "parks.ParkReturn": "park__city",
}
# model -> path to its city
PUBLISHED = {apps.get_model(label): path for label, path in TABLES.items()}
NOT_HASHED = ("city_id", "period_id", "published_at", "superseded_at")


def rows_of(model) -> QuerySet:
    """Return what publications put in force of a table: of reports on tasks those of workbooks."""
    every = model.objects.order_by()
    return every.exclude(place="") if model is apps.get_model("measures.TaskReport") else every


def figures_hash(
    *,
    city: City,
    period: ReportingPeriod,
    published_at: datetime,
    get_model: Callable = apps.get_model,
    tables: Mapping[str, str] = TABLES,
) -> str:
    """Return the SHA-256 of the figures that a publication put in force, line by line."""
    found = hashlib.sha256()
    for line in figure_lines(city, period, published_at, get_model, tables):
        found.update(f"{line}\n".encode())
    return found.hexdigest()


def figure_lines(
    city: City,
    period: ReportingPeriod,
    published_at: datetime,
    get_model: Callable = apps.get_model,
    tables: Mapping[str, str] = TABLES,
) -> Iterator[str]:
    """
    Yield the lines of the text, without line feeds.

    get_model and tables are those of a migration, which knows fewer.
    """
    yield f"{city.code} {period.code} {moment(published_at)}"
    for label, path in tables.items():
        model = get_model(label)
        rows = model.objects.filter(
            **{path: city.pk, "period": period.pk, "published_at": published_at}
        ).order_by("pk")
        columns = [f.attname for f in model._meta.concrete_fields if f.attname not in NOT_HASHED]
        for values in rows.values_list(*columns).iterator(chunk_size=2000):
            yield f"{model._meta.db_table} {row_text(dict(zip(columns, values, strict=True)))}"


def row_text(row: dict[str, Any]) -> str:
    """Return a row's columns as canonical JSON."""
    told = {name: _written(value) for name, value in row.items() if not _is_blank(value)}
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _is_blank(value: object) -> bool:
    """Return whether a value is left out; 0 is none of these."""
    return value is None or value is False or value == ""


def _written(value: object) -> object:
    if value is True:
        return value
    return f"{value:.2f}" if isinstance(value, Decimal) else str(value)
