"""The floor plan, held to by machine."""

import ast
from pathlib import Path

import pytest
from django.apps import apps

from submissions.workbook.layout import ENTERPRISES, PARKS

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
# Arithmetic that must run without Django.
PURE = [
    "clusters/quarters.py",
    "clusters/schedule.py",
    "clusters/block_history.py",
    "clusters/evidence.py",
    "clusters/yuan.py",
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
# The session store of our own is replaced by the stock one, and its circle goes with it.
GOING = {"accounts.models", "accounts.rights", "accounts.sessions"}
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
    ]
    assert not climbing, "\n".join(climbing)


def module_graph():
    """Return each of our modules with those of ours that it imports, inside functions too."""
    paths = {}
    for app in [*FLOORS, "config", "tests"]:
        for path in modules(app):
            parts = path.relative_to(ROOT).with_suffix("").parts
            paths[".".join(parts).removesuffix(".__init__")] = path
    return {
        name: {found for found in targets(path, paths) if found != name}
        for name, path in paths.items()
    }


def targets(path, known):
    """Yield the modules that a file imports: of `from a import b` a.b, if that is a module."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            inner = [f"{node.module}.{alias.name}" for alias in node.names]
            names = [name if name in known else node.module for name in inner]
        else:
            continue
        yield from (name for name in names if name in known)


def circles(graph):
    """Return the modules in circles, and any that lie on a way from one circle to another."""
    left = dict(graph)
    # What imports nothing that is left, or is imported by nothing that is left, is in no circle.
    while True:
        imported = {name for names in left.values() for name in names}
        done = {n for n, names in left.items() if n not in imported or not names & left.keys()}
        if not done:
            return sorted(left)
        left = {name: names - done for name, names in left.items() if name not in done}


def test_no_circle_is_left_even_with_imports_inside_functions():
    assert not set(circles(module_graph())) - GOING


def test_a_circle_is_seen():
    graph = {"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": set()}
    assert circles(graph) == ["b", "c"]


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
        # Parts of the user itself.
        and model._meta.label not in {"accounts.CityAssignment", "accounts.Session"}
    ]
    assert not forgotten


def test_no_file_lists_a_lines_fields_again():
    fields = {column.field for table in (ENTERPRISES, PARKS) for column in table.figures}
    again = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for app in [*FLOORS, "config"]
        for path in modules(app)
        # The demonstration tells a story of what it knows; the layout is the one list.
        if "demonstration" not in path.parts and path.name != "layout.py"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Tuple | ast.List | ast.Set)
        and len(fields & {getattr(one, "value", None) for one in node.elts}) >= 3
    ]
    assert not again
