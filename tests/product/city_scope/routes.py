"""Every pattern of the URL conf, and an address that it answers."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import admin
from django.urls import URLPattern, URLResolver, get_resolver

from tests.product.city_scope.world import Parameters

ADMIN = "admin/"
# What a page asks for beside its path.
QUERIES = {
    "indicators:write_note": "?about=city:370100&period=2025Q3",
    "submissions:template": "?city=370100&period=2025Q3",
    "submissions:cell": "?at=企业明细!B5",
    "admin:autocomplete": "?term=&app_label=enterprises&model_name=tieraward&field_name=enterprise",
}
# Patterns that are regular expressions, and what matches them.
WRITTEN = {
    "^([^/]+)/history/([^/]+)/$": "<path:object_id>/history/<version>/",
    "(?P<url>.*)$": "no-such-page/",
}


@dataclass(frozen=True)
class Route:
    """
    One pattern of the URL conf.

    name  with its namespaces; the path where the pattern has no name
    kind  the model of a page of the admin site, such as enterprises.tier; "" of all others
    act   what that page is for: "changelist", "add", …; "" leads to the record's page
    """

    name: str
    path: str
    kind: str = ""
    act: str = ""


def routes() -> list[Route]:
    """Return every route of the product, in the order of their paths."""
    return sorted({_route(*one) for one in _patterns(get_resolver())}, key=lambda one: one.path)


def _patterns(resolver: URLResolver, prefix="", namespace="") -> Iterator[tuple[str, str]]:
    for entry in resolver.url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = namespace + (f"{entry.namespace}:" if entry.namespace else "")
            yield from _patterns(entry, path, inner)
        elif isinstance(entry, URLPattern):
            yield (namespace + entry.name if entry.name else path), path


def _route(name: str, path: str) -> Route:
    for model in admin.site._registry:
        of = f"{model._meta.app_label}/{model._meta.model_name}/"
        if path.startswith(ADMIN + of):
            prefix = f"admin:{of.replace('/', '_')}"
            act = name.removeprefix(prefix) if name.startswith(prefix) else ""
            return Route(name, path, model._meta.label_lower, act)
    return Route(name, path)


def address(route: Route, parameters: Parameters) -> str:
    """Return an address of a route, with what it asks for."""
    path = route.path
    for pattern, written in WRITTEN.items():
        path = path.replace(pattern, written)
    if "(?P<app_label>" in path:
        path = f"{ADMIN}enterprises/"
    for name, value in (_of_record(route) if route.kind else {}).items():
        path = path.replace(name, value)
    for name, value in parameters.items():
        if isinstance(value, dict):
            value = next((v for start, v in value.items() if start in path), "")
        path = path.replace(name, value)
    assert "<" not in path, f"world.py does not know the parameters of {path}"
    return f"/{path}{QUERIES.get(route.name, '')}"


def _of_record(route: Route) -> Parameters:
    """Return the parameters of a page of the admin site: the first record, its newest version."""
    model = next(one for one in admin.site._registry if one._meta.label_lower == route.kind)
    record = model._base_manager.order_by("pk").first()
    assert record, f"world.py makes no {route.kind}"
    version = record.history.first() if route.act == "simple_history" else None
    found = {"<version>": str(version.pk)} if version else {}
    return found | {"<path:object_id>": str(record.pk), "<int:pk>": str(record.pk)}
