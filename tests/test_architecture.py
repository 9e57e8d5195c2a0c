"""The floor plan, the rooms and their sizes: what README.md says of the structure is held here."""

import ast
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parent.parent

# What each app may import: the floors below it. Everything may import foundation.
FLOORS = {
    "foundation": set(),
    "audit": {"foundation"},
    "jobs": {"foundation", "audit"},
    "clusters": {"foundation", "audit"},
    "accounts": {"foundation", "audit", "clusters"},
    "parks": {"foundation", "audit", "clusters"},
    "enterprises": {"foundation", "audit", "jobs", "clusters", "parks"},
    "indicators": {"foundation", "audit", "clusters", "parks", "enterprises"},
    "measures": {"foundation", "audit", "clusters", "parks", "indicators"},
    "submissions": {
        *("foundation", "audit", "jobs", "clusters", "parks", "enterprises", "indicators"),
        "measures",
    },
}
POLICY = [app for app in FLOORS if app not in ("foundation", "audit", "jobs")]
CODE = [*FLOORS, "config"]

# The rooms of each app, the lowest first: a room imports from itself and from those before it.
# "" is the app's own folder; rooms in one entry may import each other.
ROOMS = {
    "foundation": [("children",), ("texts",), ("migrating",), ("",)],
    "audit": [("",), ("proposals",), ("views",), ("templatetags", "management.commands")],
    "jobs": [("",), ("management.commands",)],
    "clusters": [("", "models"), ("views",)],
    "accounts": [("",), ("signing_in",), ("views",), ("management.commands",)],
    "parks": [("", "models"), ("views",)],
    "enterprises": [("", "models"), ("register.reading",), ("register",), ("views",)],
    "indicators": [
        ("", "models", "formulas"),
        ("verdict",),
        ("data",),
        ("estimates",),
        ("results",),
        ("methodology",),
        ("movement",),
        ("regions",),
        ("outlook",),
        ("charts",),
        ("drawings",),
        ("overview",),
        ("views",),
        ("templatetags", "management.commands"),
    ],
    "measures": [("", "models"), ("reporting",), ("views",), ("templatetags",)],
    "submissions": [
        ("workbook",),
        ("workbook.reading",),
        ("workbook.foreign",),
        ("workbook.annotation",),
        ("workbook.amendment",),
        ("workbook.template",),
        ("rules", "rules.reasons", "rules.plausibility"),
        ("", "models"),
        ("validation",),
        ("lineage",),
        ("deadlines",),
        ("intake",),
        ("review",),
        ("layouts",),
        ("layouts.views",),
        ("backfill",),
        ("papers", "papers.document"),
        ("papers.views",),
        ("verification",),
        ("demonstration",),
        ("views",),
        ("templatetags", "management.commands"),
    ],
    "config": [
        ("",),
        ("web.help_texts",),
        ("web",),
        ("web.start",),
        ("web.protection",),
        ("api",),
        ("deploy",),
        ("deploy.server",),
        ("management.commands",),
    ],
}
# Where Django enters an app: these see all of its rooms.
ENTRANCES = {"urls", "briefing_urls", "assessment_urls", "admin", "apps", "settings", "wsgi"}

# Arithmetic and reading that must run without Django.
PURE = [
    "indicators/drawings/axis.py",
    "indicators/drawings/labels.py",
    "indicators/drawings/map_classes.py",
    "indicators/drawings/map_names.py",
    "indicators/drawings/sparkline.py",
    "indicators/drawings/trend_line.py",
    "foundation/quarters.py",
    "clusters/schedule.py",
    "clusters/block_history.py",
    "clusters/evidence.py",
    "measures/light.py",
    "measures/reporting/report_rules.py",
    "enterprises/credit_code.py",
    "enterprises/tiering.py",
    "enterprises/locations.py",
    "foundation/frozen_data.py",
    "foundation/texts/comparing.py",
    "foundation/children/child.py",
    "foundation/children/resource_limits.py",
    "enterprises/register/reading/limits.py",
    "enterprises/register/reading/reading_child.py",
    "enterprises/register/reading/register_file.py",
    "indicators/movement/rounded_movement.py",
    "indicators/verdict/rounding.py",
    "indicators/verdict/standing.py",
    "submissions/rules/stock_phrases.py",
    *sorted(str(p.relative_to(ROOT)) for p in (ROOT / "indicators/formulas").glob("*.py")),
    *sorted(str(p.relative_to(ROOT)) for p in (ROOT / "submissions/workbook").rglob("*.py")),
]
# Names of a pattern in programming, not of the policy.
NOT_NAMES = {"services", "utils", "helpers", "managers", "common", "misc"}

MOST_FILES = 16
MOST_LINES = 400
# One thing a file, all of one kind: long lists, but nothing to look for.
CATALOGUES = {
    "indicators/formulas",
    "submissions/rules",
    "tests/indicators/formulas",
    "submissions/views",
    "tests/submissions/rules",
    "tests/submissions/views",
}


