"""The floor plan, held to by machine."""

import ast
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parent.parent

# What each app may import: the floors below it.
FLOORS = {
    "clusters": set(),
    "accounts": {"clusters"},
    "parks": {"clusters"},
    "enterprises": {"clusters", "parks"},
    "indicators": {"clusters", "parks", "enterprises"},
    "submissions": {"clusters", "parks", "enterprises", "indicators"},
}
# How figures and statuses are written: every floor may ask, and they ask only the lowest floor.
WORDS = {"foundation.formatting", "foundation.statuses"}
# Arithmetic that must run without Django.
PURE = [
    "foundation/quarters.py",
    "clusters/schedule.py",
    "clusters/block_history.py",
    "clusters/evidence.py",
    "enterprises/credit_code.py",
    "enterprises/tiering.py",
    "indicators/movement/rounded_movement.py",
    "config/deploy/pdf_text.py",
    "foundation/frozen_data.py",
    "enterprises/locations.py",
    "indicators/verdict/rounding.py",
    "indicators/verdict/standing.py",
    "submissions/rules/stock_phrases.py",
    *sorted(str(p.relative_to(ROOT)) for p in (ROOT / "indicators/formulas").glob("*.py")),
    *sorted(str(p.relative_to(ROOT)) for p in (ROOT / "submissions/workbook").glob("*.py")),
]
# Named for a pattern, not for the policy.
ATTIC = {"services", "utils", "helpers", "managers", "common", "misc"}


def modules(app):
    return [p for p in sorted((ROOT / app).rglob("*.py")) if "migrations" not in p.parts]


def imported_by(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, node.module or ""


@pytest.mark.parametrize("app", FLOORS)
def test_apps_import_only_from_the_floors_below(app):
    climbing = [
        f"{path.relative_to(ROOT)}:{line} imports {module}"
        for path in modules(app)
        for line, module in imported_by(path)
        if module.split(".")[0] in (FLOORS.keys() | {"config", "tests"}) - FLOORS[app] - {app}
        and module not in WORDS
    ]
    assert not climbing, "\n".join(climbing)


@pytest.mark.parametrize("module", sorted(WORDS))
def test_what_every_floor_may_ask_asks_only_the_lowest(module):
    path = ROOT / f"{module.replace('.', '/')}.py"
    asked = {name.split(".")[0] for _line, name in imported_by(path)}
    assert not asked & ((FLOORS.keys() - {"clusters"}) | {"config", "tests"})


@pytest.mark.parametrize("app", FLOORS)
def test_foreign_keys_point_only_to_the_floors_below(app):
    allowed = FLOORS[app] | {app, "auth", "contenttypes"}
    climbing = [
        f"{model.__name__}.{field.name} points to {field.related_model._meta.label}"
        for model in apps.get_app_config(app).get_models()
        for field in model._meta.get_fields()
        if (field.many_to_one or field.one_to_one)
        and field.concrete
        and field.related_model._meta.app_label not in allowed
        # A person is met as AUTH_USER_MODEL on every floor.
        and field.related_model._meta.label != "accounts.User"
    ]
    assert not climbing, "\n".join(climbing)


@pytest.mark.parametrize("name", PURE)
def test_arithmetic_needs_no_django(name):
    foreign = [module for _, module in imported_by(ROOT / name) if module.startswith("django")]
    assert not foreign


@pytest.mark.parametrize("app", [*FLOORS, "config"])
def test_files_are_named_for_the_policy(app):
    assert not [p for p in modules(app) if {p.stem, *p.parts} & ATTIC]


@pytest.mark.parametrize("app", FLOORS)
def test_every_view_has_a_test_file_of_its_name(app):
    views = [p for p in (ROOT / app / "views").glob("*.py") if p.stem != "__init__"]
    untested = [
        p.name for p in views if not (ROOT / "tests" / app / "views" / f"test_{p.stem}.py").exists()
    ]
    assert not untested


@pytest.mark.parametrize("app", FLOORS)
def test_people_are_protected(app):
    forgotten = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_app_config(app).get_models()
        for field in model._meta.get_fields()
        if field.many_to_one
        and field.concrete
        and field.related_model._meta.label == "accounts.User"
        and field.remote_field.on_delete.__name__ == "CASCADE"
        # A part of the user itself.
        and model._meta.label != "accounts.CityAssignment"
    ]
    assert not forgotten


@pytest.mark.parametrize("app", FLOORS)
def test_what_is_made_of_a_snapshot_is_kept_in_one_store(app):
    """A cache of functools knows no passing snapshot, and outlives the one it is filled from."""
    kept_elsewhere = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in modules(app)
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef)
        and any("cache" in ast.unparse(one) for one in node.decorator_list)
        and any("Snapshot" in ast.unparse(one) for one in node.args.args)
    ]
    assert not kept_elsewhere


@pytest.mark.parametrize("app", [*FLOORS, "config"])
def test_no_view_overwrites_the_requests_viewpoint(app):
    overwriting = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in modules(app)
        if path.name != "middleware.py"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Assign) and "request.viewpoint" in map(ast.unparse, node.targets)
    ]
    assert not overwriting