def is_ours(path: Path) -> bool:
    return "migrations" not in path.parts and "__pycache__" not in path.parts


def python_files(*folders: str) -> list[Path]:
    return [p for f in folders for p in sorted((ROOT / f).rglob("*.py")) if is_ours(p)]


def name_of(path: Path) -> str:
    """Return a file's dotted name; that of its folder for an __init__.py."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {name_of(path): path for path in python_files(*CODE)}
TREES = {name: ast.parse(path.read_text()) for name, path in MODULES.items()}


def imported_by(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield line and dotted name of every import, those inside functions too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield node.lineno, whole if whole in MODULES else node.module or ""


def room_of(name: str) -> tuple[str, str, str]:
    """Return app, room and file of a module: indicators, verdict, standing."""
    app, *rest = name.split(".")
    if MODULES[name].name == "__init__.py":
        return app, ".".join(rest), "__init__"
    return app, ".".join(rest[:-1]), rest[-1]


@pytest.mark.parametrize("app", FLOORS)
def test_apps_import_only_from_the_floors_below(app):
    climbing = [
        f"{name}:{line} imports {module}"
        for name, tree in TREES.items()
        if name.split(".")[0] == app
        for line, module in imported_by(tree)
        if module.split(".")[0] in (FLOORS.keys() | {"config", "tests"}) - FLOORS[app] - {app}
    ]
    assert not climbing, "\n".join(climbing)


@pytest.mark.parametrize("app", ROOMS)
def test_rooms_import_one_way(app):
    level = {room: height for height, rooms in enumerate(ROOMS[app]) for room in rooms}
    inside = [name for name in MODULES if name.split(".")[0] == app]
    assert {room_of(name)[1] for name in inside} - {"management", "reasons"} <= level.keys()
    climbing = [
        f"{name}:{line} imports {module}"
        for name in inside
        if room_of(name)[2] not in ENTRANCES
        for line, module in imported_by(TREES[name])
        if module in inside and level[room_of(module)[1]] > level[room_of(name)[1]]
    ]
    assert not climbing, "\n".join(climbing)


def test_no_modules_import_each_other_in_a_circle():
    """Also not by an import inside a function: that hides a circle and does not open it."""
    below = {
        name: {m for _line, m in imported_by(tree) if m in MODULES and m != name}
        for name, tree in TREES.items()
    }
    while free := {name for name, others in below.items() if not others & below.keys()}:
        below = {name: others for name, others in below.items() if name not in free}
    assert not below, "\n".join(f"{n} -> {sorted(m & below.keys())}" for n, m in below.items())


@pytest.mark.parametrize("app", POLICY)
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
    tree = ast.parse((ROOT / name).read_text())
    assert not [module for _, module in imported_by(tree) if module.startswith("django")]


def test_files_are_named_for_the_policy():
    assert not [p for p in python_files(*CODE) if {p.stem, *p.parts} & NOT_NAMES]


def test_a_folder_has_no_more_files_than_one_can_take_in():
    in_folder = Counter(p.parent.relative_to(ROOT) for p in python_files(*CODE, "tests"))
    assert not {
        str(folder): count
        for folder, count in in_folder.items()
        if count > MOST_FILES and str(folder) not in CATALOGUES
    }


def test_a_file_has_no_more_lines_than_one_reads_at_once():
    lines = {
        str(p.relative_to(ROOT)): len(p.read_text().splitlines())
        for p in python_files(*CODE, "tests")
    }
    assert not {path: count for path, count in lines.items() if count > MOST_LINES}


def test_no_class_name_stands_for_two_classes():
    defined = defaultdict(list)
    for name, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and node.name not in {"Meta", "Command"}:
                defined[node.name].append(name)
    assert not {name: where for name, where in defined.items() if len(where) > 1}


@pytest.mark.parametrize("app", POLICY)
def test_every_view_has_a_test_file_of_its_name(app):
    views = [p for p in python_files(app) if p.parent.name == "views" and p.stem != "__init__"]
    untested = [
        str(p.relative_to(ROOT))
        for p in views
        if not (ROOT / "tests" / p.relative_to(ROOT).parent / f"test_{p.stem}.py").exists()
    ]
    assert not untested


@pytest.mark.parametrize("app", POLICY)
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


def test_snapshots_are_cached_in_their_store_alone():
    """functools would keep what is made of a preview, and outlive its snapshot."""
    wrong = [
        f"{name}:{node.lineno} {node.name}"
        for name, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        and {"lru_cache", "cache"} & {ast.unparse(one).split("(")[0] for one in node.decorator_list}
        and any("Snapshot" in ast.unparse(a.annotation) for a in node.args.args if a.annotation)
    ]
    assert not wrong


def test_no_view_overwrites_the_requests_viewpoint():
    overwriting = [
        f"{name}:{node.lineno}"
        for name, tree in TREES.items()
        if room_of(name)[2] != "middleware"
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and "request.viewpoint" in map(ast.unparse, node.targets)
    ]
    assert not overwriting
